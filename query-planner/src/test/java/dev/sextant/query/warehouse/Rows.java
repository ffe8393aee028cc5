// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.query.ArrowBatches;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Reads batches to their end. */
public final class Rows {
  private Rows() {}

  /** Every row's values as text, nulls as {@code null}. */
  public static List<String> of(ArrowBatches batches) {
    List<String> rows = new ArrayList<>();
    while (batches.loadNext()) {
      for (int row = 0; row < batches.root().getRowCount(); row++) {
        rows.add(row(batches.root(), row));
      }
    }
    return rows;
  }

  private static String row(VectorSchemaRoot root, int row) {
    List<String> values = new ArrayList<>();
    for (FieldVector vector : root.getFieldVectors()) {
      values.add(text(vector.getObject(row)));
    }
    return String.join("|", values);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  public static long count(ArrowBatches batches) {
    long rows = 0;
    while (batches.loadNext()) {
      rows += batches.root().getRowCount();
    }
    return rows;
  }
}

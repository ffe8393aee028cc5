// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.jspecify.annotations.Nullable;

/** A list of tables, columns or types: columns as JDBC names them, and rows. */
final class Listing {
  private final List<ColumnMetaData> columns = new ArrayList<>();
  private final List<Object> rows = new ArrayList<>();

  private Listing() {}

  /** A listing with columns such as {@code TABLE_NAME} or {@code DATA_TYPE int}; what has no type is text. */
  static Listing of(String... columns) {
    Listing listing = new Listing();
    for (String column : columns) {
      String[] parts = column.split(" ", 2);
      listing.columns.add(MetaImpl.columnMetaData(parts[0], listing.columns.size(), type(parts.length == 1 ? "" : parts[1]), true));
    }
    return listing;
  }

  private static Class<?> type(String name) {
    return switch (name) {
      case "int" -> Integer.class;
      case "boolean" -> Boolean.class;
      default -> String.class;
    };
  }

  Listing add(@Nullable Object... row) {
    rows.add(Arrays.asList(row));
    return this;
  }

  Meta.Signature signature() {
    return new Meta.Signature(columns, "", List.of(), Map.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
  }

  Meta.Frame frame() {
    return new Meta.Frame(0, true, rows);
  }
}

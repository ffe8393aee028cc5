// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Schema;

/** Sends the small tables that the calls about metadata answer with. */
record ArrowRows(BufferAllocator memory) {

  /** A value that is not there. */
  static final Object NONE = new Object();

  /** Sends {@code rows} of {@code schema} as one batch. Rows hold texts, numbers, truth values, bytes, lists of texts, and {@link #NONE}. */
  void send(Schema schema, List<List<Object>> rows, ServerStreamListener client) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory)) {
      root.allocateNew();
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).size(); column++) {
          set(root.getVector(column), row, rows.get(row).get(column));
        }
      }
      root.setRowCount(rows.size());
      client.start(root);
      client.putNext();
      client.completed();
    }
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (value == NONE) {
      vector.setNull(row);
      return;
    }
    switch (vector) {
      case VarCharVector text -> text.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
      case VarBinaryVector bytes -> bytes.setSafe(row, (byte[]) value);
      case IntVector number -> number.setSafe(row, (Integer) value);
      case UInt1Vector number -> number.setSafe(row, (Integer) value);
      case BitVector bit -> bit.setSafe(row, (Boolean) value ? 1 : 0);
      case ListVector list -> list(list, row, (List<?>) value);
      default -> throw new IllegalArgumentException("no rows of " + vector.getField());
    }
  }

  private static void list(ListVector list, int row, List<?> texts) {
    int start = list.startNewValue(row);
    for (int i = 0; i < texts.size(); i++) {
      set((FieldVector) list.getDataVector(), start + i, texts.get(i));
    }
    list.endValue(row, texts.size());
  }
}

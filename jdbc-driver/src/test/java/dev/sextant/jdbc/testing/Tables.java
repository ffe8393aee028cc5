// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Small answers. */
public final class Tables {
  private static final int BATCH = 1_000;

  private Tables() {}

  /** One column {@code n} with the numbers from 0. */
  public static byte[] numbers(int count) {
    return numbers(count, Map.of());
  }

  public static byte[] numbers(int count, Map<String, String> metadata) {
    try (BufferAllocator allocator = new RootAllocator(); BigIntVector numbers = new BigIntVector("n", allocator)) {
      int size = Math.min(count, BATCH);
      return Streams.of(List.of(numbers), metadata, count / Math.max(size, 1), size, batch -> {
        for (int i = 0; i < size; i++) {
          numbers.setSafe(i, batch * (long) BATCH + i);
        }
        numbers.setValueCount(size);
      });
    }
  }

  /** The column {@code n} and no rows. */
  public static byte[] noNumbers() {
    return numbers(0);
  }

  /** An answer without columns, as commands give it. */
  public static byte[] nothing() {
    return Streams.write(new VectorSchemaRoot(List.of(), List.of(), 0), null, writer -> {});
  }

  /** Text columns and their rows. */
  public static byte[] texts(List<String> columns, List<List<String>> rows) {
    try (BufferAllocator allocator = new RootAllocator()) {
      List<FieldVector> vectors = new ArrayList<>();
      columns.forEach(column -> vectors.add(new VarCharVector(column, allocator)));
      byte[] stream = Streams.of(vectors, 1, rows.size(), batch -> {
        for (int column = 0; column < vectors.size(); column++) {
          for (int row = 0; row < rows.size(); row++) {
            ((VarCharVector) vectors.get(column)).setSafe(row, rows.get(row).get(column).getBytes(StandardCharsets.UTF_8));
          }
          vectors.get(column).setValueCount(rows.size());
        }
      });
      vectors.forEach(FieldVector::close);
      return stream;
    }
  }
}

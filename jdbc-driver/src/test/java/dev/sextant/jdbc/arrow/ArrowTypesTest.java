// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.testing.Streams;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.calcite.avatica.util.Cursor.Accessor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every Arrow type with a value of its own comes out as it went in, with NULLs between, in batches of several sizes. */
class ArrowTypesTest {
  private static final int BATCHES = 3;

  static Stream<ArrowKinds.Kind> kinds() {
    return ArrowKinds.all();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void comesOutAsItWentIn(ArrowKinds.Kind kind) throws Exception {
    for (int rows : new int[] {1, 7, 8, 9, 64, 200}) {
      try (BufferAllocator allocator = new RootAllocator(); FieldVector vector = kind.vector().apply(allocator)) {
        byte[] stream = Streams.of(List.of(vector), BATCHES, rows, batch -> fill(kind, vector, batch * rows, rows));
        check(kind, new ArrowStream(new ByteArrayInputStream(stream)), rows * BATCHES);
      }
    }
  }

  private static void fill(ArrowKinds.Kind kind, FieldVector vector, int first, int rows) {
    vector.reset();
    vector.allocateNew();
    for (int i = 0; i < rows; i++) {
      if (isNull(first + i)) {
        vector.setNull(i);
      } else {
        kind.setter().set(vector, i, first + i);
      }
    }
    vector.setValueCount(rows);
  }

  private static boolean isNull(int i) {
    return i % 3 == 2 || i > 400;
  }

  private static void check(ArrowKinds.Kind kind, ArrowStream stream, int rows) throws Exception {
    assertThat(stream.type(0).jdbcType()).isEqualTo(kind.type());
    Accessor accessor = stream.accessors(TimeZone.getDefault()).get(0);
    for (int i = 0; i < rows; i++) {
      assertThat(stream.next()).isTrue();
      Object object = accessor.getObject();
      assertThat(accessor.wasNull()).isEqualTo(isNull(i));
      if (isNull(i)) {
        assertThat(object).isNull();
        assertThat(accessor.getString()).isNull();
        assertThat(accessor.getLong()).isZero();
      } else {
        assertThat(object).as("row " + i).isEqualTo(kind.object().apply(i));
        assertThat(object.getClass().getName()).isEqualTo(stream.type(0).className());
        assertThat(accessor.getString()).as("row " + i).isEqualTo(kind.text().apply(i));
        assertThat(accessor.wasNull()).isFalse();
      }
    }
    assertThat(stream.next()).isFalse();
    assertThat(stream.next()).isFalse();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.testing.Streams;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.calcite.avatica.util.Cursor.Accessor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A part of a stream is never taken for all of it, and nonsense is refused without a mess. */
class BrokenStreamTest {

  private static byte[] stream() {
    try (BufferAllocator allocator = new RootAllocator(); BigIntVector numbers = new BigIntVector("n", allocator);
        VarCharVector texts = new VarCharVector("t", allocator)) {
      return Streams.of(List.of(numbers, texts), 3, 20, batch -> {
        for (int i = 0; i < 20; i++) {
          numbers.setSafe(i, i);
          texts.setSafe(i, ("text " + i).getBytes(StandardCharsets.UTF_8));
        }
        numbers.setValueCount(20);
        texts.setValueCount(20);
      });
    }
  }

  private static int readAll(byte[] bytes) throws Exception {
    ArrowStream stream = new ArrowStream(new ByteArrayInputStream(bytes));
    List<Accessor> accessors = stream.accessors(TimeZone.getDefault());
    int rows = 0;
    while (stream.next()) {
      for (Accessor accessor : accessors) {
        accessor.getString();
      }
      rows++;
    }
    return rows;
  }

  @Test
  void everyPlaceToBreakOffIsNoticed() throws Exception {
    byte[] whole = stream();
    assertThat(readAll(whole)).isEqualTo(60);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> readAll(part)).as("cut at " + length).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void theOldEndMarkWillDo() throws Exception {
    byte[] whole = stream();
    byte[] old = Arrays.copyOf(whole, whole.length - 4); // ff ff ff ff 00 00 00 00 becomes 00 00 00 00
    Arrays.fill(old, old.length - 4, old.length, (byte) 0);
    assertThat(readAll(old)).isEqualTo(60);
  }

  @Test
  void whatIsNoArrowStreamIsRefused() {
    for (String text : List.of("<html><body>Bad gateway</body></html>", "{\"error\": {\"code\": \"X\"}}                ",
        "select 1       ")) {
      assertThatThrownBy(() -> readAll(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void damagedBytesNeverHangOrCrash() {
    byte[] whole = stream();
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 3; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(readAll(damaged)).isBetween(0, Integer.MAX_VALUE);
      } catch (Exception refused) {
        assertThat(refused).as("round " + round).isInstanceOfAny(IOException.class, SQLException.class, IndexOutOfBoundsException.class);
      }
    }
  }
}

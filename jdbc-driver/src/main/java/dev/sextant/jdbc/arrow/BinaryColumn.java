// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.ByteRanges;
import java.util.Arrays;

/** Bytes; as text they are hexadecimal digits. */
final class BinaryColumn extends CursorColumn {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private final ByteRanges ranges;

  BinaryColumn(Spot spot, ByteRanges ranges) {
    super(spot);
    this.ranges = ranges;
  }

  @Override
  void bindValues(Batch batch, int values) throws ArrowFormatException {
    ranges.bind(batch, values);
  }

  @Override
  byte[] bytesAt(int index) {
    int start = ranges.start(body, index);
    return Arrays.copyOfRange(body, start, start + ranges.length(body, index));
  }

  @Override
  Object objectAt(int index) {
    return bytesAt(index);
  }

  @Override
  String textAt(int index) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytesAt(index)) {
      text.append(DIGITS[each >> 4 & 15]).append(DIGITS[each & 15]);
    }
    return text.toString();
  }
}

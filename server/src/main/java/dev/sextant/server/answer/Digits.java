// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Spells whole numbers of 0 or more, eight digits in one long at once and without a branch for how many there are, which nobody could foretell. More
 * bytes are written than are meant: {@link #ROOM} must be free, and what stands behind the end is anything.
 */
final class Digits {
  /** How many bytes behind the start may be written. */
  static final int ROOM = 40;
  /** The most digits that can be asked for. */
  static final int MOST = 24;

  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EIGHT = 100_000_000;
  private static final long ZEROS = 0x3030_3030_3030_3030L;
  private static final int LAST_DIGIT = 56;

  private Digits() {}

  /** Writes a number with zeros in front up to {@code fewest} digits, 1 to 24; returns its end. */
  static int write(long value, int fewest, byte[] bytes, int start) {
    if (value < EIGHT && fewest <= 8) {
      return first((int) value, 8 - fewest, bytes, start);
    }
    long front = value / EIGHT;
    int back = (int) (value - front * EIGHT);
    int end;
    if (front < EIGHT && fewest <= 16) {
      end = first((int) front, 16 - fewest, bytes, start);
    } else {
      long most = front / EIGHT;
      end = first((int) most, MOST - fewest, bytes, start);
      LONGS.set(bytes, end, digits((int) (front - most * EIGHT)) + ZEROS);
      end += 8;
    }
    LONGS.set(bytes, end, digits(back) + ZEROS);
    return end + 8;
  }

  /** Moves the last {@code count} digits, up to 24, one place on and puts a point in front of them; returns the end. */
  static int point(int count, byte[] bytes, int end) {
    int from = end - count;
    long first = (long) LONGS.get(bytes, from);
    if (count > 8) {
      long second = (long) LONGS.get(bytes, from + 8);
      if (count > 16) {
        LONGS.set(bytes, from + 17, (long) LONGS.get(bytes, from + 16));
      }
      LONGS.set(bytes, from + 9, second);
    }
    LONGS.set(bytes, from + 1, first);
    bytes[from] = '.';
    return end + 1;
  }

  /** Up to eight digits without the zeros in front, of which at most so many are left out. */
  private static int first(int value, int mostZeros, byte[] bytes, int start) {
    long digits = digits(value);
    int zeros = Math.min(Long.numberOfTrailingZeros(digits | 1L << LAST_DIGIT) >>> 3, mostZeros);
    LONGS.set(bytes, start, digits + ZEROS >>> (zeros << 3));
    return start + 8 - zeros;
  }

  /** The eight digits of a number, the first in the lowest byte: halves, then pairs, then digits, all of a kind divided at once. */
  private static long digits(int value) {
    long front = value / 10_000;
    long halves = front | value - front * 10_000 << 32;
    long hundreds = halves * 10_486 >>> 20 & 0x0000_007F_0000_007FL;
    long pairs = hundreds | halves - hundreds * 100 << 16;
    long tens = pairs * 103 >>> 10 & 0x000F_000F_000F_000FL;
    return tens | pairs - tens * 10 << 8;
  }
}

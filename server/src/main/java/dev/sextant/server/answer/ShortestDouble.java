// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.math.BigInteger;

/**
 * Spells doubles as {@link Double#toString(double)} does, without a String: the shortest decimal that reads back as the same double, found as
 * in Raffaello Giulietti's "The Schubfach way to render doubles" (section 9.9), whose names for numbers are used here.
 */
final class ShortestDouble {
  private static final int LEAST_Q = -1074;
  private static final long LEAST_NORMAL_C = 1L << 52;
  private static final int EXPONENT_BITS = 0x7FF;
  private static final int TINY_C = 3;
  private static final int LEAST_K = -324;
  private static final int MOST_K = 292;
  private static final int G_BITS = 126;
  private static final long LOW_63_BITS = Long.MAX_VALUE;
  private static final long TENTH = 115_292_150_460_684_698L << 4;
  private static final int MOST_PLAIN_POINT = 7;
  private static final int LEAST_PLAIN_POINT = -2;
  /** 10^-k as 126 bits, rounded up, in two halves. */
  private static final long[] G = new long[2 * (MOST_K - LEAST_K + 1)];

  static {
    for (int k = LEAST_K; k <= MOST_K; k++) {
      BigInteger power = BigInteger.TEN.pow(Math.abs(k));
      BigInteger bits = k <= 0 ? power.shiftRight(power.bitLength() - G_BITS)
          : BigInteger.ONE.shiftLeft(G_BITS - 1 + power.bitLength()).divide(power);
      BigInteger g = bits.add(BigInteger.ONE);
      G[2 * (k - LEAST_K)] = g.shiftRight(Long.SIZE - 1).longValueExact();
      G[2 * (k - LEAST_K) + 1] = g.longValue() & LOW_63_BITS;
    }
  }

  private ShortestDouble() {}

  /** Writes a finite number that is not 0. */
  static void write(double value, ByteText out) {
    long bits = Double.doubleToRawLongBits(value);
    if (bits < 0) {
      out.put('-');
    }
    long fraction = bits & LEAST_NORMAL_C - 1;
    int exponent = (int) (bits >>> 52) & EXPONENT_BITS;
    if (exponent > 0) {
      shortest(LEAST_Q - 1 + exponent, LEAST_NORMAL_C | fraction, 0, out);
    } else if (fraction < TINY_C) {
      shortest(LEAST_Q, 10 * fraction, -1, out);
    } else {
      shortest(LEAST_Q, fraction, 0, out);
    }
  }

  /** Writes c * 2^q * 10^dk. */
  private static void shortest(int q, long c, int dk, ByteText out) {
    boolean isEvenlySpaced = c != LEAST_NORMAL_C || q == LEAST_Q;
    int k = isEvenlySpaced ? floorLog10Pow2(q) : floorLog10ThreeQuartersPow2(q);
    int h = q + floorLog2Pow10(-k) + 2;
    long high = G[2 * (k - LEAST_K)];
    long low = G[2 * (k - LEAST_K) + 1];
    long odd = c & 1;
    long value = roundToOdd(high, low, c << 2 << h);
    long lower = roundToOdd(high, low, (c << 2) - (isEvenlySpaced ? 2 : 1) << h) + odd;
    long upper = roundToOdd(high, low, (c << 2) + 2 << h) - odd;
    long s = value >> 2;
    if (s >= 100) {
      long tens = 10 * Math.multiplyHigh(s, TENTH);
      boolean isDown = lower <= tens << 2;
      if (isDown != tens + 10 << 2 <= upper) {
        write(isDown ? tens : tens + 10, k, out);
        return;
      }
    }
    boolean isDown = lower <= s << 2;
    if (isDown == s + 1 << 2 <= upper) {
      long side = value - (2 * s + 1 << 1);
      isDown = side < 0 || side == 0 && (s & 1) == 0;
    }
    write(isDown ? s : s + 1, k + dk, out);
  }

  private static long roundToOdd(long high, long low, long c) {
    long product = (high * c >>> 1) + Math.multiplyHigh(low, c);
    long rounded = Math.multiplyHigh(high, c) + (product >>> 63);
    return rounded | (product & LOW_63_BITS) + LOW_63_BITS >>> 63;
  }

  private static int floorLog10Pow2(int e) {
    return (int) (e * 661_971_961_083L >> 41);
  }

  private static int floorLog10ThreeQuartersPow2(int e) {
    return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  private static int floorLog2Pow10(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }

  /** Writes {@code digits * 10^exponent} as Java does: plainly from a thousandth up to ten millions, else with an exponent. */
  private static void write(long digits, int exponent, ByteText out) {
    long rest = digits;
    int left = exponent;
    while (rest % 10 == 0) {
      rest /= 10;
      left++;
    }
    int count = ByteText.digitCount(rest);
    int point = count + left;
    if (point < LEAST_PLAIN_POINT || point > MOST_PLAIN_POINT) {
      out.integer(rest / ByteText.power(count - 1));
      out.put('.');
      out.padded(rest % ByteText.power(count - 1), Math.max(1, count - 1));
      out.put('E');
      out.integer(point - 1);
    } else if (left >= 0) {
      out.integer(rest * ByteText.power(left));
      out.ascii(".0");
    } else if (point > 0) {
      out.decimal(rest, -left);
    } else {
      out.ascii("0.");
      out.padded(rest, -left);
    }
  }
}

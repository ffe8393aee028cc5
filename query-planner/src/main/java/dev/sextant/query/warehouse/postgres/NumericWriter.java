// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.DecimalVector;

/**
 * Writes {@code numeric} values, which come as digits to base 10,000, as 128-bit decimals without making an object per value. Digits beyond
 * the column's scale are rounded half away from zero, as PostgreSQL does; what has too many digits before the point is an error.
 */
final class NumericWriter implements ColumnWriter {
  private static final int BASE = 10_000;
  private static final int[] POWERS = {1, 10, 100, 1_000, BASE};
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;

  private final DecimalVector vector;
  private final int wholeGroups;
  private final int lastDigits;
  private final long limitHigh;
  private final long limitLow;
  private long high;
  private long low;

  NumericWriter(DecimalVector vector) {
    this.vector = vector;
    this.wholeGroups = vector.getScale() / 4;
    this.lastDigits = vector.getScale() % 4;
    this.low = 1;
    for (int digit = 0; digit < vector.getPrecision(); digit++) {
      multiplyAdd(10, 0);
    }
    this.limitHigh = high;
    this.limitLow = low;
  }

  @Override
  public DecimalVector vector() {
    return vector;
  }

  @Override
  public void write(int row, byte[] bytes, int at, int length) {
    int digits = (short) SHORTS.get(bytes, at);
    int weight = (short) SHORTS.get(bytes, at + 2);
    int sign = (short) SHORTS.get(bytes, at + 4) & 0xFFFF;
    if (sign != POSITIVE && sign != NEGATIVE) {
      throw unfit("NaN or infinite");
    }
    read(bytes, at + 8, digits, weight);
    if (Long.compareUnsigned(high, limitHigh) > 0 || high == limitHigh && Long.compareUnsigned(low, limitLow) >= 0) {
      throw unfit("too large");
    }
    if (sign == NEGATIVE) {
      low = -low;
      high = low == 0 ? -high : ~high;
    }
    vector.getDataBuffer().setLong(16L * row, low);
    vector.getDataBuffer().setLong(16L * row + 8, high);
    BitVectorHelper.setBit(vector.getValidityBuffer(), row);
  }

  /** Reads the groups from the first one to the last whose digits the scale keeps. */
  private void read(byte[] bytes, int at, int digits, int weight) {
    high = 0;
    low = 0;
    for (int group = weight; group >= -wholeGroups; group--) {
      multiplyAdd(BASE, digit(bytes, at, digits, weight - group));
    }
    int next = weight + wholeGroups + 1;
    int group = next < 0 ? 0 : digit(bytes, at, digits, next);
    int dropped = POWERS[4 - lastDigits];
    if (lastDigits > 0) {
      multiplyAdd(POWERS[lastDigits], group / dropped);
    }
    if (2 * (group % dropped) >= dropped) {
      multiplyAdd(1, 1);
    }
  }

  private static int digit(byte[] bytes, int at, int digits, int index) {
    return index < digits ? (short) SHORTS.get(bytes, at + 2 * index) : 0;
  }

  private void multiplyAdd(int factor, int add) {
    long scaledHigh = high * factor;
    if (scaledHigh < 0 || Math.unsignedMultiplyHigh(high, factor) != 0) {
      throw unfit("too large");
    }
    long scaledLow = low * factor;
    long carry = Math.unsignedMultiplyHigh(low, factor);
    low = scaledLow + add;
    high = scaledHigh + carry + (Long.compareUnsigned(low, scaledLow) < 0 ? 1 : 0);
  }

  private SextantException unfit(String what) {
    return new SextantException(Issue.of(QueryIssue.DATA_ERROR, Position.NOWHERE,
        "column '" + vector.getName() + "' holds a numeric value that is " + what + " for decimal(" + vector.getPrecision() + ", "
            + vector.getScale() + "); cast it to double precision or to a fitting numeric"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.wire;

import org.apache.arrow.flatbuf.TimeUnit;

/** What times are counted in. */
public enum TickUnit {
  SECONDS(1), MILLIS(1_000), MICROS(1_000_000), NANOS(1_000_000_000);

  private final long perSecond;

  TickUnit(long perSecond) {
    this.perSecond = perSecond;
  }

  /** The unit that Arrow's format has under {@code unit}. */
  public static TickUnit of(short unit) throws ArrowFormatException {
    switch (unit) {
      case TimeUnit.SECOND :
        return SECONDS;
      case TimeUnit.MILLISECOND :
        return MILLIS;
      case TimeUnit.MICROSECOND :
        return MICROS;
      case TimeUnit.NANOSECOND :
        return NANOS;
      default :
        throw new ArrowFormatException("The schema has the unknown time unit " + unit + ".");
    }
  }

  public long seconds(long ticks) {
    return Math.floorDiv(ticks, perSecond);
  }

  /** The nanoseconds beyond the full second. */
  public int nanosOfSecond(long ticks) {
    return (int) (Math.floorMod(ticks, perSecond) * nanos());
  }

  public long nanos() {
    return 1_000_000_000 / perSecond;
  }
}

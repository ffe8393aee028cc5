// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Locale;
import java.util.Optional;

/** The standard grains, finest first. Weeks start on the day the calendar says, ISO Monday by default. */
public enum TimeGrain implements Grain {
  NANOSECOND, MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, YEAR;

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds a grain by its name in any case, singular or plural. */
  public static Optional<TimeGrain> named(String text) {
    String wanted = text.toUpperCase(Locale.ROOT);
    for (TimeGrain grain : values()) {
      if (grain.name().equals(wanted) || (grain.name() + "S").equals(wanted)) {
        return Optional.of(grain);
      }
    }
    return Optional.empty();
  }

  /** Whether every period of {@code coarser} is made of whole periods of this grain: days tile months, weeks do not. */
  public boolean tiles(TimeGrain coarser) {
    return this == coarser || (isFinerThan(coarser) && this != WEEK);
  }

  public boolean isFinerThan(TimeGrain other) {
    return compareTo(other) < 0;
  }

  public boolean isCoarserThan(TimeGrain other) {
    return compareTo(other) > 0;
  }

  /** Whether periods vary in length (month, quarter, year), so that adding them is calendar arithmetic. */
  public boolean isCalendarLength() {
    return compareTo(MONTH) >= 0;
  }

  /** Whether so many periods fit between the years 1 and 9999, back or forth; all warehouses calculate with such lengths of time. */
  public boolean fits(long periods) {
    long most = switch (this) {
      case YEAR -> 10_000L;
      case QUARTER -> 40_000L;
      case MONTH -> 120_000L;
      case WEEK -> 530_000L;
      case DAY -> 3_700_000L;
      case HOUR -> 24 * 3_700_000L;
      case MINUTE -> 24 * 60 * 3_700_000L;
      case SECOND, MILLISECOND, MICROSECOND, NANOSECOND -> 24 * 3_600 * 3_700_000L;
    };
    return periods >= -most && periods <= most;
  }

  /** Returns the coarser of the two. */
  public static TimeGrain coarser(TimeGrain a, TimeGrain b) {
    return a.isCoarserThan(b) ? a : b;
  }

  /** Returns the finer of the two. */
  public static TimeGrain finer(TimeGrain a, TimeGrain b) {
    return a.isFinerThan(b) ? a : b;
  }
}

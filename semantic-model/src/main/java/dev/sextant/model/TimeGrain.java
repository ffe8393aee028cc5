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

  /** Returns the coarser of the two. */
  public static TimeGrain coarser(TimeGrain a, TimeGrain b) {
    return a.isCoarserThan(b) ? a : b;
  }

  /** Returns the finer of the two. */
  public static TimeGrain finer(TimeGrain a, TimeGrain b) {
    return a.isFinerThan(b) ? a : b;
  }
}

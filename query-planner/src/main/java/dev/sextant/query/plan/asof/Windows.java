// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.plan.time.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lengths of windows that end at an instant. */
final class Windows {
  private static final int SHORTEST_MONTH = 28;
  private static final int LONGEST_MONTH = 31;

  private Windows() {}

  static Expr length(TimeWindow window) {
    return new Expr.Interval(window.count(), Times.standard(window));
  }

  /** Whether the one always reaches at least as far back as the other; months and days need not compare. */
  static boolean holds(TimeWindow one, TimeWindow other) {
    return shortest(one).compareTo(longest(other)) >= 0 || isCalendar(one) && isCalendar(other) && months(one) >= months(other);
  }

  /** The windows that no other one holds; of equal ones the first. */
  static List<TimeWindow> widest(List<TimeWindow> windows) {
    List<TimeWindow> widest = new ArrayList<>();
    for (TimeWindow window : windows) {
      if (widest.stream().noneMatch(other -> holds(other, window))) {
        widest.removeIf(other -> holds(window, other));
        widest.add(window);
      }
    }
    return widest;
  }

  private static boolean isCalendar(TimeWindow window) {
    return Times.standard(window).isCalendarLength();
  }

  /** The least time a window spans. */
  static Duration shortest(TimeWindow window) {
    return isCalendar(window) ? Duration.ofDays(months(window) * SHORTEST_MONTH) : fixed(window);
  }

  /** The most time a window spans. */
  static Duration longest(TimeWindow window) {
    return isCalendar(window) ? Duration.ofDays(months(window) * LONGEST_MONTH) : fixed(window);
  }

  private static long months(TimeWindow window) {
    return window.count() * switch (Times.standard(window)) {
      case YEAR -> 12L;
      case QUARTER -> 3L;
      case NANOSECOND, MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH -> 1L;
    };
  }

  private static Duration fixed(TimeWindow window) {
    TimeGrain grain = Times.standard(window);
    return switch (grain) {
      case NANOSECOND -> Duration.ofNanos(window.count());
      case MICROSECOND -> Duration.ofNanos(window.count() * 1_000L);
      case MILLISECOND -> Duration.ofMillis(window.count());
      case SECOND -> Duration.ofSeconds(window.count());
      case MINUTE -> Duration.ofMinutes(window.count());
      case HOUR -> Duration.ofHours(window.count());
      case DAY -> Duration.ofDays(window.count());
      case WEEK -> Duration.ofDays(window.count() * 7L);
      case MONTH, QUARTER, YEAR -> throw new IllegalArgumentException(window.toString());
    };
  }
}

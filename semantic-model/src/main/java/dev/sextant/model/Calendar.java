// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.time.DayOfWeek;
import java.time.ZoneId;

/** What days, weeks and years mean in a project. Fiscal years start on the first day of {@code yearStartMonth}. */
public record Calendar(ZoneId zone, DayOfWeek weekStart, int yearStartMonth) {

  /** UTC, ISO weeks, calendar years. */
  public static final Calendar ISO = new Calendar(ZoneId.of("UTC"), DayOfWeek.MONDAY, 1);
}

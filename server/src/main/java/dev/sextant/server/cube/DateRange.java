// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A range of local times; both ends belong to it, the last one as a whole millisecond. */
record DateRange(LocalDateTime start, LocalDateTime end) {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");

  /** The first instant after the range. */
  LocalDateTime after() {
    return end.truncatedTo(ChronoUnit.MILLIS).plus(1, ChronoUnit.MILLIS);
  }

  /** Both ends as clients read them. */
  List<String> texts() {
    return List.of(FORM.format(start), FORM.format(end));
  }

  @Override
  public String toString() {
    return String.join(" - ", texts());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Reads dates, times and zones as people and clients write them. */
public final class TimeTexts {
  private TimeTexts() {}

  /** Reads {@code 2026-01-31}, {@code 2026-01-31 10:30[:00[.5]]} with a blank or T, or the same with an offset, as a time in {@code zone}. */
  public static LocalDateTime instant(String text, ZoneId zone) {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (iso.length() <= "2026-01-31".length()) {
        return LocalDate.parse(iso).atStartOfDay();
      }
      if (iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d$")) {
        return OffsetDateTime.parse(iso).atZoneSameInstant(zone).toLocalDateTime();
      }
      return LocalDateTime.parse(iso);
    } catch (DateTimeException e) {
      throw Problem.of(QueryIssue.INVALID_TIME_RANGE,
          "'" + text + "' is not a date or time. Write 2026-01-31 or 2026-01-31T10:30:00, with an offset such as Z if it matters.");
    }
  }

  /** Reads a time zone's IANA name or offset. */
  public static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      throw Problem.of(QueryIssue.INVALID_TIME_ZONE, "'" + text + "' is not a time zone. Write a name such as Europe/Berlin.");
    }
  }

  /** Whether a zone is UTC under any of its names. */
  public static boolean isUtc(ZoneId zone) {
    return zone.normalized().equals(ZoneOffset.UTC);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads ranges of time as people write them, such as {@code last 7 days}, seen from {@code now} in {@code zone}. */
record DatePhrases(LocalDateTime now, ZoneId zone, DayOfWeek weekStart) {
  private static final String UNIT = "(second|minute|hour|day|week|month|quarter|year)s?";
  private static final Pattern NAMED = Pattern.compile("(this|last|next)\\s+" + UNIT);
  private static final Pattern COUNTED = Pattern.compile("(last|next)\\s+(\\d{1,6})\\s+" + UNIT);
  private static final Pattern FROM_TO = Pattern.compile("from\\s+(.+?)\\s+to\\s+(.+)");
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})\\s+" + UNIT + "\\s+(ago|from now)");
  private static final int LONGEST = 100;
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  /** Reads one phrase or date. */
  DateRange range(String text) {
    if (text.length() > LONGEST) {
      throw unknown(text.substring(0, LONGEST) + "..");
    }
    String phrase = text.strip().toLowerCase(Locale.ROOT);
    Matcher named = NAMED.matcher(phrase);
    if (named.matches()) {
      long offset = named.group(1).equals("this") ? 0 : named.group(1).equals("last") ? -1 : 1;
      return periods(named.group(2), offset, offset);
    }
    Matcher counted = COUNTED.matcher(phrase);
    if (counted.matches()) {
      long count = Long.parseLong(counted.group(2));
      return counted.group(1).equals("last") ? periods(counted.group(3), -count, -1) : periods(counted.group(3), 1, count);
    }
    Matcher fromTo = FROM_TO.matcher(phrase);
    return fromTo.matches() ? between(fromTo.group(1), fromTo.group(2)) : between(phrase, phrase);
  }

  /** Reads the two ends of a range. */
  DateRange between(String from, String to) {
    DateRange range = new DateRange(point(from).start(), point(to).end());
    if (range.end().isBefore(range.start())) {
      throw Problem.of(QueryIssue.INVALID_TIME_RANGE, "The date range ends (" + to + ") before it starts (" + from + ").");
    }
    return range;
  }

  /** What one end of a range may mean: a day from its first to its last millisecond, or one instant. */
  DateRange point(String text) {
    String phrase = text.strip().toLowerCase(Locale.ROOT);
    Matcher ago = AGO.matcher(phrase);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1)) * (ago.group(3).equals("ago") ? -1 : 1);
      String snapped = Stream.of("second", "minute", "hour").filter(ago.group(2)::equals).findFirst().orElse("day");
      return period(snapped, plus(now, ago.group(2), count));
    }
    return switch (phrase) {
      case "today", "now" -> periods("day", 0, 0);
      case "yesterday" -> periods("day", -1, -1);
      case "tomorrow" -> periods("day", 1, 1);
      default -> written(text.strip()).orElseThrow(() -> unknown(text));
    };
  }

  private Optional<DateRange> written(String text) {
    try {
      if (DAY.matcher(text).matches()) {
        return Optional.of(period("day", LocalDate.parse(text).atStartOfDay()));
      }
      String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
      boolean zoned = iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:\\d\\d$");
      LocalDateTime time = zoned ? OffsetDateTime.parse(iso).atZoneSameInstant(zone).toLocalDateTime() : LocalDateTime.parse(iso);
      return Optional.of(new DateRange(time, time));
    } catch (DateTimeException notWritten) {
      return Optional.empty();
    }
  }

  private static RuntimeException unknown(String text) {
    return Problem.of(QueryIssue.INVALID_TIME_RANGE,
        "Can't parse date: '" + text + "'. Write 2026-01-31, 2026-01-31T10:30:00.000, or a phrase "
            + "such as today, this month, last 7 days, next quarter, 2 weeks ago, from 7 days ago to now.",
        List.of("today", "yesterday", "last 7 days", "this month"));
  }

  /** From the first millisecond of the {@code first}-th period from now to the last one of the {@code last}-th. */
  private DateRange periods(String unit, long first, long last) {
    return new DateRange(period(unit, plus(now, unit, first)).start(), period(unit, plus(now, unit, last)).end());
  }

  private DateRange period(String unit, LocalDateTime time) {
    LocalDateTime start = start(unit, time);
    return new DateRange(start, plus(start, unit, 1).minus(1, ChronoUnit.MILLIS));
  }

  private LocalDateTime start(String unit, LocalDateTime time) {
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
      case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
      case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
      case "week" -> day.with(TemporalAdjusters.previousOrSame(weekStart));
      case "month" -> day.withDayOfMonth(1);
      case "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
      case "year" -> day.withDayOfYear(1);
      default -> day;
    };
  }

  private static LocalDateTime plus(LocalDateTime time, String unit, long count) {
    return switch (unit) {
      case "second" -> time.plusSeconds(count);
      case "minute" -> time.plusMinutes(count);
      case "hour" -> time.plusHours(count);
      case "week" -> time.plusWeeks(count);
      case "month" -> time.plusMonths(count);
      case "quarter" -> time.plusMonths(3 * count);
      case "year" -> time.plusYears(count);
      default -> time.plusDays(count);
    };
  }
}

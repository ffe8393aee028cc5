// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

import dev.sextant.conformance.Value;
import dev.sextant.model.DatePart;
import dev.sextant.model.TimeGrain;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** Arithmetic on local times. */
public final class Moments {
  private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart()
      .appendPattern("['T'][' ']HH:mm[:ss]")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .optionalEnd()
      .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
      .toFormatter(Locale.ROOT);

  private Moments() {}

  /** A date, a time or the text of one as a local time. */
  static LocalDateTime of(Value value) {
    return switch (value) {
      case Value.Day day -> day.value().atStartOfDay();
      case Value.Moment moment -> moment.value();
      case Value.Text text -> parse(text.value());
      case Value.Absent none -> throw notATime(none);
      case Value.Truth truth -> throw notATime(truth);
      case Value.Exact exact -> throw notATime(exact);
      case Value.Real real -> throw notATime(real);
      case Value.Point point -> throw notATime(point);
    };
  }

  private static UnknownToTheOracle notATime(Value value) {
    return new UnknownToTheOracle("what local time " + value + " is");
  }

  public static LocalDateTime parse(String text) {
    return LocalDateTime.parse(text.strip(), TEXT);
  }

  /** The first instant of the period that holds {@code time}. */
  public static LocalDateTime floor(LocalDateTime time, TimeGrain grain, DayOfWeek weekStart) {
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    return switch (grain) {
      case NANOSECOND -> time;
      case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
      case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(weekStart));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  public static LocalDateTime day(LocalDateTime time) {
    return time.truncatedTo(ChronoUnit.DAYS);
  }

  /** The time {@code count} periods later; the day of the month is clamped. */
  public static LocalDateTime plus(LocalDateTime time, long count, TimeGrain grain) {
    return switch (grain) {
      case NANOSECOND -> time.plusNanos(count);
      case MICROSECOND -> time.plus(count, ChronoUnit.MICROS);
      case MILLISECOND -> time.plus(count, ChronoUnit.MILLIS);
      case SECOND -> time.plusSeconds(count);
      case MINUTE -> time.plusMinutes(count);
      case HOUR -> time.plusHours(count);
      case DAY -> time.plusDays(count);
      case WEEK -> time.plusWeeks(count);
      case MONTH -> time.plusMonths(count);
      case QUARTER -> time.plusMonths(3 * count);
      case YEAR -> time.plusYears(count);
    };
  }

  /** A part of a date as a number. */
  public static long part(LocalDateTime time, DatePart part) {
    return switch (part) {
      case YEAR -> time.getYear();
      case QUARTER -> time.get(IsoFields.QUARTER_OF_YEAR);
      case MONTH -> time.getMonthValue();
      case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case DAY -> time.getDayOfMonth();
      case DOW -> time.getDayOfWeek().getValue();
      case DOY -> time.getDayOfYear();
      case HOUR -> time.getHour();
      case MINUTE -> time.getMinute();
    };
  }
}

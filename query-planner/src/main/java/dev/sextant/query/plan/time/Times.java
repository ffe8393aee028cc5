// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Calendar;
import dev.sextant.model.DataType;
import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** Expressions and arithmetic of times: truncation, parts, shifts and bounds of periods. */
public final class Times {
  /** The last instant that warehouses tell from others. */
  static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter NANOS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS");
  private static final int MONTHS_IN_YEAR = 12;
  private static final int MONTHS_IN_QUARTER = 3;

  private Times() {}

  /** The column's values in the asked zone. */
  public static Expr local(TimeColumn time, Planning planning) {
    return converts(time, planning) ? converted(time.column(), planning.model().calendar().zone(), planning.zone()) : time.column();
  }

  private static boolean converts(TimeColumn time, Planning planning) {
    return time.stored() && planning.convertsZones(time.grain());
  }

  /** Warehouses know zones by name; those that are offsets only are reached from UTC by arithmetic. */
  static Expr converted(Expr time, ZoneId from, ZoneId to) {
    if (from.normalized() instanceof ZoneOffset offset && !offset.equals(ZoneOffset.UTC)) {
      return converted(Expr.call("-", time, seconds(offset)), ZoneOffset.UTC, to);
    }
    if (to.normalized() instanceof ZoneOffset offset) {
      Expr utc = from.normalized().equals(ZoneOffset.UTC) ? time : named(time, from, "UTC");
      return offset.equals(ZoneOffset.UTC) ? utc : Expr.call("+", utc, seconds(offset));
    }
    return named(time, from, to.getId());
  }

  private static Expr named(Expr time, ZoneId from, String to) {
    return Expr.call("local_time", time, Expr.string(from.normalized().equals(ZoneOffset.UTC) ? "UTC" : from.getId()), Expr.string(to));
  }

  private static Expr seconds(ZoneOffset offset) {
    return new Expr.Interval(offset.getTotalSeconds(), TimeGrain.SECOND);
  }

  /** The start of each value's period of {@code grain}. */
  public static Expr truncated(TimeColumn time, TimeGrain grain, Planning planning) {
    boolean already = time.starts().filter(grain::equals).isPresent() && !converts(time, planning);
    return already ? time.column() : truncate(local(time, planning), grain, planning.model().calendar());
  }

  public static Expr truncate(Expr value, TimeGrain grain, Calendar calendar) {
    Expr unit = Expr.string(grain.label());
    int days = grain == TimeGrain.WEEK ? weekShift(calendar) : 0;
    if (days > 0) {
      Expr shift = new Expr.Interval(days, TimeGrain.DAY);
      return Expr.call("-", Expr.call("date_trunc", unit, Expr.call("+", value, shift)), shift);
    }
    int months = yearShift(grain, calendar);
    if (months > 0) {
      // The month first: a day that an earlier month lacks must not be in the way.
      Expr shift = new Expr.Interval(months, TimeGrain.MONTH);
      Expr month = Expr.call("date_trunc", Expr.string("month"), value);
      return Expr.call("+", Expr.call("date_trunc", unit, Expr.call("-", month, shift)), shift);
    }
    return Expr.call("date_trunc", unit, value);
  }

  /** How many months after January's a project's years, or after the calendar's its quarters, start. */
  private static int yearShift(TimeGrain grain, Calendar calendar) {
    int months = calendar.yearStartMonth() - 1;
    return switch (grain) {
      case YEAR -> months;
      case QUARTER -> months % MONTHS_IN_QUARTER;
      case NANOSECOND, MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH -> 0;
    };
  }

  /** How many days before ISO Monday a project's week starts. */
  private static int weekShift(Calendar calendar) {
    return (DayOfWeek.MONDAY.getValue() - calendar.weekStart().getValue() + DayOfWeek.values().length) % DayOfWeek.values().length;
  }

  /** An integer part of each value. */
  static Expr part(TimeColumn time, DatePart part, Planning planning) {
    return Expr.call("extract_" + part.label(), local(time, planning));
  }

  public static Expr minus(Expr time, TimeWindow window) {
    return Expr.call("-", time, new Expr.Interval(window.count(), standard(window)));
  }

  /** The window's grain where it must be a standard one. */
  public static TimeGrain standard(TimeWindow window) {
    return switch (window.grain()) {
      case TimeGrain grain -> grain;
      case dev.sextant.model.CustomGrain custom -> throw new IllegalArgumentException(custom.label());
    };
  }

  /** How many periods of {@code grain} a window that ends with one of them reaches, where that is always the same number. */
  public static Optional<Integer> periods(TimeWindow window, TimeGrain grain) {
    TimeGrain unit = standard(window);
    if (unit.isCalendarLength() != grain.isCalendarLength()) {
      return Optional.empty();
    }
    long each = grain.isCalendarLength() ? months(grain) : seconds(grain);
    long all = window.count() * (unit.isCalendarLength() ? months(unit) : seconds(unit));
    return each == 0 || all == 0 ? Optional.empty() : Optional.of((int) ((all + each - 1) / each));
  }

  private static long months(TimeGrain grain) {
    return switch (grain) {
      case MONTH -> 1;
      case QUARTER -> MONTHS_IN_YEAR / 4;
      case YEAR -> MONTHS_IN_YEAR;
      default -> 0;
    };
  }

  private static long seconds(TimeGrain grain) {
    return switch (grain) {
      case SECOND -> 1;
      case MINUTE -> ChronoUnit.MINUTES.getDuration().toSeconds();
      case HOUR -> ChronoUnit.HOURS.getDuration().toSeconds();
      case DAY -> ChronoUnit.DAYS.getDuration().toSeconds();
      case WEEK -> ChronoUnit.WEEKS.getDuration().toSeconds();
      default -> 0;
    };
  }

  public static Expr literal(LocalDateTime time) {
    if (time.getYear() < 1 || time.isAfter(LAST)) {
      throw Problem.of(QueryIssue.INVALID_TIME_RANGE,
          "the asked times, with what windows and offsets add to them, reach beyond the years 1 to 9999.");
    }
    return new Expr.Literal(DataType.TIMESTAMP, time.getNano() == 0 ? SECONDS.format(time) : NANOS.format(time));
  }

  /** The start of the period {@code time} lies in. */
  public static LocalDateTime floor(LocalDateTime time, TimeGrain grain, Calendar calendar) {
    return switch (grain) {
      case NANOSECOND -> time;
      case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
      case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.truncatedTo(ChronoUnit.DAYS);
      case WEEK -> time.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(calendar.weekStart()));
      case MONTH -> month(time);
      case QUARTER -> month(time).minusMonths(monthOfYear(time, calendar) % MONTHS_IN_QUARTER);
      case YEAR -> month(time).minusMonths(monthOfYear(time, calendar));
    };
  }

  private static LocalDateTime month(LocalDateTime time) {
    return time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
  }

  /** How many months of the project's year are over. */
  private static int monthOfYear(LocalDateTime time, Calendar calendar) {
    return (time.getMonthValue() - calendar.yearStartMonth() + MONTHS_IN_YEAR) % MONTHS_IN_YEAR;
  }

  /** The start of the first period that does not start before {@code time}. */
  static LocalDateTime ceiling(LocalDateTime time, TimeGrain grain, Calendar calendar) {
    LocalDateTime floor = floor(time, grain, calendar);
    return floor.equals(time) ? floor : plus(floor, 1, grain);
  }

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
      case QUARTER -> time.plusMonths(count * MONTHS_IN_QUARTER);
      case YEAR -> time.plusYears(count);
    };
  }
}

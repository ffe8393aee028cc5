// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;

/** Dates and times between the wire, java.time, java.sql and text. What has no zone keeps its wall-clock reading in the zone asked for. */
final class Moments {
  static final long DAY_MILLIS = 86_400_000;

  private static final long FIRST_GREGORIAN = -12_219_292_800_000L;
  private static final DateTimeFormatter DATE_AND_TIME = new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE)
      .optionalStart()
      .appendPattern("['T'][' ']")
      .append(DateTimeFormatter.ISO_LOCAL_TIME)
      .appendPattern("[' '][XXX][X]")
      .optionalEnd()
      .toFormatter(Locale.ROOT);

  private Moments() {}

  /**
   * The instant at which clocks in {@code zone} show what clocks in UTC show at {@code utcMillis}. Of two such instants it is the later one,
   * and readings that clocks skip move on by what they skip: java.sql's own {@code valueOf} does so.
   */
  static long inZone(long utcMillis, TimeZone zone) {
    int before = zone.getOffset(utcMillis - DAY_MILLIS);
    if (utcMillis >= FIRST_GREGORIAN && before == zone.getOffset(utcMillis + DAY_MILLIS)) {
      return utcMillis - before;
    }
    return byFields(utcMillis, zone);
  }

  /** Near a change of clocks, and before October 1582, when java.sql's types show Julian dates. */
  private static long byFields(long utcMillis, TimeZone zone) {
    LocalDateTime reading = LocalDateTime.ofEpochSecond(Math.floorDiv(utcMillis, 1000L), 0, ZoneOffset.UTC);
    Calendar calendar = new GregorianCalendar(zone, Locale.ROOT);
    calendar.clear();
    calendar.set(reading.getYear(), reading.getMonthValue() - 1, reading.getDayOfMonth(), reading.getHour(), reading.getMinute(),
        reading.getSecond());
    return calendar.getTimeInMillis() + Math.floorMod(utcMillis, 1000L);
  }

  static Date date(Object moment, TimeZone zone) {
    LocalDate date = moment instanceof LocalDate ? (LocalDate) moment : local(moment, zone).toLocalDate();
    return new Date(inZone(date.toEpochDay() * DAY_MILLIS, zone));
  }

  static Time time(Object moment, TimeZone zone) {
    LocalTime time = moment instanceof LocalTime ? (LocalTime) moment : local(moment, zone).toLocalTime();
    return new Time(inZone(time.toNanoOfDay() / 1_000_000, zone));
  }

  static Timestamp timestamp(Object moment, TimeZone zone) {
    if (moment instanceof OffsetDateTime) {
      return Timestamp.from(((OffsetDateTime) moment).toInstant());
    }
    LocalDateTime reading = local(moment, zone);
    return timestamp(reading.toEpochSecond(ZoneOffset.UTC), reading.getNano(), zone);
  }

  static Timestamp timestamp(long utcSeconds, int nanos, TimeZone zone) {
    Timestamp timestamp = new Timestamp(inZone(utcSeconds * 1000, zone));
    timestamp.setNanos(nanos);
    return timestamp;
  }

  private static LocalDateTime local(Object moment, TimeZone zone) {
    if (moment instanceof LocalDateTime) {
      return (LocalDateTime) moment;
    }
    if (moment instanceof OffsetDateTime) {
      return ((OffsetDateTime) moment).atZoneSameInstant(zone.toZoneId()).toLocalDateTime();
    }
    return moment instanceof LocalTime ? LocalDate.EPOCH.atTime((LocalTime) moment) : ((LocalDate) moment).atStartOfDay();
  }

  /** Reads what people write: a date, a time of day, both, or both with an offset. */
  static Object parse(Column column, String text) throws SQLException {
    String trimmed = text.trim();
    try {
      if (trimmed.indexOf('-') < 0) {
        return LocalTime.parse(trimmed);
      }
      TemporalAccessor parsed = DATE_AND_TIME.parseBest(trimmed, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return parsed;
    } catch (DateTimeException malformed) {
      throw Conversions.malformed(column, text, "date or time");
    }
  }

  /** Such as {@code 2026-01-31}. */
  static void append(LocalDate date, StringBuilder out) {
    int year = date.getYear();
    if (year < 0 || year > 9999) {
      out.append(date);
      return;
    }
    pad(year, 4, out);
    out.append('-');
    pad(date.getMonthValue(), 2, out);
    out.append('-');
    pad(date.getDayOfMonth(), 2, out);
  }

  /** Such as {@code 23:59:59.5}; the fraction has as many digits as it needs. */
  static void append(long nanoOfDay, StringBuilder out) {
    int seconds = (int) (nanoOfDay / 1_000_000_000);
    pad(seconds / 3600, 2, out);
    out.append(':');
    pad(seconds / 60 % 60, 2, out);
    out.append(':');
    pad(seconds % 60, 2, out);
    fraction((int) (nanoOfDay % 1_000_000_000), out);
  }

  static void fraction(int nanos, StringBuilder out) {
    if (nanos == 0) {
      return;
    }
    out.append('.');
    pad(nanos, 9, out);
    int end = out.length();
    while (out.charAt(end - 1) == '0') {
      end--;
    }
    out.setLength(end);
  }

  private static void pad(int number, int digits, StringBuilder out) {
    int limit = 1;
    for (int i = 1; i < digits; i++) {
      limit *= 10;
    }
    for (; number < limit && limit > 1; limit /= 10) {
      out.append('0');
    }
    out.append(number);
  }
}

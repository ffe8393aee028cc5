// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;

/** Values as the classes that {@code getObject(column, class)} is asked for, and the errors of values that are not such. */
final class Conversions {
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Conversions() {}

  static SQLException cannot(Column column, String what) {
    return new SQLDataException("Column '" + column.name() + "' is a " + column.type().name() + " and has no value as " + what + ".",
        "22018");
  }

  static SQLException malformed(Column column, String text, String what) {
    String shown = text.length() > 50 ? text.substring(0, 50) + ".." : text;
    return new SQLDataException("Column '" + column.name() + "' holds '" + shown + "', which is no " + what + ".", "22018");
  }

  static SQLException outOfRange(Column column, Object value, String what) {
    return new SQLDataException("Column '" + column.name() + "' holds " + value + ", which is out of the range of " + what + ".", "22003");
  }

  static long toLong(Column column, BigDecimal value) throws SQLException {
    if (value.compareTo(LEAST_LONG) < 0 || value.compareTo(MOST_LONG) > 0) {
      throw outOfRange(column, value, "long");
    }
    return value.longValue();
  }

  static Object to(Class<?> wanted, Column column, int index) throws SQLException {
    if (wanted.equals(Object.class)) {
      return column.objectAt(index);
    }
    if (wanted.equals(String.class)) {
      return column.textAt(index);
    }
    if (wanted.equals(Boolean.class)) {
      return column.booleanAt(index);
    }
    if (wanted.equals(byte[].class)) {
      return column.bytesAt(index);
    }
    if (Number.class.isAssignableFrom(wanted)) {
      return number(wanted, column, index);
    }
    if (java.util.Date.class.isAssignableFrom(wanted) || Calendar.class.isAssignableFrom(wanted)) {
      return legacy(wanted, column, index);
    }
    if (wanted.getName().startsWith("java.time.")) {
      return temporal(wanted, column, index);
    }
    if (wanted.equals(UUID.class)) {
      return uuid(column, index);
    }
    throw cannot(column, wanted.getName());
  }

  private static Object number(Class<?> wanted, Column column, int index) throws SQLException {
    if (wanted.equals(Long.class)) {
      return column.longAt(index);
    }
    if (wanted.equals(Integer.class)) {
      return (int) bounded(column, index, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }
    if (wanted.equals(Short.class)) {
      return (short) bounded(column, index, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }
    if (wanted.equals(Byte.class)) {
      return (byte) bounded(column, index, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }
    if (wanted.equals(Double.class)) {
      return column.doubleAt(index);
    }
    if (wanted.equals(Float.class)) {
      return (float) column.doubleAt(index);
    }
    if (wanted.equals(BigInteger.class)) {
      return column.decimalAt(index).toBigInteger();
    }
    if (wanted.equals(BigDecimal.class) || wanted.equals(Number.class)) {
      return column.decimalAt(index);
    }
    throw cannot(column, wanted.getName());
  }

  private static long bounded(Column column, int index, long least, long most, String what) throws SQLException {
    long value = column.longAt(index);
    if (value < least || value > most) {
      throw outOfRange(column, value, what);
    }
    return value;
  }

  private static Object legacy(Class<?> wanted, Column column, int index) throws SQLException {
    TimeZone zone = column.zone();
    if (wanted.equals(Date.class)) {
      return column.dateAt(index, zone);
    }
    if (wanted.equals(Time.class)) {
      return column.timeAt(index, zone);
    }
    if (wanted.equals(Timestamp.class)) {
      return column.timestampAt(index, zone);
    }
    if (wanted.equals(java.util.Date.class)) {
      return new java.util.Date(column.timestampAt(index, zone).getTime());
    }
    if (wanted.equals(Calendar.class) || wanted.equals(GregorianCalendar.class)) {
      Calendar calendar = new GregorianCalendar(zone, Locale.ROOT);
      calendar.setTimeInMillis(column.timestampAt(index, zone).getTime());
      return calendar;
    }
    throw cannot(column, wanted.getName());
  }

  private static Object temporal(Class<?> wanted, Column column, int index) throws SQLException {
    Object value = column.temporalAt(index);
    if (wanted.isInstance(value)) {
      return value;
    }
    if (value instanceof OffsetDateTime) {
      return zoned(wanted, column, (OffsetDateTime) value);
    }
    if (value instanceof LocalDateTime) {
      LocalDateTime time = (LocalDateTime) value;
      if (wanted.equals(LocalDate.class)) {
        return time.toLocalDate();
      }
      if (wanted.equals(LocalTime.class)) {
        return time.toLocalTime();
      }
      return zoned(wanted, column, Moments.timestamp(time, column.zone()).toInstant().atZone(column.zone().toZoneId()).toOffsetDateTime());
    }
    if (value instanceof LocalDate && wanted.equals(LocalDateTime.class)) {
      return ((LocalDate) value).atStartOfDay();
    }
    throw cannot(column, wanted.getName());
  }

  private static Object zoned(Class<?> wanted, Column column, OffsetDateTime value) throws SQLException {
    if (wanted.equals(OffsetDateTime.class)) {
      return value;
    }
    if (wanted.equals(Instant.class)) {
      return value.toInstant();
    }
    if (wanted.equals(ZonedDateTime.class)) {
      return value.toZonedDateTime();
    }
    LocalDateTime local = value.atZoneSameInstant(column.zone().toZoneId()).toLocalDateTime();
    if (wanted.equals(LocalDateTime.class)) {
      return local;
    }
    if (wanted.equals(LocalDate.class)) {
      return local.toLocalDate();
    }
    if (wanted.equals(LocalTime.class)) {
      return local.toLocalTime();
    }
    throw cannot(column, wanted.getName());
  }

  private static UUID uuid(Column column, int index) throws SQLException {
    String text = column.textAt(index);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noUuid) {
      throw malformed(column, text, "UUID");
    }
  }
}

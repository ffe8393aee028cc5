// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what callers give as parameters into values with a type and a text; java.sql's dates and times are read in the connection's zone. */
final class ObjectToSqlValue {
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(Locale.ROOT);
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private final TimeZone zone;

  ObjectToSqlValue(TimeZone zone) {
    this.zone = zone;
  }

  SqlValue value(@Nullable Object object) throws SQLException {
    if (object == null) {
      return SqlValue.NULL;
    }
    Optional<SqlValue> value = number(object).or(() -> moment(object));
    if (value.isPresent()) {
      return value.get();
    }
    if (object instanceof String || object instanceof Character || object instanceof UUID || object instanceof Enum) {
      return text(object.toString());
    }
    if (object instanceof Boolean) {
      return new SqlValue("boolean", object.toString());
    }
    return large(object);
  }

  static SqlValue text(String text) {
    return new SqlValue("string", text);
  }

  private static SqlValue large(Object object) throws SQLException {
    try {
      if (object instanceof byte[]) {
        return binary((byte[]) object);
      }
      if (object instanceof InputStream) {
        return binary(((InputStream) object).readAllBytes());
      }
      if (object instanceof Blob) {
        return binary(((Blob) object).getBytes(1, (int) ((Blob) object).length()));
      }
      if (object instanceof Clob) {
        return text(((Clob) object).getSubString(1, (int) ((Clob) object).length()));
      }
      if (object instanceof Reader) {
        StringWriter writer = new StringWriter();
        ((Reader) object).transferTo(writer);
        return text(writer.toString());
      }
    } catch (IOException broken) {
      throw new SQLException("A parameter's stream cannot be read: " + broken.getMessage(), "22000", broken);
    }
    throw SqlErrors.of("A parameter cannot be a " + object.getClass().getName() + ".", "0A000");
  }

  private static SqlValue binary(byte[] bytes) {
    StringBuilder digits = new StringBuilder();
    for (byte each : bytes) {
      digits.append(DIGITS[each >> 4 & 15]).append(DIGITS[each & 15]);
    }
    return new SqlValue("binary", digits.toString());
  }

  private static Optional<SqlValue> number(Object object) {
    if (object instanceof Integer || object instanceof Short || object instanceof Byte) {
      return Optional.of(new SqlValue("integer", object.toString()));
    }
    if (object instanceof Long) {
      return Optional.of(new SqlValue("bigint", object.toString()));
    }
    if (object instanceof Double || object instanceof Float) {
      return Optional.of(new SqlValue("double", object.toString()));
    }
    if (object instanceof BigDecimal) {
      return Optional.of(new SqlValue("decimal", ((BigDecimal) object).toPlainString()));
    }
    return object instanceof BigInteger ? Optional.of(new SqlValue("decimal", object.toString())) : Optional.empty();
  }

  private Optional<SqlValue> moment(Object object) {
    if (object instanceof Date) {
      return Optional.of(date(local((Date) object).toLocalDate()));
    }
    if (object instanceof Time) {
      return Optional.of(time(local((Time) object).toLocalTime()));
    }
    if (object instanceof Timestamp) {
      return Optional.of(timestamp(local((Timestamp) object).withNano(((Timestamp) object).getNanos())));
    }
    if (object instanceof java.util.Date) {
      return Optional.of(timestamp(local((java.util.Date) object)));
    }
    if (object instanceof Calendar) {
      return Optional.of(instant(((Calendar) object).toInstant()));
    }
    if (object instanceof LocalDate) {
      return Optional.of(date((LocalDate) object));
    }
    if (object instanceof LocalTime) {
      return Optional.of(time((LocalTime) object));
    }
    if (object instanceof LocalDateTime) {
      return Optional.of(timestamp((LocalDateTime) object));
    }
    if (object instanceof OffsetDateTime) {
      return Optional.of(instant(((OffsetDateTime) object).toInstant()));
    }
    if (object instanceof ZonedDateTime) {
      return Optional.of(instant(((ZonedDateTime) object).toInstant()));
    }
    return object instanceof Instant ? Optional.of(instant((Instant) object)) : Optional.empty();
  }

  /** The reading that java.sql's types show, which is Julian before October 1582. */
  private LocalDateTime local(java.util.Date date) {
    Calendar fields = new GregorianCalendar(zone, Locale.ROOT);
    fields.setTime(date);
    return LocalDateTime.of(fields.get(Calendar.YEAR), fields.get(Calendar.MONTH) + 1, fields.get(Calendar.DAY_OF_MONTH),
        fields.get(Calendar.HOUR_OF_DAY), fields.get(Calendar.MINUTE), fields.get(Calendar.SECOND),
        fields.get(Calendar.MILLISECOND) * 1_000_000);
  }

  static SqlValue date(LocalDate date) {
    return new SqlValue("date", date.toString());
  }

  static SqlValue time(LocalTime time) {
    return new SqlValue("time", time.format(TIME));
  }

  static SqlValue timestamp(LocalDateTime timestamp) {
    return new SqlValue("timestamp", timestamp.format(TIMESTAMP));
  }

  static SqlValue instant(Instant instant) {
    return new SqlValue("timestamp_tz", instant.atOffset(ZoneOffset.UTC).format(TIMESTAMP) + "+00:00");
  }

  /** Text for {@code setAsciiStream}. */
  static SqlValue ascii(InputStream stream) throws SQLException {
    try {
      return text(new String(stream.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException broken) {
      throw new SQLException("A parameter's stream cannot be read: " + broken.getMessage(), "22000", broken);
    }
  }
}

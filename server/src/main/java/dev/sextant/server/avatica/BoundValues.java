// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Reads the values that a client binds to parameters. */
final class BoundValues {
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd ")
      .append(TIME)
      .toFormatter(Locale.ROOT);
  private static final long NANOS_PER_MILLI = 1_000_000;

  private BoundValues() {}

  static List<SqlParameter> read(List<TypedValue> values) {
    List<SqlParameter> parameters = new ArrayList<>();
    for (TypedValue value : values) {
      parameters.add(value(value, parameters.size() + 1));
    }
    return parameters;
  }

  private static SqlParameter value(@Nullable TypedValue value, int number) {
    if (value == null) {
      throw Problem.of(QueryIssue.INVALID_SQL, "parameter " + number + " has no value.");
    }
    return value.value == null ? SqlParameter.NULL : value(value, value.value);
  }

  private static SqlParameter value(TypedValue typed, Object value) {
    return switch (typed.type) {
      case BOOLEAN, PRIMITIVE_BOOLEAN -> new SqlParameter(DataType.BOOLEAN, value.toString());
      case BYTE, SHORT, INTEGER, LONG, PRIMITIVE_BYTE, PRIMITIVE_SHORT, PRIMITIVE_INT, PRIMITIVE_LONG ->
          new SqlParameter(DataType.BIGINT, value.toString());
      case FLOAT, DOUBLE, PRIMITIVE_FLOAT, PRIMITIVE_DOUBLE -> real(((Number) value).doubleValue());
      case NUMBER -> number(new BigDecimal(value.toString()));
      case STRING, CHARACTER, PRIMITIVE_CHAR -> new SqlParameter(DataType.STRING, value.toString());
      case JAVA_SQL_DATE -> new SqlParameter(DataType.DATE, LocalDate.ofEpochDay(((Number) value).longValue()).toString());
      case JAVA_SQL_TIME -> new SqlParameter(DataType.TIME,
          LocalTime.ofNanoOfDay(((Number) value).longValue() * NANOS_PER_MILLI).format(TIME));
      case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> new SqlParameter(DataType.TIMESTAMP,
          LocalDateTime.ofInstant(Instant.ofEpochMilli(((Number) value).longValue()), ZoneOffset.UTC).format(TIMESTAMP));
      case OBJECT, UBYTE, USHORT, UINTEGER, ULONG, BYTE_STRING, ARRAY, MULTISET, STRUCT -> throw Problem.of(QueryIssue.UNSUPPORTED,
          "parameters of type " + typed.type + " are not supported.");
    };
  }

  private static SqlParameter real(double value) {
    if (!Double.isFinite(value)) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "a parameter cannot be " + value + ".");
    }
    return new SqlParameter(DataType.DOUBLE, Double.toString(value));
  }

  private static SqlParameter number(BigDecimal value) {
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    return new SqlParameter(DataType.decimal(Math.max(plain.precision(), plain.scale()), plain.scale()), plain.toPlainString());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

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
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads the values that a client binds to parameters. */
final class ArrowToParameter {
  private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(java.util.Locale.ROOT);
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(java.util.Locale.ROOT);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private ArrowToParameter() {}

  /** The values in a row, one a column. */
  static List<SqlParameter> row(VectorSchemaRoot root, int row) {
    return root.getFieldVectors().stream().map(vector -> value(vector, row)).toList();
  }

  private static SqlParameter value(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return SqlParameter.NULL;
    }
    return switch (vector.getField().getType()) {
      case ArrowType.Bool bool -> new SqlParameter(DataType.BOOLEAN, ((BitVector) vector).get(row) == 1 ? "true" : "false");
      case ArrowType.Int number -> new SqlParameter(DataType.BIGINT, vector instanceof UInt8Vector unsigned
          ? unsigned.getObjectNoOverflow(row).toString()
          : Long.toString(((BaseIntVector) vector).getValueAsLong(row)));
      case ArrowType.FloatingPoint real -> real(text(vector, row));
      case ArrowType.Decimal decimal -> new SqlParameter(DataType.decimal(decimal.getPrecision(), decimal.getScale()),
          ((BigDecimal) Objects.requireNonNull(vector.getObject(row))).toPlainString());
      case ArrowType.Utf8 text -> new SqlParameter(DataType.STRING, text(vector, row));
      case ArrowType.LargeUtf8 text -> new SqlParameter(DataType.STRING, text(vector, row));
      case ArrowType.Utf8View text -> new SqlParameter(DataType.STRING, text(vector, row));
      case ArrowType.Date date -> new SqlParameter(DataType.DATE, date(vector, row).toString());
      case ArrowType.Time time -> new SqlParameter(DataType.TIME,
          LocalTime.ofNanoOfDay(((BaseIntVector) vector).getValueAsLong(row) * nanos(time.getUnit())).format(TIME));
      case ArrowType.Timestamp time -> timestamp(time, ((TimeStampVector) vector).get(row));
      default -> throw Problem.of(QueryIssue.UNSUPPORTED, "parameters of type " + vector.getField().getType() + " are not supported.");
    };
  }

  private static String text(FieldVector vector, int row) {
    return Objects.requireNonNull(vector.getObject(row)).toString();
  }

  private static SqlParameter real(String text) {
    if (!Double.isFinite(Double.parseDouble(text))) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "a parameter cannot be " + text + ".");
    }
    return new SqlParameter(DataType.DOUBLE, text);
  }

  private static LocalDate date(FieldVector vector, int row) {
    return vector instanceof DateDayVector days ? LocalDate.ofEpochDay(days.get(row))
        : Instant.ofEpochMilli(((DateMilliVector) vector).get(row)).atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private static SqlParameter timestamp(ArrowType.Timestamp type, long value) {
    long perSecond = NANOS_PER_SECOND / nanos(type.getUnit());
    LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond),
        (int) (Math.floorMod(value, perSecond) * nanos(type.getUnit())), ZoneOffset.UTC);
    return type.getTimezone() == null ? new SqlParameter(DataType.TIMESTAMP, time.format(TIMESTAMP))
        : new SqlParameter(DataType.TIMESTAMP_TZ, time.format(TIMESTAMP) + "+00");
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> NANOS_PER_SECOND;
      case MILLISECOND -> 1_000_000L;
      case MICROSECOND -> 1_000L;
      case NANOSECOND -> 1L;
    };
  }
}

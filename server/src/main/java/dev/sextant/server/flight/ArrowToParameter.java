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
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/** Reads the values that a client binds to parameters. */
final class ArrowToParameter {
  private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(java.util.Locale.ROOT);
  private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
      .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
      .toFormatter(java.util.Locale.ROOT);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final DataType UNSIGNED = DataType.decimal(20, 0);

  private ArrowToParameter() {}

  /** The values in a row, one a column. */
  static List<SqlParameter> row(VectorSchemaRoot root, DictionaryProvider dictionaries, int row) {
    return root.getFieldVectors().stream().map(vector -> value(vector, dictionaries, row)).toList();
  }

  /** A vector of indexes into a dictionary stands for what they point at. */
  private static SqlParameter value(FieldVector vector, DictionaryProvider dictionaries, int row) {
    if (vector.isNull(row)) {
      return SqlParameter.NULL;
    }
    DictionaryEncoding encoding = vector.getField().getDictionary();
    if (encoding == null) {
      return value(vector, row);
    }
    int index = Math.toIntExact(((BaseIntVector) vector).getValueAsLong(row));
    return value(dictionaries.lookup(encoding.getId()).getVector(), dictionaries, index);
  }

  private static SqlParameter value(FieldVector vector, int row) {
    return switch (vector.getField().getType()) {
      case ArrowType.Bool bool -> new SqlParameter(DataType.BOOLEAN, ((BitVector) vector).get(row) == 1 ? "true" : "false");
      case ArrowType.Int number -> new SqlParameter(vector instanceof UInt8Vector ? UNSIGNED : DataType.BIGINT, whole(vector, row));
      case ArrowType.FloatingPoint real -> real(vector, row);
      case ArrowType.Decimal decimal -> new SqlParameter(DataType.decimal(decimal.getPrecision(), decimal.getScale()),
          ((BigDecimal) Objects.requireNonNull(vector.getObject(row))).toPlainString());
      case ArrowType.Utf8 text -> new SqlParameter(DataType.STRING, text(vector, row));
      case ArrowType.LargeUtf8 text -> new SqlParameter(DataType.STRING, text(vector, row));
      case ArrowType.Utf8View text -> new SqlParameter(DataType.STRING, text(vector, row));
      case ArrowType.Date date -> new SqlParameter(DataType.DATE, date(vector, row).toString());
      case ArrowType.Time time -> new SqlParameter(DataType.TIME, time(vector, row).format(TIME));
      case ArrowType.Timestamp time -> timestamp(time, ((TimeStampVector) vector).get(row));
      default -> throw Problem.of(QueryIssue.UNSUPPORTED, "parameters of type " + vector.getField().getType() + " are not supported.");
    };
  }

  private static String whole(FieldVector vector, int row) {
    return vector instanceof UInt8Vector unsigned ? unsigned.getObjectNoOverflow(row).toString()
        : Long.toString(((BaseIntVector) vector).getValueAsLong(row));
  }

  private static String text(FieldVector vector, int row) {
    return Objects.requireNonNull(vector.getObject(row)).toString();
  }

  /** A real number by its shortest text, which for a narrow one is not that of the same number made wide. */
  private static SqlParameter real(FieldVector vector, int row) {
    String text = switch (vector) {
      case Float2Vector half -> Float.toString(half.getValueAsFloat(row));
      case Float4Vector single -> Float.toString(single.get(row));
      default -> Double.toString(((FloatingPointVector) vector).getValueAsDouble(row));
    };
    if (!Double.isFinite(Double.parseDouble(text))) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "a parameter cannot be " + text + ".");
    }
    return new SqlParameter(DataType.DOUBLE, text);
  }

  private static LocalTime time(FieldVector vector, int row) {
    return switch (vector) {
      case TimeSecVector seconds -> LocalTime.ofSecondOfDay(seconds.get(row));
      case TimeMilliVector millis -> LocalTime.ofNanoOfDay(millis.get(row) * nanos(TimeUnit.MILLISECOND));
      case TimeMicroVector micros -> LocalTime.ofNanoOfDay(micros.get(row) * nanos(TimeUnit.MICROSECOND));
      default -> LocalTime.ofNanoOfDay(((TimeNanoVector) vector).get(row));
    };
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads cells of Arrow vectors. */
final class ArrowValues {

  private ArrowValues() {}

  static Value read(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return Value.NULL;
    }
    return switch (vector) {
      case DateDayVector days -> new Value.Day(LocalDate.ofEpochDay(days.get(row)));
      case TimeMicroVector times -> Value.of(LocalTime.ofNanoOfDay(times.get(row) * 1_000).toString());
      case TimeStampVector times -> time(times, row);
      case UInt1Vector numbers -> Value.Exact.of(numbers.get(row) & 0xFF);
      case UInt2Vector numbers -> Value.Exact.of(numbers.get(row));
      case UInt4Vector numbers -> Value.Exact.of(Integer.toUnsignedLong(numbers.get(row)));
      case UInt8Vector numbers -> new Value.Exact(new BigDecimal(new BigInteger(Long.toUnsignedString(numbers.get(row)))));
      default -> plain(vector.getObject(row));
    };
  }

  private static Value time(TimeStampVector vector, int row) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    Instant instant = instant(vector.get(row), type.getUnit());
    return type.getTimezone() == null
        ? new Value.Moment(LocalDateTime.ofInstant(instant, ZoneOffset.UTC))
        : new Value.Point(instant);
  }

  private static Instant instant(long value, TimeUnit unit) {
    long perSecond = switch (unit) {
      case SECOND -> 1L;
      case MILLISECOND -> 1_000L;
      case MICROSECOND -> 1_000_000L;
      case NANOSECOND -> 1_000_000_000L;
    };
    return Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
  }

  private static Value plain(Object value) {
    return switch (value) {
      case Boolean truth -> Value.of(truth);
      case Byte number -> Value.Exact.of(number);
      case Short number -> Value.Exact.of(number);
      case Integer number -> Value.Exact.of(number);
      case Long number -> Value.Exact.of(number);
      case BigDecimal number -> new Value.Exact(number);
      case Float number -> new Value.Real(number);
      case Double number -> new Value.Real(number);
      default -> Value.of(value.toString());
    };
  }
}

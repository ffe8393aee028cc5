// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.ValueSink;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Reads a column of an answer value by value, as they are packed. */
interface ArrowColumn {
  long MILLIS_PER_DAY = 86_400_000;

  void read(int row, ValueSink sink);

  /** The reader of a vector; NULLs are told as nothing. */
  static ArrowColumn of(FieldVector vector) {
    ArrowColumn present = present(vector);
    return (row, sink) -> {
      if (vector.isNull(row)) {
        sink.nothing();
      } else {
        present.read(row, sink);
      }
    };
  }

  private static ArrowColumn present(FieldVector vector) {
    return switch (vector) {
      case NullVector nothing -> (row, sink) -> sink.nothing();
      case BitVector flags -> (row, sink) -> sink.flag(flags.get(row) != 0);
      case UInt8Vector unsigned -> (row, sink) -> sink.decimal(
          new BigDecimal(Long.toUnsignedString(unsigned.get(row))).unscaledValue(), 0);
      case BigIntVector longs -> (row, sink) -> sink.integer(longs.get(row), true);
      case BaseIntVector ints -> (row, sink) -> sink.integer(ints.getValueAsLong(row), false);
      case DecimalVector decimals -> (row, sink) -> sink.decimal(Objects.requireNonNull(decimals.getObject(row)).unscaledValue(),
          decimals.getScale());
      case Float8Vector doubles -> (row, sink) -> sink.real(doubles.get(row));
      case Float4Vector floats -> (row, sink) -> sink.real(floats.get(row));
      case VarCharVector texts -> (row, sink) -> text(texts.get(row), sink);
      case LargeVarCharVector texts -> (row, sink) -> text(texts.get(row), sink);
      case VarBinaryVector blobs -> (row, sink) -> {
        byte[] bytes = blobs.get(row);
        sink.binary(bytes, 0, bytes.length);
      };
      case DateDayVector days -> (row, sink) -> sink.date(days.get(row));
      case DateMilliVector millis -> (row, sink) -> sink.date(Math.floorDiv(millis.get(row), MILLIS_PER_DAY));
      case TimeMicroVector times -> (row, sink) -> sink.time(times.get(row));
      case TimeStampVector times -> timestamps(times);
      default -> throw FeatureIssue.FEATURE_TYPE.because("Column '" + vector.getName() + "' is of type " + vector.getField().getType()
          + ", which online stores do not keep; cast it to a number, a text or a time.");
    };
  }

  private static void text(byte[] bytes, ValueSink sink) {
    sink.text(bytes, 0, bytes.length);
  }

  private static ArrowColumn timestamps(TimeStampVector times) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) times.getField().getType();
    boolean zoned = type.getTimezone() != null;
    if (type.getUnit() == TimeUnit.NANOSECOND) {
      return (row, sink) -> sink.timestamp(Math.floorDiv(times.get(row), 1_000L), (int) Math.floorMod(times.get(row), 1_000L), zoned);
    }
    long factor = switch (type.getUnit()) {
      case SECOND -> 1_000_000L;
      case MILLISECOND -> 1_000L;
      case MICROSECOND, NANOSECOND -> 1L;
    };
    return (row, sink) -> sink.timestamp(Math.multiplyExact(times.get(row), factor), 0, zoned);
  }
}

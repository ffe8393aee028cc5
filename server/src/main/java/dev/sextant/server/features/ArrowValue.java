// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.ValueSink;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** Puts stored values into Arrow vectors. */
final class ArrowValue implements ValueSink {
  private Optional<FieldVector> vector = Optional.empty();
  private int row;

  /** The next value goes there. */
  ArrowValue at(FieldVector where, int index) {
    vector = Optional.of(where);
    row = index;
    return this;
  }

  private FieldVector here() {
    return vector.orElseThrow();
  }

  @Override
  public void nothing() {
    here().setNull(row);
  }

  @Override
  public void flag(boolean value) {
    ((BitVector) here()).setSafe(row, value ? 1 : 0);
  }

  @Override
  public void integer(long value, boolean wide) {
    if (here() instanceof BigIntVector longs) {
      longs.setSafe(row, value);
    } else {
      ((IntVector) here()).setSafe(row, Math.toIntExact(value));
    }
  }

  @Override
  public void decimal(long unscaled, int scale) {
    decimal(BigInteger.valueOf(unscaled), scale);
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    ((DecimalVector) here()).setSafe(row, new BigDecimal(unscaled, scale));
  }

  @Override
  public void real(double value) {
    ((Float8Vector) here()).setSafe(row, value);
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    ((VarCharVector) here()).setSafe(row, bytes, start, length);
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    ((VarBinaryVector) here()).setSafe(row, bytes, start, length);
  }

  @Override
  public void date(long epochDay) {
    ((DateDayVector) here()).setSafe(row, Math.toIntExact(epochDay));
  }

  @Override
  public void time(long microsOfDay) {
    ((TimeMicroVector) here()).setSafe(row, microsOfDay);
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    ((TimeStampVector) here()).setSafe(row, micros);
  }
}

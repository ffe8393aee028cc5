// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.ValueSink;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.arrow.vector.FieldVector;

/** Reads the column of the newest event times as instants; local ones are in the project's time zone. */
final class EventTimes implements ValueSink {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final ArrowColumn column;
  private final ZoneId zone;
  private long last;

  EventTimes(FieldVector vector, ZoneId zone) {
    this.column = ArrowColumn.of(vector);
    this.zone = zone;
  }

  /** A row's event time in microseconds since 1970, or {@link PackedRow#NO_EVENT}. */
  long micros(int row) {
    column.read(row, this);
    return last;
  }

  @Override
  public void nothing() {
    last = PackedRow.NO_EVENT;
  }

  @Override
  public void date(long epochDay) {
    timestamp(epochDay * MICROS_PER_DAY, 0, false);
  }

  @Override
  public void timestamp(long micros, int nanos, boolean zoned) {
    Instant written = PackedRow.instant(micros);
    last = zoned || zone.equals(ZoneOffset.UTC) ? micros
        : PackedRow.micros(LocalDateTime.ofInstant(written, ZoneOffset.UTC).atZone(zone).toInstant());
  }

  @Override
  public void flag(boolean value) {
    throw noTime();
  }

  @Override
  public void integer(long value, boolean wide) {
    throw noTime();
  }

  @Override
  public void decimal(long unscaled, int scale) {
    throw noTime();
  }

  @Override
  public void decimal(BigInteger unscaled, int scale) {
    throw noTime();
  }

  @Override
  public void real(double value) {
    throw noTime();
  }

  @Override
  public void text(byte[] bytes, int start, int length) {
    throw noTime();
  }

  @Override
  public void binary(byte[] bytes, int start, int length) {
    throw noTime();
  }

  @Override
  public void time(long microsOfDay) {
    throw noTime();
  }

  private static IllegalStateException noTime() {
    return new IllegalStateException("an event time is no point in time");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import dev.sextant.jdbc.wire.TickUnit;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalTime;
import java.util.TimeZone;

/** Times of day, in seconds or fractions of them. */
final class TimeColumn extends CursorColumn {
  private static final long DAY_NANOS = Moments.DAY_MILLIS * 1_000_000;

  private final TickUnit unit;
  private final int width;
  private int values;

  TimeColumn(Spot spot, TickUnit unit, int bits) {
    super(spot);
    this.unit = unit;
    this.width = bits / 8;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next((long) count * width);
  }

  private long nanosAt(int index) {
    long ticks = width == 8 ? Bytes.longAt(body, values + (index << 3)) : Bytes.intAt(body, values + (index << 2));
    return ticks * unit.nanos();
  }

  /** 24:00:00, which SQL knows, is midnight to java.time. */
  @Override
  Object temporalAt(int index) {
    return LocalTime.ofNanoOfDay(Math.floorMod(nanosAt(index), DAY_NANOS));
  }

  @Override
  String textAt(int index) {
    StringBuilder text = new StringBuilder(15);
    Moments.append(nanosAt(index), text);
    return text.toString();
  }

  @Override
  Object objectAt(int index) {
    return timeAt(index, zone());
  }

  @Override
  Time timeAt(int index, TimeZone inZone) {
    return Moments.time(temporalAt(index), inZone);
  }

  @Override
  Timestamp timestampAt(int index, TimeZone inZone) {
    return Moments.timestamp(temporalAt(index), inZone);
  }
}

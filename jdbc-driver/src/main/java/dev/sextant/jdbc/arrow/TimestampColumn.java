// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import dev.sextant.jdbc.wire.TickUnit;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/** Wall-clock readings without a zone. */
final class TimestampColumn extends CursorColumn {
  private final TickUnit unit;
  private int values;

  TimestampColumn(Spot spot, TickUnit unit) {
    super(spot);
    this.unit = unit;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next(count * 8L);
  }

  @Override
  LocalDateTime temporalAt(int index) {
    long ticks = Bytes.longAt(body, values + (index << 3));
    return LocalDateTime.ofEpochSecond(unit.seconds(ticks), unit.nanosOfSecond(ticks), ZoneOffset.UTC);
  }

  @Override
  String textAt(int index) {
    LocalDateTime reading = temporalAt(index);
    StringBuilder text = new StringBuilder(26);
    Moments.append(reading.toLocalDate(), text);
    text.append(' ');
    Moments.append(reading.toLocalTime().toNanoOfDay(), text);
    return text.toString();
  }

  @Override
  Object objectAt(int index) {
    return timestampAt(index, zone());
  }

  @Override
  Timestamp timestampAt(int index, TimeZone inZone) {
    long ticks = Bytes.longAt(body, values + (index << 3));
    return Moments.timestamp(unit.seconds(ticks), unit.nanosOfSecond(ticks), inZone);
  }

  @Override
  Date dateAt(int index, TimeZone inZone) {
    return Moments.date(temporalAt(index), inZone);
  }

  @Override
  Time timeAt(int index, TimeZone inZone) {
    return Moments.time(temporalAt(index), inZone);
  }
}

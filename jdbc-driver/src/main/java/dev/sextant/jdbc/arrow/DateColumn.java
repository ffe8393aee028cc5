// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.TimeZone;

/** Days, counted as such or in milliseconds. */
final class DateColumn extends CursorColumn {
  private final boolean inMillis;
  private int values;

  DateColumn(Spot spot, boolean inMillis) {
    super(spot);
    this.inMillis = inMillis;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next(count * (inMillis ? 8L : 4L));
  }

  private long dayAt(int index) {
    return inMillis ? Math.floorDiv(Bytes.longAt(body, values + (index << 3)), Moments.DAY_MILLIS)
        : Bytes.intAt(body, values + (index << 2));
  }

  @Override
  Object temporalAt(int index) {
    return LocalDate.ofEpochDay(dayAt(index));
  }

  @Override
  String textAt(int index) {
    StringBuilder text = new StringBuilder(10);
    Moments.append(LocalDate.ofEpochDay(dayAt(index)), text);
    return text.toString();
  }

  @Override
  Object objectAt(int index) {
    return dateAt(index, zone());
  }

  @Override
  Date dateAt(int index, TimeZone inZone) {
    return new Date(Moments.inZone(dayAt(index) * Moments.DAY_MILLIS, inZone));
  }

  @Override
  Timestamp timestampAt(int index, TimeZone inZone) {
    return new Timestamp(Moments.inZone(dayAt(index) * Moments.DAY_MILLIS, inZone));
  }
}

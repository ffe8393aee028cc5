// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import dev.sextant.jdbc.wire.TickUnit;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.TimeZone;

/** Points in time, shown in the column's own zone. */
final class InstantColumn extends CursorColumn {
  private final TickUnit unit;
  private final ZoneId shownIn;
  private int values;

  InstantColumn(Spot spot, TickUnit unit, ZoneId shownIn) {
    super(spot);
    this.unit = unit;
    this.shownIn = shownIn;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next(count * 8L);
  }

  @Override
  OffsetDateTime temporalAt(int index) {
    return instantAt(index).atZone(shownIn).toOffsetDateTime();
  }

  private Instant instantAt(int index) {
    long ticks = Bytes.longAt(body, values + (index << 3));
    return Instant.ofEpochSecond(unit.seconds(ticks), unit.nanosOfSecond(ticks));
  }

  @Override
  String textAt(int index) {
    OffsetDateTime moment = temporalAt(index);
    StringBuilder text = new StringBuilder(32);
    Moments.append(moment.toLocalDate(), text);
    text.append(' ');
    Moments.append(moment.toLocalTime().toNanoOfDay(), text);
    String offset = moment.getOffset().getId();
    return text.append(offset.equals("Z") ? "+00:00" : offset).toString();
  }

  @Override
  Object objectAt(int index) {
    return temporalAt(index);
  }

  @Override
  Timestamp timestampAt(int index, TimeZone inZone) {
    return Timestamp.from(instantAt(index));
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

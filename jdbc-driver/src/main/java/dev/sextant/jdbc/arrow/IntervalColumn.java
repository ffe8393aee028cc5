// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.arrow;

import dev.sextant.jdbc.wire.ArrowFormatException;
import dev.sextant.jdbc.wire.Batch;
import dev.sextant.jdbc.wire.Bytes;
import dev.sextant.jdbc.wire.TickUnit;

/** Lengths of time, told as ISO 8601 does: {@code P1Y2M3DT4H5M6.5S}. */
final class IntervalColumn extends CursorColumn {
  private static final long NANOS = 1_000_000_000;

  private final Layout layout;
  private int values;

  /** How a length stands on the wire. */
  enum Layout {
    MONTHS(4), DAYS_MILLIS(8), MONTHS_DAYS_NANOS(16), SECONDS(8), MILLIS(8), MICROS(8), NANOS(8);

    private final int width;

    Layout(int width) {
      this.width = width;
    }
  }

  IntervalColumn(Spot spot, Layout layout) {
    super(spot);
    this.layout = layout;
  }

  @Override
  void bindValues(Batch batch, int count) throws ArrowFormatException {
    values = batch.next((long) count * layout.width);
  }

  @Override
  String textAt(int index) {
    int at = values + index * layout.width;
    switch (layout) {
      case MONTHS :
        return text(Bytes.intAt(body, at), 0, 0, 0);
      case DAYS_MILLIS :
        return text(0, Bytes.intAt(body, at), Bytes.intAt(body, at + 4), TickUnit.MILLIS);
      case MONTHS_DAYS_NANOS :
        return text(Bytes.intAt(body, at), Bytes.intAt(body, at + 4), Bytes.longAt(body, at + 8), TickUnit.NANOS);
      default :
        return text(0, 0, Bytes.longAt(body, at), TickUnit.valueOf(layout.name()));
    }
  }

  private static String text(int months, int days, long ticks, TickUnit unit) {
    // Towards zero, so that all parts carry the same sign.
    long perSecond = NANOS / unit.nanos();
    return text(months, days, ticks / perSecond, ticks % perSecond * unit.nanos());
  }

  private static String text(int months, int days, long seconds, long nanos) {
    StringBuilder text = new StringBuilder("P");
    part(months / 12, 'Y', text);
    part(months % 12, 'M', text);
    part(days, 'D', text);
    if (seconds != 0 || nanos != 0) {
      text.append('T');
      part(seconds / 3600, 'H', text);
      part(seconds / 60 % 60, 'M', text);
      seconds(seconds % 60, nanos, text);
    }
    return text.length() == 1 ? "PT0S" : text.toString();
  }

  private static void part(long count, char unit, StringBuilder text) {
    if (count != 0) {
      text.append(count).append(unit);
    }
  }

  private static void seconds(long seconds, long nanos, StringBuilder text) {
    if (seconds != 0 || nanos != 0) {
      text.append(seconds == 0 && nanos < 0 ? "-" : "").append(seconds);
      Moments.fraction((int) Math.abs(nanos), text);
      text.append('S');
    }
  }

  @Override
  Object objectAt(int index) {
    return textAt(index);
  }
}

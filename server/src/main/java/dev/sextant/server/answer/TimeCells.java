// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.util.Objects;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Spells dates, times and timestamps as ISO 8601; instants end in {@code Z}. */
final class TimeCells {
  private static final long MILLIS_PER_DAY = 86_400_000;

  private TimeCells() {}

  /** Writes text that has no character either form escapes. */
  private interface Plain {
    void write(int row, ByteText out);
  }

  static Cells.Writer of(ValueVector vector, TextForm form) {
    return switch (vector) {
      case DateDayVector days -> quoted(form, (row, out) -> IsoText.date(days.get(row), out));
      case DateMilliVector millis -> quoted(form, (row, out) -> IsoText.date(Math.floorDiv(millis.get(row), MILLIS_PER_DAY), out));
      case TimeSecVector seconds -> quoted(form, (row, out) -> IsoText.time(seconds.get(row), 1, out));
      case TimeMilliVector millis -> quoted(form, (row, out) -> IsoText.time(millis.get(row), 1_000, out));
      case TimeMicroVector micros -> quoted(form, (row, out) -> IsoText.time(micros.get(row), 1_000_000, out));
      case TimeNanoVector nanos -> quoted(form, (row, out) -> IsoText.time(nanos.get(row), 1_000_000_000, out));
      case TimeStampVector stamps -> timestamps(stamps, form);
      case DurationVector durations -> quoted(form, (row, out) -> out.ascii(String.valueOf(durations.getObject(row))));
      case IntervalDayVector days -> quoted(form, (row, out) -> out.ascii(String.valueOf(days.getObject(row))));
      case IntervalYearVector years -> quoted(form, (row, out) -> out.ascii(String.valueOf(years.getObject(row))));
      case IntervalMonthDayNanoVector mixed -> quoted(form, (row, out) -> out.ascii(mixed(mixed, row)));
      default -> throw Cells.unsupported(vector);
    };
  }

  private static Cells.Writer timestamps(TimeStampVector vector, TextForm form) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    long perSecond = perSecond(type.getUnit());
    boolean isInstant = type.getTimezone() != null;
    if (form == TextForm.PLAIN) {
      return (row, out) -> IsoText.forPeople(vector.get(row), perSecond, out);
    }
    return quoted(form, (row, out) -> {
      IsoText.timestamp(vector.get(row), perSecond, out);
      if (isInstant) {
        out.put('Z');
      }
    });
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> 1_000_000_000;
    };
  }

  private static String mixed(IntervalMonthDayNanoVector vector, int row) {
    return Objects.requireNonNull(vector.getObject(row)).toISO8601IntervalString();
  }

  private static Cells.Writer quoted(TextForm form, Plain plain) {
    if (!form.isJson()) {
      return plain::write;
    }
    return (row, out) -> {
      out.put('"');
      plain.write(row, out);
      out.put('"');
    };
  }
}

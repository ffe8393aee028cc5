// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Calendar;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Times as the asker sees them: stored times without a zone are in the project's, dates never move. */
record LocalTimes(Calendar calendar, ZoneId asked) {

  Optional<LocalDateTime> of(Value stored) {
    return switch (stored) {
      case Value.Absent none -> Optional.empty();
      case Value.Day day -> Optional.of(day.value().atStartOfDay());
      case Value.Moment moment -> Optional.of(moment.value().atZone(calendar.zone()).withZoneSameInstant(asked).toLocalDateTime());
      case Value.Point point -> Optional.of(point.value().atZone(asked).toLocalDateTime());
      case Value.Text text -> Optional.of(Moments.parse(text.value()));
      case Value.Truth truth -> throw new UnknownToTheOracle("the time of " + truth);
      case Value.Exact exact -> throw new UnknownToTheOracle("the time of " + exact);
      case Value.Real real -> throw new UnknownToTheOracle("the time of " + real);
    };
  }

  /** A stored time as it orders rows, whatever the asker's zone. */
  Optional<LocalDateTime> raw(Value stored) {
    return new LocalTimes(calendar, stored instanceof Value.Point ? ZoneOffset.UTC : calendar.zone()).of(stored);
  }

  LocalDateTime floor(LocalDateTime time, TimeGrain grain) {
    return Moments.floor(time, grain, calendar.weekStart());
  }

  /** Whether clocks show a period, which a change of theirs may leave out if it is no day or more. */
  boolean shows(LocalDateTime start, TimeGrain grain) {
    return !grain.isFinerThan(TimeGrain.DAY) || floor(start.atZone(asked).toLocalDateTime(), grain).equals(start);
  }

  LocalDateTime next(LocalDateTime time, TimeGrain grain) {
    return Moments.plus(time, 1, grain);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Calendar;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.Times;
import java.time.LocalDateTime;
import java.util.Optional;

/** Which instants of the data can have a say in what is shown at others: never too few, so that scans may be cut to them. */
final class Reach {
  private final Calendar calendar;

  Reach(Calendar calendar) {
    this.calendar = calendar;
  }

  /** The instants that a shift shows within {@code shown}, where the shift works on periods of {@code grain}. */
  Bounds shiftedBack(Bounds shown, Branch.Shift shift, TimeGrain grain) {
    return switch (shift) {
      case Branch.Shift.By by -> switch (by.window().grain()) {
        case TimeGrain unit ->
            new Bounds(shown.from().map(time -> Times.floor(Times.plus(time, -by.window().count(), unit), grain, calendar)),
                shown.before().map(time -> Times.plus(Times.plus(time, -by.window().count(), unit), 1, grain)));
        case CustomGrain custom -> Bounds.NONE;
      };
      case Branch.Shift.ToStart start -> new Bounds(shown.from().flatMap(time -> floor(time, start.grain())),
          shown.before().map(time -> Times.plus(time, 1, grain)));
    };
  }

  /** The instants that are gathered up within {@code gathered}, by periods of {@code grain}. */
  Bounds gatheredFrom(Bounds gathered, Branch.Accumulation accumulation, TimeGrain grain) {
    Optional<LocalDateTime> from = accumulation.window()
        .flatMap(window -> gathered.from().flatMap(time -> firstInWindow(time, window.count(), window.grain(), grain)))
        .or(() -> accumulation.toDate().flatMap(period -> gathered.from().flatMap(time -> floor(time, period))));
    return new Bounds(from, gathered.before());
  }

  private Optional<LocalDateTime> firstInWindow(LocalDateTime time, int count, Grain unit, TimeGrain grain) {
    return switch (unit) {
      case TimeGrain standard -> {
        LocalDateTime last = Times.floor(time, grain, calendar);
        LocalDateTime open = Times.plus(last, -count, standard);
        yield Optional.of(Times.floor(open, grain, calendar).equals(open) ? Times.plus(open, 1, grain) : open);
      }
      case CustomGrain custom -> Optional.empty();
    };
  }

  private Optional<LocalDateTime> floor(LocalDateTime time, Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> Optional.of(Times.floor(time, standard, calendar));
      case CustomGrain custom -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Grain;
import dev.sextant.model.MetricInput;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Where a row of the past shows: the value at t is the input's value at t minus a window, or at the start of t's period. */
interface Shift {

  /** Everything stays where it is. */
  Shift NONE = (time, grain, times) -> List.of(time);

  /** The periods of {@code grain} in which a row of {@code time} shows. */
  List<LocalDateTime> places(LocalDateTime time, TimeGrain grain, LocalTimes times);

  /** This shift of what {@code first} has shifted. */
  default Shift after(Shift first) {
    return (time, grain,
        times) -> first.places(time, grain, times).stream().flatMap(place -> places(place, grain, times).stream()).toList();
  }

  static Shift of(MetricInput input, TableRows tables, LocalTimes times) {
    Shift byWindow = input.offsetWindow()
        .map(window -> window.grain() instanceof CustomGrain custom ? new CustomShift(custom, window.count(), tables, times)
            : byWindow(window))
        .orElse(NONE);
    return input.offsetToGrain().map(Shift::toStart).orElse(byWindow);
  }

  private static Shift byWindow(TimeWindow window) {
    TimeGrain unit = standard(window.grain());
    return (time, grain, times) -> {
      LocalDateTime from = times.floor(time, tiling(grain, unit));
      LocalDateTime target = Moments.plus(from, window.count(), unit);
      return around(target, grain, times).stream().filter(place -> Moments.plus(place, -window.count(), unit).equals(from)).toList();
    };
  }

  /** Shifted months are of different length, so several days may look back to the same one. */
  private static List<LocalDateTime> around(LocalDateTime target, TimeGrain grain, LocalTimes times) {
    List<LocalDateTime> places = new ArrayList<>();
    LocalDateTime last = target.plusDays(4);
    for (LocalDateTime place = times.floor(target, grain); !place.isAfter(last); place = times.next(place, grain)) {
      places.add(place);
    }
    return places;
  }

  private static Shift toStart(Grain period) {
    TimeGrain unit = standard(period);
    return (time, grain, times) -> {
      LocalDateTime from = times.floor(time, tiling(grain, unit));
      List<LocalDateTime> places = new ArrayList<>();
      if (times.floor(from, unit).equals(from)) {
        LocalDateTime end = times.next(from, unit);
        for (LocalDateTime place = from; place.isBefore(end); place = times.next(place, grain)) {
          places.add(place);
        }
      }
      return places;
    };
  }

  private static TimeGrain standard(Grain grain) {
    if (grain instanceof TimeGrain standard) {
      return standard;
    }
    throw new UnknownToTheOracle("shifts by " + grain.label());
  }

  private static TimeGrain tiling(TimeGrain grain, TimeGrain unit) {
    if (!grain.tiles(unit)) {
      throw new UnknownToTheOracle("a shift by " + unit.label() + " seen by " + grain.label());
    }
    return grain;
  }
}

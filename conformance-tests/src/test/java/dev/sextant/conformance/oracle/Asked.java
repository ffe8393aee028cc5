// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a metric is asked for: the group-by items, the conditions that have come together so far, and the range and shift of its time. */
record Asked(List<ItemName> items, List<Expr> conditions, Optional<Span> range, Shift shift, LocalTimes times,
    Optional<TopValues> top) {

  /** A question for everything there is. */
  static Asked of(List<ItemName> items, List<Expr> conditions, LocalTimes times) {
    return new Asked(items, conditions, Optional.empty(), Shift.NONE, times, Optional.empty());
  }

  /** Whether rows show at other times than their own. */
  boolean isShifted() {
    return !shift.equals(Shift.NONE);
  }

  Asked with(List<Expr> further) {
    List<Expr> all = new ArrayList<>(conditions);
    all.addAll(further);
    return new Asked(items, all, range, shift, times, top);
  }

  Asked shifted(Shift further) {
    return new Asked(items, conditions, range, shift.after(further), times, top);
  }

  Asked without(ItemName... dropped) {
    return new Asked(items.stream().filter(item -> !List.of(dropped).contains(item)).toList(), conditions, range, shift, times, top);
  }

  Asked within(Optional<Span> other) {
    return new Asked(items, conditions, other, shift, times, top);
  }

  /** Another question with the same conditions and times. */
  Asked by(List<ItemName> others) {
    return new Asked(others, conditions, range, shift, times, top);
  }

  /** The same, where all values of an item but some are one. */
  Asked within(TopValues values) {
    return new Asked(items, conditions, range, shift, times, Optional.of(values));
  }

  List<ItemName> metricTimes() {
    return items.stream().filter(ItemName::isMetricTime).toList();
  }

  /** The finest standard grain of metric_time that is asked for. */
  Optional<TimeGrain> finestGrain() {
    return metricTimes().stream()
        .flatMap(item -> item.grain().stream())
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .min(Comparator.naturalOrder());
  }
}

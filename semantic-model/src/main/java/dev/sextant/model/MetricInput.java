// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;
import java.util.Optional;

/** A metric as it enters another one: under an alias, filtered, or shifted in time by a window or to the start of a period. */
public record MetricInput(
    String metric,
    Optional<String> alias,
    List<Expr> filters,
    Optional<TimeWindow> offsetWindow,
    Optional<Grain> offsetToGrain,
    Position position) {

  public MetricInput {
    filters = List.copyOf(filters);
  }

  public static MetricInput of(String metric) {
    return new MetricInput(metric, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Position.NOWHERE);
  }

  /** The name the metric's value has in the expression that uses it. */
  public String nameInExpr() {
    return alias.orElse(metric);
  }

  public boolean isShifted() {
    return offsetWindow.isPresent() || offsetToGrain.isPresent();
  }
}

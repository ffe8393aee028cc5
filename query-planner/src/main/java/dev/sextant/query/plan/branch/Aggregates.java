// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures as aggregate columns: over rows, and over partial results where those merge. */
public final class Aggregates {
  private Aggregates() {}

  /** The measure over rows; its arguments are given as columns. */
  public static PlanNode.Aggregated overRows(String name, Measure measure, List<Expr> arguments) {
    return new PlanNode.Aggregated(name, PlanNode.Function.of(measure), arguments, Optional.empty());
  }

  /** The measure over partial results in {@code column}; sums and counts add up, minima and maxima stay themselves. */
  public static PlanNode.Aggregated merged(String name, Measure measure, Expr column) {
    Aggregation merge = switch (measure.aggregation()) {
      case SUM, COUNT, SUM_BOOLEAN -> Aggregation.SUM;
      case MIN -> Aggregation.MIN;
      case MAX -> Aggregation.MAX;
      case AVERAGE, COUNT_DISTINCT, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM ->
          throw new IllegalStateException(measure.aggregation() + " does not merge");
    };
    return PlanNode.Aggregated.of(name, merge, column);
  }

  /** The window that merges the measure's values in several groups, if one does. */
  public static Optional<PlanNode.WindowFunction> merging(Measure measure) {
    return switch (measure.aggregation()) {
      case SUM, SUM_BOOLEAN, COUNT -> Optional.of(PlanNode.WindowFunction.SUM);
      case MIN -> Optional.of(PlanNode.WindowFunction.MIN);
      case MAX -> Optional.of(PlanNode.WindowFunction.MAX);
      case COUNT_DISTINCT, AVERAGE, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> Optional.empty();
    };
  }

  /** What the measure aggregates, in the order its function takes it. */
  public static List<Expr> arguments(Measure measure) {
    List<Expr> arguments = new ArrayList<>(List.of(measure.expr()));
    arguments.addAll(measure.furtherArguments());
    return arguments;
  }
}

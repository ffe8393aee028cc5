// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Walks from metrics down to the simple metrics whose rows a query groups and filters. */
public final class LeafMetrics {
  private LeafMetrics() {}

  /** The simple metrics under a metric, each once; for a conversion metric its base, whose rows it is grouped by. */
  public static List<Metric.Simple> of(Metric metric, SemanticModel model) {
    Set<Metric.Simple> leaves = new LinkedHashSet<>();
    collect(metric, model, leaves);
    return List.copyOf(leaves);
  }

  private static void collect(Metric metric, SemanticModel model, Set<Metric.Simple> leaves) {
    switch (metric) {
      case Metric.Simple simple -> leaves.add(simple);
      case Metric.Ratio ratio -> {
        collect(input(ratio.numerator(), model), model, leaves);
        collect(input(ratio.denominator(), model), model, leaves);
      }
      case Metric.Derived derived -> derived.inputs().forEach(input -> collect(input(input, model), model, leaves));
      case Metric.Cumulative cumulative -> leaves.add(cumulative.input());
      case Metric.Conversion conversion -> leaves.add(conversion.base());
    }
  }

  /** The metric an input names. */
  public static Metric input(MetricInput input, SemanticModel model) {
    return model.metric(input.metric())
        .orElseThrow(() -> Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + input.metric() + "' is not defined."));
  }

  /** The dataset a simple metric reads. */
  public static Dataset dataset(Metric.Simple simple, SemanticModel model) {
    return model.dataset(simple.measure().dataset())
        .orElseThrow(() -> Problem.of(QueryIssue.INTERNAL,
            "dataset '" + simple.measure().dataset() + "' of metric '" + simple.name() + "' is not defined."));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Walks from metrics down to the simple metrics whose rows a query groups and filters. */
public final class LeafMetrics {
  private LeafMetrics() {}

  /** The simple metrics under a metric, each once; for a conversion metric its base, whose rows it is grouped by. */
  public static List<Metric.Simple> of(Metric metric, SemanticModel model) {
    if (metric instanceof Metric.Simple simple) {
      return List.of(simple);
    }
    List<Metric.Simple> leaves = new ArrayList<>();
    collect(metric, model, false, leaves);
    return leaves;
  }

  /** The same, and the conversions of conversion metrics. */
  public static List<Metric.Simple> withConversions(Metric metric, SemanticModel model) {
    List<Metric.Simple> leaves = new ArrayList<>();
    collect(metric, model, true, leaves);
    return leaves;
  }

  /** The datasets the metrics read, each once, in the order of the metrics. */
  public static List<Dataset> datasets(List<Metric> metrics, SemanticModel model) {
    Map<String, Dataset> datasets = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      of(metric, model).forEach(leaf -> datasets.computeIfAbsent(leaf.measure().dataset(), any -> dataset(leaf, model)));
    }
    return List.copyOf(datasets.values());
  }

  private static void add(Metric.Simple leaf, List<Metric.Simple> leaves) {
    if (leaves.stream().noneMatch(known -> known.name().equals(leaf.name()) && known.equals(leaf))) {
      leaves.add(leaf);
    }
  }

  private static void collect(Metric metric, SemanticModel model, boolean conversions, List<Metric.Simple> leaves) {
    switch (metric) {
      case Metric.Simple simple -> add(simple, leaves);
      case Metric.Ratio ratio -> {
        collect(input(ratio.numerator(), model), model, conversions, leaves);
        collect(input(ratio.denominator(), model), model, conversions, leaves);
      }
      case Metric.Derived derived -> derived.inputs().forEach(input -> collect(input(input, model), model, conversions, leaves));
      case Metric.Cumulative cumulative -> add(cumulative.input(), leaves);
      case Metric.Conversion conversion -> {
        add(conversion.base(), leaves);
        if (conversions) {
          add(conversion.conversion(), leaves);
        }
      }
    }
  }

  /** A metric and all that it is composed of. */
  public static List<Metric> inputs(Metric metric, SemanticModel model) {
    List<Metric> all = new ArrayList<>(List.of(metric));
    inputs(metric).forEach(input -> all.addAll(inputs(input(input, model), model)));
    return all;
  }

  /** The inputs that a metric names itself. */
  public static List<MetricInput> inputs(Metric metric) {
    return switch (metric) {
      case Metric.Ratio ratio -> List.of(ratio.numerator(), ratio.denominator());
      case Metric.Derived derived -> derived.inputs();
      default -> List.of();
    };
  }

  /** The metric an input names. */
  public static Metric input(MetricInput input, SemanticModel model) {
    return model.anyMetric(input.metric())
        .orElseThrow(() -> Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + input.metric() + "' is not defined."));
  }

  /** The dataset a simple metric reads. */
  public static Dataset dataset(Metric.Simple simple, SemanticModel model) {
    return model.dataset(simple.measure().dataset())
        .orElseThrow(() -> Problem.of(QueryIssue.INTERNAL,
            "dataset '" + simple.measure().dataset() + "' of metric '" + simple.name() + "' is not defined."));
  }
}

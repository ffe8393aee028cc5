// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView.Feature;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.plan.branch.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Features of metrics as expressions over leaves: measures over windows, each computed once however many features are made from it. */
final class FeatureValues {
  private final SemanticModel model;
  private final Map<WindowedLeaf, String> leaves = new LinkedHashMap<>();

  FeatureValues(SemanticModel model) {
    this.model = model;
  }

  /** The leaves so far, with the names of their columns. */
  Map<WindowedLeaf, String> leaves() {
    return leaves;
  }

  /** A feature's value; over no rows it is what the metric is over no rows. */
  Expr value(Feature.OfMetric feature) {
    Metric metric = model.metric(feature.metric())
        .orElseThrow(() -> Problem.of(QueryIssue.UNKNOWN_METRIC,
            "feature '" + feature.name() + "': metric '" + feature.metric() + "' is not defined."));
    return value(metric, List.of(), feature);
  }

  private Expr value(Metric metric, List<Expr> filters, Feature.OfMetric feature) {
    List<Expr> all = Value.plus(filters, normalized(metric.filters()));
    return switch (metric) {
      case Metric.Simple simple -> leaf(simple, all, feature);
      case Metric.Ratio ratio ->
          Expr.call("/", input(ratio.numerator(), all, feature), input(ratio.denominator(), all, feature));
      case Metric.Derived derived -> {
        Map<String, Expr> replacements = new LinkedHashMap<>();
        derived.inputs().forEach(input -> replacements.put(input.nameInExpr(), input(input, all, feature)));
        yield Value.replaceColumns(derived.expr(), replacements);
      }
      case Metric.Cumulative cumulative -> throw refusal(feature, "cumulative metric '" + cumulative.name()
          + "' has a window of its own. Use the metric it accumulates, with the window as the feature's");
      case Metric.Conversion conversion -> throw refusal(feature, "conversion metric '" + conversion.name()
          + "' looks at rows after those it counts, so it is not known at an instant");
    };
  }

  private static RuntimeException refusal(Feature feature, String why) {
    return Problem.of(QueryIssue.UNSUPPORTED, "feature '" + feature.name() + "': " + why + ".");
  }

  private Expr input(MetricInput input, List<Expr> filters, Feature.OfMetric feature) {
    if (input.isShifted()) {
      throw refusal(feature,
          "metric '" + input.metric() + "' is shifted in time in a metric of it, which needs a calendar and has none here");
    }
    return value(LeafMetrics.input(input, model), Value.plus(filters, normalized(input.filters())), feature);
  }

  private static List<Expr> normalized(List<Expr> filters) {
    return filters.stream().map(FilterReader::normalize).flatMap(filter -> FilterReader.conjuncts(filter).stream()).toList();
  }

  private Expr leaf(Metric.Simple metric, List<Expr> filters, Feature.OfMetric feature) {
    check(metric, filters, feature);
    WindowedLeaf leaf = new WindowedLeaf(metric.measure(), filters, feature.window());
    Expr column = Expr.column(leaves.computeIfAbsent(leaf, any -> "leaf#" + leaves.size()));
    Expr value = metric.measure().aggregation().countsRows() ? Expr.call("coalesce", column, Expr.number(0)) : column;
    return metric.fillNullsWith().<Expr>map(fill -> Expr.call("coalesce", value, number(fill))).orElse(value);
  }

  private static void check(Metric.Simple metric, List<Expr> filters, Feature.OfMetric feature) {
    if (metric.measure().nonAdditive().isPresent()) {
      throw refusal(feature, "metric '" + metric.name() + "' is semi-additive, a balance at the edge of a period, not a sum over a window");
    }
    if (metric.measure().timeDimension().isEmpty()) {
      throw Problem.of(QueryIssue.TIME_REQUIRED, "feature '" + feature.name() + "': metric '" + metric.name()
          + "' has no time, so it has no window. Name an agg_time_dimension.");
    }
    List<Expr> metrics = new ArrayList<>();
    filters.forEach(filter -> filter.visit(node -> {
      if (node instanceof Expr.Member) {
        metrics.add(node);
      }
    }));
    if (!metrics.isEmpty()) {
      throw refusal(feature, "metric '" + metric.name() + "' is filtered by a metric over all time, so it tells the future");
    }
  }

  private static Expr number(BigDecimal value) {
    boolean whole = value.scale() <= 0;
    return new Expr.Literal(whole ? DataType.BIGINT : DataType.decimal(value.precision(), value.scale()), value.toPlainString());
  }
}

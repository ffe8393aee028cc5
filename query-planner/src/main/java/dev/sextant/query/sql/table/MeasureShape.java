// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ItemName;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A metric that plain aggregates over one dataset's rows can compute: aggregates over row values, and an expression that combines them. Metrics
 * that look at other rows than a group's own (cumulative, shifted, conversion, semi-additive), at other datasets, at another time than the table's,
 * or filter by what a row has many of, have no such shape.
 */
public record MeasureShape(Metric metric, List<Leaf> leaves, Expr combined) {

  /** An aggregate over a row value; the expression names it by {@code name}. */
  public record Leaf(String name, Measure measure, List<Expr> filters) {}

  /** Whether a metric is one aggregate that a plain SQL aggregate of the same kind means. */
  public static boolean isAdditive(Metric metric) {
    return metric instanceof Metric.Simple simple && simple.measure().nonAdditive().isEmpty() && switch (simple.measure().aggregation()) {
      case SUM, MIN, MAX, COUNT, SUM_BOOLEAN -> true;
      case AVERAGE, COUNT_DISTINCT, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> false;
    };
  }

  /** Whether the SQL aggregate with the given name is a metric's own. */
  public static boolean matches(String aggregate, Metric metric) {
    return isAdditive(metric) && switch (((Metric.Simple) metric).measure().aggregation()) {
      case SUM -> aggregate.equals("SUM");
      case SUM_BOOLEAN, COUNT -> aggregate.equals("SUM") || aggregate.equals("COUNT");
      case MIN -> aggregate.equals("MIN");
      case MAX -> aggregate.equals("MAX");
      case AVERAGE, COUNT_DISTINCT, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> false;
    };
  }

  /** Whether rows that stand several times change nothing. */
  public boolean ignoresRepetition() {
    return leaves.stream().allMatch(leaf -> switch (leaf.measure().aggregation()) {
      case MIN, MAX, COUNT_DISTINCT -> true;
      case SUM, COUNT, SUM_BOOLEAN, AVERAGE, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> false;
    });
  }

  /** The shape of a metric over the rows of a dataset, if it has one. */
  public static Optional<MeasureShape> of(Metric metric, Dataset base, Optional<Dimension.Time> time, SemanticModel model) {
    Builder builder = new Builder(base, time, model);
    Optional<Expr> combined = builder.value(metric, List.of());
    return combined.map(expr -> new MeasureShape(metric, List.copyOf(builder.leaves), expr));
  }

  private static final class Builder {
    private final Dataset base;
    private final Optional<Dimension.Time> time;
    private final SemanticModel model;
    private final MemberFinder finder;
    private final List<Leaf> leaves = new ArrayList<>();

    private Builder(Dataset base, Optional<Dimension.Time> time, SemanticModel model) {
      this.base = base;
      this.time = time;
      this.finder = new MemberFinder(model);
      this.model = model;
    }

    private Optional<Expr> value(Metric metric, List<Expr> filters) {
      List<Expr> all = new ArrayList<>(filters);
      all.addAll(metric.filters());
      return switch (metric) {
        case Metric.Simple simple -> leaf(simple, all);
        case Metric.Ratio ratio -> input(ratio.numerator(), all)
            .flatMap(numerator -> input(ratio.denominator(), all).map(denominator -> Expr.call("/", numerator, denominator)));
        case Metric.Derived derived -> derived(derived, all);
        case Metric.Cumulative cumulative -> Optional.empty();
        case Metric.Conversion conversion -> Optional.empty();
      };
    }

    private Optional<Expr> leaf(Metric.Simple simple, List<Expr> filters) {
      Measure measure = simple.measure();
      boolean own = measure.dataset().equals(base.name())
          && measure.timeDimension().or(base::defaultTimeDimension).equals(time.map(Dimension.Time::name));
      if (!own || measure.nonAdditive().isPresent() || simple.joinToTimeSpine() || filters.stream().anyMatch(this::repeatsRows)) {
        return Optional.empty();
      }
      String name = "leaf" + leaves.size();
      leaves.add(new Leaf(name, measure, List.copyOf(filters)));
      Expr value = Expr.column(name);
      return Optional.of(simple.fillNullsWith()
          .<Expr>map(fill -> Expr.call("coalesce", value,
              new Expr.Literal(fill.scale() <= 0 ? DataType.BIGINT : DataType.decimal(fill.precision(), fill.scale()),
                  fill.toPlainString())))
          .orElse(value));
    }

    /** Whether a filter looks at something a row has many of. */
    private boolean repeatsRows(Expr filter) {
      boolean[] found = {false};
      FilterReader.normalize(filter).visit(node -> {
        Optional<String> name = node instanceof Expr.Column column ? Optional.of(column.name())
            : node instanceof Expr.Member metric ? metric.groupBy().stream().findFirst() : Optional.empty();
        found[0] |= name.flatMap(item -> finder.tryFind(base, ItemName.parse(item, model)))
            .filter(member -> member.path().fansOut())
            .isPresent();
      });
      return found[0];
    }

    private Optional<Expr> input(MetricInput input, List<Expr> filters) {
      List<Expr> all = new ArrayList<>(filters);
      all.addAll(input.filters());
      return input.isShifted() ? Optional.empty() : value(LeafMetrics.input(input, model), all);
    }

    private Optional<Expr> derived(Metric.Derived derived, List<Expr> filters) {
      Map<String, Expr> inputs = new LinkedHashMap<>();
      for (MetricInput input : derived.inputs()) {
        Optional<Expr> value = input(input, filters);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        inputs.put(input.nameInExpr(), value.get());
      }
      return Optional
          .of(derived.expr().rewrite(node -> node instanceof Expr.Column column ? inputs.getOrDefault(column.name(), column) : node));
    }
  }
}

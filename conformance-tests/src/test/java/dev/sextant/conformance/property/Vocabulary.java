// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.oracle.ReachedItems;
import dev.sextant.conformance.oracle.TableRows;
import dev.sextant.model.Dimension;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of a model: its metrics, and the items each set of them can be grouped by. */
final class Vocabulary {
  private final SemanticModel model;
  private final List<Item> items = new ArrayList<>();
  private final Map<String, List<Item>> byDataset = new HashMap<>();
  private final ReachedItems reached;

  Vocabulary(SemanticModel model, TableRows tables) {
    this.model = model;
    this.reached = new ReachedItems(model, tables);
    model.datasets().forEach(dataset -> {
      List<String> links = Stream.concat(dataset.primaryEntity().stream(),
          dataset.entities().stream().filter(entity -> entity.type().identifiesRow()).map(entity -> entity.name())).distinct().toList();
      for (String link : links) {
        dataset.dimensions()
            .forEach(
                dimension -> items.add(new Item(link + "__" + dimension.name(), grain(dimension), reached.values(dataset, dimension))));
      }
      dataset.entities()
          .stream()
          .filter(entity -> entity.keys().size() == 1)
          .forEach(entity -> items.add(new Item(entity.name(), Optional.empty(), reached.values(dataset, entity))));
    });
  }

  List<String> metrics() {
    return model.metrics().stream().map(Metric::name).toList();
  }

  private static Optional<TimeGrain> grain(Dimension dimension) {
    return dimension instanceof Dimension.Time time ? Optional.of(time.grain()) : Optional.empty();
  }

  /** The items every one of these metrics can be grouped by; a metric over time knows its own time as metric_time only. */
  List<Item> items(List<String> metrics) {
    List<Item> common = new ArrayList<>(items);
    boolean overTime = metrics.stream().anyMatch(this::isOverTime);
    measures(metrics).forEach(measure -> {
      common.retainAll(items(measure));
      common.removeIf(item -> overTime && reached.isTimeOf(measure, item.name()));
    });
    return common;
  }

  /** The coarsest grain among the metrics' own times. */
  TimeGrain grain(List<String> metrics) {
    return measures(metrics)
        .flatMap(measure -> measure.timeDimension().flatMap(model.dataset(measure.dataset()).orElseThrow()::timeDimension).stream())
        .map(Dimension.Time::grain)
        .max(Comparator.naturalOrder())
        .orElse(TimeGrain.DAY);
  }

  private Stream<Measure> measures(List<String> metrics) {
    return metrics.stream().flatMap(name -> measures(model.metric(name).orElseThrow()));
  }

  private List<Item> items(Measure measure) {
    return byDataset.computeIfAbsent(measure.dataset(),
        any -> items.stream().filter(item -> reached.reaches(measure, item.name())).toList());
  }

  /** Whether an item is neither a time nor a part of one. */
  boolean isPlain(String item) {
    return items.stream().anyMatch(known -> known.name().equals(item) && known.grain().isEmpty());
  }

  /** Whether a metric's groups by these items have no row in common and their values add up. */
  boolean addsUp(String name, List<String> groupBy) {
    return model.metric(name).orElseThrow() instanceof Metric.Simple simple && simple.measure().aggregation().merges()
        && simple.measure().nonAdditive().isEmpty() && !simple.joinToTimeSpine() && groupBy.isEmpty();
  }

  /** Whether what a metric has in a group does not depend on the rows of other groups, so that a top can leave those out. */
  boolean groupsStandAlone(String name) {
    return groupsStandAlone(model.metric(name).orElseThrow());
  }

  private boolean groupsStandAlone(Metric metric) {
    return switch (metric) {
      case Metric.Simple simple -> simple.measure().nonAdditive().isEmpty();
      case Metric.Ratio ratio -> Stream.of(ratio.numerator(), ratio.denominator()).allMatch(input -> groupsStandAlone(input.metric()));
      case Metric.Derived derived -> derived.inputs().stream().allMatch(input -> groupsStandAlone(input.metric()));
      case Metric.Cumulative cumulative -> groupsStandAlone(cumulative.input());
      case Metric.Conversion conversion -> false;
    };
  }

  /** Whether a metric, or one it is made of, is of a calendar's periods rather than of its rows'. */
  boolean isOverTime(String name) {
    Metric metric = model.metric(name).orElseThrow();
    boolean itself = metric instanceof Metric.Cumulative || metric instanceof Metric.Simple simple && simple.joinToTimeSpine();
    return itself || inputs(metric).anyMatch(input -> input.isShifted() || isOverTime(input.metric()));
  }

  /** Whether the reference evaluator needs a time range to know where a metric, or one it is made of, ends. */
  boolean needsRange(String name) {
    return needsRange(model.metric(name).orElseThrow());
  }

  private boolean needsRange(Metric metric) {
    return switch (metric) {
      case Metric.Derived derived -> inputs(derived).anyMatch(input -> input.offsetToGrain().isPresent() || needsRange(input.metric()));
      case Metric.Ratio ratio -> inputs(ratio).anyMatch(input -> needsRange(input.metric()));
      case Metric.Simple simple -> false;
      case Metric.Cumulative cumulative -> false;
      case Metric.Conversion conversion -> false;
    };
  }

  private static Stream<MetricInput> inputs(Metric metric) {
    return switch (metric) {
      case Metric.Ratio ratio -> Stream.of(ratio.numerator(), ratio.denominator());
      case Metric.Derived derived -> derived.inputs().stream();
      case Metric.Simple simple -> Stream.empty();
      case Metric.Cumulative cumulative -> Stream.empty();
      case Metric.Conversion conversion -> Stream.empty();
    };
  }

  private Stream<Measure> measures(Metric metric) {
    return switch (metric) {
      case Metric.Simple simple -> Stream.of(simple.measure());
      case Metric.Ratio ratio -> inputs(ratio).flatMap(this::measures);
      case Metric.Derived derived -> inputs(derived).flatMap(this::measures);
      case Metric.Cumulative cumulative -> Stream.of(cumulative.input().measure());
      case Metric.Conversion conversion -> Stream.of(conversion.base().measure());
    };
  }

  private Stream<Measure> measures(MetricInput input) {
    return measures(model.metric(input.metric()).orElseThrow());
  }

  /** A value as a constant in a condition. */
  static String constant(Value value) {
    return switch (value) {
      case Value.Absent none -> "null";
      case Value.Truth truth -> Boolean.toString(truth.value());
      case Value.Exact exact -> exact.value().toPlainString();
      case Value.Real real -> Double.toString(real.value());
      case Value.Text text -> "'" + text.value().replace("'", "''") + "'";
      case Value.Day day -> "date '" + day.value() + "'";
      case Value.Moment moment -> "timestamp '" + moment.value().toString().replace('T', ' ') + "'";
      case Value.Point point -> "timestamptz '" + point.value() + "'";
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Scalars;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates metrics of every kind, inputs first. */
final class MetricEvaluator {
  private final SemanticModel model;
  private final TableRows tables;
  private final SimpleMetrics simple;
  private final CumulativeMetrics cumulative;
  private final ConversionMetrics conversion;
  private final Map<Expr.Member, Groups> lookedUp = new HashMap<>();

  MetricEvaluator(SemanticModel model, TableRows tables) {
    MeasureRows rows = new MeasureRows(model, tables, this::lookUp);
    this.model = model;
    this.tables = tables;
    Calendars calendars = new Calendars(model, rows, tables);
    this.simple = new SimpleMetrics(rows, new SemiAdditive(model, tables), tables, calendars);
    this.cumulative = new CumulativeMetrics(rows, tables, calendars);
    this.conversion = new ConversionMetrics(model, rows, tables);
  }

  Groups evaluate(String name, Asked asked) {
    return evaluate(metric(name), asked);
  }

  /** The metric a length of time ago. */
  Groups earlier(String name, TimeWindow ago, Asked asked) {
    return input(new MetricInput(name, Optional.empty(), List.of(), Optional.of(ago), Optional.empty(), Position.NOWHERE), asked);
  }

  private Metric metric(String name) {
    return model.metric(name).orElseThrow(() -> new UnknownToTheOracle("the metric " + name));
  }

  private Groups evaluate(Metric metric, Asked asked) {
    return switch (metric) {
      case Metric.Simple one -> simple.evaluate(one, asked);
      case Metric.Ratio ratio -> ratio(ratio, asked.with(ratio.filters()));
      case Metric.Derived derived -> derived(derived, asked.with(derived.filters()));
      case Metric.Cumulative one -> cumulative.evaluate(one, asked.with(one.filters()));
      case Metric.Conversion one -> conversion.evaluate(one, asked.with(one.filters()));
    };
  }

  private Groups ratio(Metric.Ratio ratio, Asked asked) {
    Groups numerator = input(ratio.numerator(), asked);
    Groups denominator = input(ratio.denominator(), asked);
    return Groups.calculate(Groups.all(List.of(numerator, denominator)),
        group -> Aggregates.ratio(numerator.of(group), denominator.of(group)));
  }

  private Groups derived(Metric.Derived derived, Asked asked) {
    Map<String, Groups> inputs = new LinkedHashMap<>();
    derived.inputs().forEach(input -> inputs.put(input.nameInExpr(), input(input, asked)));
    return Groups.calculate(Groups.all(inputs.values()), group -> new Scalars(name -> {
      Groups input = name instanceof Expr.Column column ? inputs.get(column.name()) : null;
      if (input == null) {
        throw new UnknownToTheOracle("the input " + name);
      }
      return input.of(group);
    }).evaluate(derived.expr()));
  }

  private Groups input(MetricInput input, Asked asked) {
    Asked own = asked.with(input.filters());
    if (!input.isShifted()) {
      return evaluate(metric(input.metric()), own);
    }
    if (asked.metricTimes().isEmpty()) {
      throw new UnknownToTheOracle("shifts without a time");
    }
    Metric metric = metric(input.metric());
    boolean byTable = input.offsetWindow().filter(window -> window.grain() instanceof CustomGrain).isPresent();
    if (byTable && !(metric instanceof Metric.Simple) && !asked.finestGrain().equals(Optional.of(TimeGrain.DAY))) {
      throw new UnknownToTheOracle("longer periods of composed metrics that a calendar's table shifts");
    }
    return evaluate(metric, own.shifted(Shift.of(input, tables, asked.times())));
  }

  /** A metric in a condition: over all time and all rows, by its one entity; no key finds nothing. */
  private Value lookUp(Expr.Member member, Value key, Asked asked) {
    Groups groups = lookedUp.get(member);
    if (groups == null) {
      ItemName entity = ItemName.parse(member.groupBy().getFirst(), model);
      groups = evaluate(member.name(), Asked.of(List.of(entity), List.of(), asked.times()));
      lookedUp.put(member, groups);
    }
    return key.isNull() ? Value.NULL : groups.values().getOrDefault(List.of(key), Value.NULL);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.overtime.ShiftedTable;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics that are asked for together: their leaves become parts, one for all measures that see the same rows in the same way, and each metric a
 * value over the parts met on the asked items.
 */
final class MetricSet {
  private final Planning planning;
  private final List<ItemName> items;
  private final BranchTables tables;
  private final Parts parts;

  MetricSet(Planning planning, List<ItemName> items, BranchTables tables) {
    this.planning = planning;
    this.items = items;
    this.tables = tables;
    this.parts = new Parts(planning, items, tables);
  }

  /** The metric's value, with {@code filters} on its rows beside its own. */
  Value value(Metric metric, List<Expr> filters) {
    List<Expr> all = Value.plus(filters, normalized(metric.filters()));
    return switch (metric) {
      case Metric.Simple simple -> leaf(simple, filters, Optional.empty(), Optional.empty());
      case Metric.Cumulative cumulative -> cumulative(cumulative, all, Optional.empty());
      case Metric.Ratio ratio -> ratio(ratio, all);
      case Metric.Derived derived -> derived(derived, all);
      case Metric.Conversion conversion -> conversion(conversion, all);
    };
  }

  private static List<Expr> normalized(List<Expr> filters) {
    return filters.stream().map(FilterReader::normalize).flatMap(filter -> FilterReader.conjuncts(filter).stream()).toList();
  }

  private Value ratio(Metric.Ratio ratio, List<Expr> filters) {
    Value numerator = input(ratio.numerator(), filters);
    Value denominator = input(ratio.denominator(), filters);
    Expr quotient = Expr.call("/", numerator.expr(), denominator.expr());
    return guarded(quotient, List.of(numerator, denominator), Value.isStrict(numerator.expr()) || Value.isStrict(denominator.expr()));
  }

  private Value derived(Metric.Derived derived, List<Expr> filters) {
    Map<String, Expr> replacements = new LinkedHashMap<>();
    List<Value> values = new ArrayList<>();
    for (MetricInput input : derived.inputs()) {
      Value value = input(input, filters);
      values.add(value);
      replacements.put(input.nameInExpr(), value.expr());
    }
    Expr expr = Value.replaceColumns(derived.expr(), replacements);
    return guarded(expr, values, Value.isStrict(expr));
  }

  /** A metric has no value where none of its inputs has a row, also when its expression would make one up from NULLs. */
  private Value guarded(Expr expr, List<Value> values, boolean strict) {
    Set<Integer> from = Value.allParts(values);
    if (strict || items.isEmpty()) {
      return new Value(expr, from);
    }
    return new Value(new Expr.Case(List.of(new Expr.When(parts.exist(from), expr)), Optional.empty()), from);
  }

  /** How each column of a value merges over several groups; nothing where one of them does not. */
  Optional<Map<String, PlanNode.WindowFunction>> merging(Expr value) {
    return parts.merging(value);
  }

  /** An input's value: the metric it names, filtered and shifted as it says. */
  Value input(MetricInput input, List<Expr> filters) {
    Metric metric = LeafMetrics.input(input, planning.model());
    List<Expr> all = Value.plus(filters, normalized(input.filters()));
    if (!input.isShifted()) {
      return value(metric, all);
    }
    Branch.Shift shift = input.offsetWindow().<Branch
        .Shift>map(Branch.Shift.By::new)
        .orElseGet(() -> new Branch.Shift.ToStart(input.offsetToGrain().orElseThrow()));
    return switch (metric) {
      case Metric.Simple simple -> leaf(simple, all, Optional.empty(), Optional.of(shift));
      case Metric.Cumulative cumulative -> cumulative(cumulative, Value.plus(all, normalized(metric.filters())), Optional.of(shift));
      case Metric.Ratio ratio -> shiftedTable(ratio, all, shift);
      case Metric.Derived derived -> shiftedTable(derived, all, shift);
      case Metric.Conversion conversion -> shiftedTable(conversion, all, shift);
    };
  }

  private Value cumulative(Metric.Cumulative metric, List<Expr> filters, Optional<Branch.Shift> shift) {
    Branch.Accumulation accumulation = new Branch.Accumulation(metric.window(), metric.grainToDate(), metric.periodAggregation());
    Value value = leaf(metric.input(), filters, Optional.of(accumulation), shift, metric.name());
    return metric.input().fillNullsWith().isPresent() ? guarded(value.expr(), List.of(value), false) : value;
  }

  private Value leaf(Metric.Simple metric, List<Expr> filters, Optional<Branch.Accumulation> accumulation, Optional<Branch.Shift> shift) {
    return leaf(metric, filters, accumulation, shift, metric.name());
  }

  /** The value of a simple metric, with {@code filters} beside its own. */
  private Value leaf(Metric.Simple metric, List<Expr> filters, Optional<Branch.Accumulation> accumulation, Optional<Branch.Shift> shift,
      String name) {
    List<Expr> own = normalized(metric.filters()).stream().filter(filter -> !filters.contains(filter)).toList();
    Optional<Branch.EveryPeriod> everyPeriod = metric.joinToTimeSpine()
        ? Optional.of(new Branch.EveryPeriod(own, accumulation.flatMap(any -> metric.fillNullsWith())))
        : Optional.empty();
    Branch.Key key = new Branch.Key(metric.measure().dataset(), metric.measure().timeDimension(), Value.plus(filters, own), accumulation,
        shift, metric.measure().nonAdditive(), everyPeriod);
    requireTime(key, metric, name);
    Value value = parts.measure(key, metric.measure(), name);
    return filled(metric, value);
  }

  private static Value filled(Metric.Simple metric, Value value) {
    return metric.fillNullsWith()
        .map(fill -> new Value(Expr.call("coalesce", value.expr(), Value.number(fill)), value.parts()))
        .orElse(value);
  }

  private void requireTime(Branch.Key key, Metric.Simple metric, String name) {
    boolean windowed = key.accumulation().filter(all -> all.window().isPresent() || all.toDate().isPresent()).isPresent();
    if ((windowed || key.shift().isPresent()) && !hasTimeItem(metric)) {
      throw Problem.of(QueryIssue.TIME_REQUIRED, "metric '" + name + "' is " + (windowed ? "cumulative" : "shifted in time")
          + ", so it needs metric_time (or its own time dimension) among the group-by items.");
    }
  }

  private boolean hasTimeItem(Metric.Simple metric) {
    Dataset dataset = LeafMetrics.dataset(metric, planning.model());
    FactRows rows = new FactRows(planning, dataset, metric.measure().timeDimension().flatMap(dataset::timeDimension));
    return items.stream().anyMatch(rows::isMetricTime);
  }

  private Value conversion(Metric.Conversion metric, List<Expr> filters) {
    List<Expr> base = Value.plus(filters, normalized(metric.base().filters()));
    Value baseValue = leaf(metric.base(), filters, Optional.empty(), Optional.empty());
    List<Expr> converted = normalized(metric.conversion().filters());
    Value conversions = filled(metric.conversion(), parts.table(metric.name() + "_conversions",
        column -> new ConversionTable(planning, metric, items, base, converted, tables).plan(column)));
    Expr filled = conversions.expr();
    if (metric.calculation() == Metric.Calculation.CONVERSIONS) {
      return guarded(filled, List.of(baseValue, conversions), Value.isStrict(filled));
    }
    return guarded(Expr.call("/", filled, baseValue.expr()), List.of(baseValue, conversions), Value.isStrict(baseValue.expr()));
  }

  private Value shiftedTable(Metric metric, List<Expr> filters, Branch.Shift shift) {
    return parts.table(metric.name(), column -> new ShiftedTable(planning, metric, items, filters, tables).plan(shift, column));
  }

  /** The branches of what was asked for so far. */
  List<Branch> branches() {
    return parts.branches();
  }

  /** All parts met on the items' columns. */
  PlanNode combined() {
    return parts.combined();
  }

  /** Whether the groups of all parts merge into coarser ones. */
  boolean merges() {
    return parts.merge();
  }

  /** Whether the items and parts, their columns and marks are those of another set. */
  boolean hasPartsOf(MetricSet other) {
    return items.equals(other.items) && parts.isSame(other.parts);
  }

  /** Gives every group a mark for each part that has rows in it. */
  void markAll() {
    parts.markAll();
  }

  /** All parts met on {@code keys}, made of {@code groups} with the columns of a finer set; nothing where that has other parts. */
  Optional<PlanNode> merged(MetricSet finer, PlanNode groups, List<PlanNode.Named> keys) {
    return new MergedParts(parts, finer.parts).plan(groups, keys);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.plan.branch.Aggregates;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.FilteredBranches;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.overtime.BranchPlanner;
import dev.sextant.query.plan.overtime.ShiftedTable;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.HashSet;
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
  private final MetricTables tables;
  private final Map<Branch.Key, Integer> branchParts = new LinkedHashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<Integer> marked = new HashSet<>();

  /** A table with the items' columns and columns of values. */
  private sealed interface Part {
    record OfBranch(Branch branch) implements Part {}

    record OfTable(PlanNode table) implements Part {}
  }

  MetricSet(Planning planning, List<ItemName> items, MetricTables tables) {
    this.planning = planning;
    this.items = items;
    this.tables = tables;
    items.forEach(item -> taken.add(item.full()));
  }

  /** The metric's value, with {@code filters} on its rows beside its own. */
  Value value(Metric metric, List<Expr> filters) {
    List<Expr> all = Value.plus(filters, normalized(metric.filters()));
    return switch (metric) {
      case Metric.Simple simple -> leaf(simple, all, Optional.empty(), Optional.empty());
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
    marked.addAll(from);
    Expr exists = from.stream()
        .map(part -> Expr.call("is true", Expr.column(mark(part))))
        .reduce((a, b) -> Expr.call("or", a, b))
        .orElseThrow();
    return new Value(new Expr.Case(List.of(new Expr.When(exists, expr)), Optional.empty()), from);
  }

  /** How each column of a value merges over several groups; nothing where one of them does not. */
  Optional<Map<String, PlanNode.WindowFunction>> merging(Expr value) {
    Map<String, PlanNode.WindowFunction> functions = new LinkedHashMap<>();
    Set<String> columns = new HashSet<>();
    value.visit(node -> {
      if (node instanceof Expr.Column column) {
        columns.add(column.name());
      }
    });
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.OfBranch part && part.branch().key().groupsRowsOnce(items, planning)) {
        part.branch().measures().forEach((name, measure) -> Aggregates.merging(measure).ifPresent(found -> functions.put(name, found)));
        functions.put(mark(i), PlanNode.WindowFunction.MAX);
      }
    }
    functions.keySet().retainAll(columns);
    return functions.size() == columns.size() ? Optional.of(functions) : Optional.empty();
  }

  private static String mark(int part) {
    return "has_part_" + part;
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
    List<Expr> own = Value.plus(all, normalized(metric.filters()));
    return switch (metric) {
      case Metric.Simple simple -> leaf(simple, own, Optional.empty(), Optional.of(shift));
      case Metric.Cumulative cumulative -> cumulative(cumulative, own, Optional.of(shift));
      case Metric.Ratio ratio -> shiftedTable(ratio, all, shift);
      case Metric.Derived derived -> shiftedTable(derived, all, shift);
      case Metric.Conversion conversion -> shiftedTable(conversion, all, shift);
    };
  }

  private Value cumulative(Metric.Cumulative metric, List<Expr> filters, Optional<Branch.Shift> shift) {
    List<Expr> all = Value.plus(filters, normalized(metric.input().filters()));
    Branch.Accumulation accumulation = new Branch.Accumulation(metric.window(), metric.grainToDate(), metric.periodAggregation());
    Value value = leaf(metric.input(), all, Optional.of(accumulation), shift, metric.name());
    return metric.input().fillNullsWith().isPresent() ? guarded(value.expr(), List.of(value), false) : value;
  }

  private Value leaf(Metric.Simple metric, List<Expr> filters, Optional<Branch.Accumulation> accumulation, Optional<Branch.Shift> shift) {
    return leaf(metric, filters, accumulation, shift, metric.name());
  }

  private Value leaf(Metric.Simple metric, List<Expr> filters, Optional<Branch.Accumulation> accumulation, Optional<Branch.Shift> shift,
      String name) {
    Branch.Key key = new Branch.Key(metric.measure().dataset(), metric.measure().timeDimension(), filters, accumulation, shift,
        metric.measure().nonAdditive(), metric.joinToTimeSpine());
    requireTime(key, metric, name);
    int part = branchParts.computeIfAbsent(key, any -> add(new Part.OfBranch(new Branch(key))));
    if (!(parts.get(part) instanceof Part.OfBranch branch)) {
      throw new IllegalStateException("part " + part + " is no branch");
    }
    String column = branch.branch().add(metric.measure(), unique(name));
    taken.add(column);
    Expr value = Expr.column(column);
    return Value.of(metric.fillNullsWith().<Expr>map(fill -> Expr.call("coalesce", value, number(fill))).orElse(value), part);
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

  private static Expr number(java.math.BigDecimal value) {
    boolean whole = value.scale() <= 0;
    return new Expr.Literal(whole ? DataType.BIGINT : DataType.decimal(value.precision(), value.scale()), value.toPlainString());
  }

  private Value conversion(Metric.Conversion metric, List<Expr> filters) {
    List<Expr> base = Value.plus(filters, normalized(metric.base().filters()));
    Value baseValue = leaf(metric.base(), base, Optional.empty(), Optional.empty());
    String column = unique(metric.name() + "_conversions");
    taken.add(column);
    PlanNode table = new ConversionTable(planning, metric, items, base, normalized(metric.conversion().filters()), tables).plan(column);
    int part = add(new Part.OfTable(table));
    Expr conversions = Expr.column(column);
    Expr filled = metric.conversion()
        .fillNullsWith()
        .<Expr>map(fill -> Expr.call("coalesce", conversions, number(fill)))
        .orElse(conversions);
    Value conversionValue = Value.of(filled, part);
    if (metric.calculation() == Metric.Calculation.CONVERSIONS) {
      return guarded(filled, List.of(baseValue, conversionValue), Value.isStrict(filled));
    }
    return guarded(Expr.call("/", filled, baseValue.expr()), List.of(baseValue, conversionValue), Value.isStrict(baseValue.expr()));
  }

  private Value shiftedTable(Metric metric, List<Expr> filters, Branch.Shift shift) {
    String column = unique(metric.name());
    taken.add(column);
    PlanNode table = new ShiftedTable(planning, metric, items, filters, tables).plan(shift, column);
    return Value.of(Expr.column(column), add(new Part.OfTable(table)));
  }

  private int add(Part part) {
    parts.add(part);
    return parts.size() - 1;
  }

  private String unique(String wanted) {
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** All parts met on the items' columns. */
  PlanNode combined() {
    List<PlanNode> plans = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      if (done.add(i)) {
        plans.add(inOnePass(alike(i), done).orElseGet(() -> plan(part)));
      }
    }
    List<String> keys = items.stream().map(ItemName::full).toList();
    return plans.size() == 1 ? plans.getFirst() : new PlanNode.Combine(plans, keys);
  }

  private PlanNode plan(int i) {
    PlanNode plan = switch (parts.get(i)) {
      case Part.OfBranch part -> BranchPlanner.plan(planning, part.branch(), items, tables);
      case Part.OfTable part -> part.table();
    };
    return marked.contains(i) ? withMark(plan, i) : plan;
  }

  /** The branches that differ from a plain one in their filters only, it included. */
  private Map<Integer, Branch> alike(int i) {
    Map<Integer, Branch> alike = new LinkedHashMap<>();
    if (parts.get(i) instanceof Part.OfBranch(Branch branch) && branch.key().isPlain()) {
      Branch.Key shape = branch.key().withFilters(List.of());
      for (int k = i; k < parts.size(); k++) {
        if (parts.get(k) instanceof Part.OfBranch(Branch other) && other.key().withFilters(List.of()).equals(shape)) {
          alike.put(k, other);
        }
      }
    }
    return alike;
  }

  private Optional<PlanNode> inOnePass(Map<Integer, Branch> alike, Set<Integer> done) {
    if (alike.size() < 2) {
      return Optional.empty();
    }
    Map<Branch, String> marks = new LinkedHashMap<>();
    alike.forEach((part, branch) -> {
      if (marked.contains(part)) {
        marks.put(branch, mark(part));
      }
    });
    Optional<PlanNode> plan = new FilteredBranches(planning, List.copyOf(alike.values()), items, tables).plan(marks);
    plan.ifPresent(any -> done.addAll(alike.keySet()));
    return plan;
  }

  private static PlanNode withMark(PlanNode plan, int part) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    plan.columns().forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
    outputs.add(new PlanNode.Named(mark(part), new Expr.Literal(DataType.BOOLEAN, "true")));
    return new PlanNode.Compute(plan, outputs);
  }
}

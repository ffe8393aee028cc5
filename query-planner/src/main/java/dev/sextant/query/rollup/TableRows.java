// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.branch.Aggregates;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.Pruning;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Plans the rows of a rollup's table from those of its dataset. */
final class TableRows {
  private final RollupTable table;
  private final Planning planning;
  private final BranchRows rows;

  TableRows(RollupTable table, SemanticModel model) {
    this.table = table;
    this.planning = Planning.whole(model);
    this.rows = new BranchRows(planning, table.branch(), List.of(), new Planner());
  }

  /** Every row of the table. */
  PlanNode all() {
    return plan(List.of(), name -> true);
  }

  /** The rows with times in one of {@code spans}, and with {@code timeless} those without a time. */
  PlanNode within(List<Bounds> spans, boolean timeless) {
    return within(spans, timeless, name -> true);
  }

  /** The same by fewer keys and with fewer measures. */
  PlanNode within(List<Bounds> spans, boolean timeless, Predicate<String> wanted) {
    TimeColumn time = rows.rows().metricTime();
    List<Expr> any = new ArrayList<>(spans.stream().map(span -> condition(span, time)).toList());
    if (timeless) {
      any.add(Expr.call("is null", time.column()));
    }
    return plan(List.of(any.stream().reduce((a, b) -> Expr.call("or", a, b)).orElseThrow()), wanted);
  }

  /** The condition that a time, of rows or of groups, lies in a span. */
  Expr condition(Bounds span, TimeColumn time) {
    FilterExprs filters = new FilterExprs(planning, node -> Optional.empty());
    List<Expr> ends = new ArrayList<>();
    span.from().ifPresent(from -> ends.add(filters.bound(time, ">=", from)));
    span.before().ifPresent(before -> ends.add(filters.bound(time, "<", before)));
    return Expr.and(ends);
  }

  private PlanNode plan(List<Expr> times, Predicate<String> wanted) {
    List<Expr> conditions = new ArrayList<>(times);
    table.branch().key().filters().forEach(filter -> conditions.add(rows.condition(filter)));
    List<PlanNode.Named> keys = new ArrayList<>();
    table.grain().filter(grain -> wanted.test(RollupTable.TIME)).ifPresent(grain -> keys.add(time(grain)));
    table.items()
        .values()
        .stream()
        .filter(kept -> wanted.test(kept.column()))
        .forEach(kept -> keys.add(new PlanNode.Named(kept.column(), rows.slot(kept.name()).expr(planning))));
    return Pruning.prune(rows.rows().fansOut() ? overRepeatedRows(keys, conditions, wanted)
        : grouped(PlainBranch.filtered(rows.rows().build(), conditions), keys, rows.arguments().columns(), wanted));
  }

  private PlanNode grouped(PlanNode input, List<PlanNode.Named> keys, Map<String, List<Expr>> arguments, Predicate<String> wanted) {
    return table.isSketched() ? SketchedRows.of(table, input, keys, arguments)
        : new PlanNode.Aggregate(input, keys, aggregates(arguments, wanted));
  }

  private PlanNode.Named time(TimeGrain grain) {
    return new PlanNode.Named(RollupTable.TIME, Times.truncated(rows.rows().metricTime(), grain, planning));
  }

  private PlanNode overRepeatedRows(List<PlanNode.Named> keys, List<Expr> conditions, Predicate<String> wanted) {
    List<PlanNode.Named> distinct = new ArrayList<>(keys);
    distinct.addAll(rows.rowKey());
    rows.arguments().named().forEach(argument -> distinct.add(new PlanNode.Named(carried(argument.name()), argument.expr())));
    PlanNode once = new PlanNode.Aggregate(PlainBranch.filtered(rows.rows().build(), conditions), distinct, List.of());
    Map<String, List<Expr>> arguments = new LinkedHashMap<>();
    rows.arguments().carried().forEach((name, parts) -> arguments.put(name, parts.stream().map(TableRows::carried).toList()));
    return grouped(once, BranchRows.same(keys), arguments, wanted);
  }

  /** A measure may have the name of an item. */
  private static String carried(String name) {
    return "#carried:" + name;
  }

  private static Expr carried(Expr argument) {
    return argument instanceof Expr.Column column ? Expr.column(carried(column.name())) : argument;
  }

  private List<PlanNode.Aggregated> aggregates(Map<String, List<Expr>> arguments, Predicate<String> wanted) {
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    table.branch().measures().forEach((name, measure) -> {
      table.held(measure).ifPresent(held -> aggregates.addAll(aggregates(name, measure, held, arguments.getOrDefault(name, List.of()))));
    });
    return aggregates.stream().filter(one -> wanted.test(one.name())).toList();
  }

  static List<PlanNode.Aggregated> aggregates(String name, Measure measure, RollupTable.Held held, List<Expr> arguments) {
    List<RolledUp.Part> columns = held.measured().parts();
    Optional<Partials> partials = Partials.of(name, measure, arguments);
    if (partials.isEmpty()) {
      return List.of(Aggregates.overRows(columns.getFirst().column(), measure, arguments));
    }
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Partials.Part part = partials.get().parts().get(i);
      aggregates.add(new PlanNode.Aggregated(columns.get(i).column(), part.function(), part.arguments(), Optional.empty()));
    }
    return aggregates;
  }
}

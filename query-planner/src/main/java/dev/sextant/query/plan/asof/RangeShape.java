// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves of one dataset by pairing each instant with the events of its windows, and aggregating the pairs under a condition for each leaf: for every
 * aggregate, and fastest where pairs are few. Means are made from sums and counts: DuckDB's own of decimals depends on what else is asked.
 */
final class RangeShape {
  private final EventRows events;
  private final Map<WindowedLeaf, String> leaves;
  private final List<String> keys;

  RangeShape(EventRows events, Map<WindowedLeaf, String> leaves, List<String> keys) {
    this.events = events;
    this.leaves = leaves;
    this.keys = keys;
  }

  /** A row for each key and instant of {@code instants} that has an event, with the leaves' columns and the newest event time. */
  PlanNode plan(PlanNode instants, String newest) {
    PlanNode pairs = pairs(instants);
    boolean alone = leaves.size() == 1;
    if (alone) {
      List<Expr> filters = leaves.keySet().stream().flatMap(leaf -> events.filters(leaf).stream()).toList();
      pairs = filters.isEmpty() ? pairs : new PlanNode.Filter(pairs, Expr.and(filters));
    }
    List<TimeWindow> windows = windows();
    List<PlanNode.Named> groups = new ArrayList<>(Columns.same(keys));
    groups.add(Columns.same(Columns.AT));
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    List<PlanNode.Named> outputs = new ArrayList<>(Columns.same(groups.stream().map(PlanNode.Named::name).toList()));
    leaves.forEach((leaf, name) -> {
      List<Expr> conditions = alone ? List.of() : conditions(leaf, windows);
      if (leaf.measure().aggregation() == Aggregation.AVERAGE) {
        Partials mean = Partials.of(name, leaf.measure(), events.arguments(leaf)).orElseThrow();
        mean.parts().forEach(part -> aggregates.add(aggregate(part.name(), part.function(), part.arguments(), conditions)));
        outputs.add(mean.named());
      } else {
        aggregates.add(aggregate(name, PlanNode.Function.of(leaf.measure()), events.arguments(leaf), conditions));
        outputs.add(Columns.same(name));
      }
    });
    aggregates.add(PlanNode.Aggregated.of(newest, Aggregation.MAX, Expr.column(EventRows.TIME)));
    outputs.add(Columns.same(newest));
    return new PlanNode.Compute(new PlanNode.Aggregate(pairs, groups, aggregates), outputs);
  }

  private List<TimeWindow> windows() {
    return leaves.keySet().stream().map(WindowedLeaf::window).distinct().toList();
  }

  /** Each instant with each event of its windows. */
  PlanNode pairs(PlanNode instants) {
    List<TimeWindow> windows = windows();
    List<PlanNode.Named> spine = new ArrayList<>(Columns.same(instants.columns()));
    for (int i = 0; i < windows.size(); i++) {
      spine.add(new PlanNode.Named(from(i), Expr.call("-", Expr.column(Columns.AT), Windows.length(windows.get(i)))));
    }
    List<Expr> on = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      on.add(Expr.call("=", Expr.column(keys.get(i)), Expr.column(events.keys().get(i))));
    }
    on.add(Expr.call("<=", Expr.column(EventRows.TIME), Expr.column(Columns.AT)));
    on.add(inAny(windows));
    on.addAll(events.known().conditions());
    return new PlanNode.Join(new PlanNode.Compute(instants, spine), events.plan(), PlanNode.Join.Kind.INNER, Expr.and(on));
  }

  private static String from(int window) {
    return "from#" + window;
  }

  private static Expr inAny(List<TimeWindow> windows) {
    return Windows.widest(windows)
        .stream()
        .map(window -> after(windows.indexOf(window)))
        .reduce((a, b) -> Expr.call("or", a, b))
        .orElseThrow();
  }

  private static Expr after(int window) {
    return Expr.call(">", Expr.column(EventRows.TIME), Expr.column(from(window)));
  }

  private List<Expr> conditions(WindowedLeaf leaf, List<TimeWindow> windows) {
    List<Expr> conditions = new ArrayList<>();
    List<TimeWindow> widest = Windows.widest(windows);
    if (widest.size() > 1 || !widest.contains(leaf.window())) { // pairs lie in the widest window
      conditions.add(after(windows.indexOf(leaf.window())));
    }
    conditions.addAll(events.filters(leaf));
    return conditions;
  }

  /** Distinct values are picked before they are counted, which is faster than a condition on the aggregate. */
  private static PlanNode.Aggregated aggregate(String name, PlanNode.Function function, List<Expr> arguments, List<Expr> conditions) {
    if (conditions.isEmpty()) {
      return new PlanNode.Aggregated(name, function, arguments, Optional.empty());
    }
    if (function.aggregation() == Aggregation.COUNT_DISTINCT) {
      Expr picked = new Expr.Case(List.of(new Expr.When(Expr.and(conditions), arguments.getFirst())), Optional.empty());
      return new PlanNode.Aggregated(name, function, List.of(picked), Optional.empty());
    }
    return new PlanNode.Aggregated(name, function, arguments, Optional.of(Expr.and(conditions)));
  }
}

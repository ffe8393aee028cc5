// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.query.AddedNames;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Metrics over more than their own group: over all groups that differ in some items only, to tell shares, and up to a time. Where the values a
 * metric is made of merge, windows over the finished groups give it; where they do not, a whole is a query of its own, and adding up is refused.
 */
final class WiderValues {
  private final BoundQuery query;
  private final List<BoundQuery.Item> items;
  private final Optional<BoundQuery.Item> along;
  private final List<BoundQuery.Item> within;
  private final Map<String, PlanNode.Windowed> windows = new LinkedHashMap<>();
  private final Set<String> carried = new LinkedHashSet<>();
  private final Map<String, Expr> added = new LinkedHashMap<>();
  private final Map<String, Expr> wholes = new LinkedHashMap<>();
  private final MetricSet wholeSet;

  WiderValues(BoundQuery query, Planning planning, List<BoundQuery.Item> items, BranchTables tables, MetricSet set,
      Map<String, Expr> values) {
    this.query = query;
    this.items = items;
    this.within = items.stream().filter(item -> !GroupedRows.isNamed(item, query.extras().share())).toList();
    this.along = items.stream().filter(item -> query.extras().running().filter(item.name()::equals).isPresent()).findFirst();
    this.wholeSet = new MetricSet(planning, GroupedRows.names(within), tables);
    query.metrics().forEach(asked -> {
      Expr value = java.util.Objects.requireNonNull(values.get(asked.name()));
      Optional<Map<String, PlanNode.WindowFunction>> merging = set.merging(value);
      if (!query.extras().share().isEmpty()) {
        added.put(AddedNames.share(asked.name()), Expr.call("/", Expr.column(asked.name()), whole(asked, value, merging)));
      }
      along.ifPresent(time -> added.put(AddedNames.running(asked.name()), running(asked, value, merging, time)));
    });
  }

  private Expr whole(BoundQuery.AskedMetric asked, Expr value, Optional<Map<String, PlanNode.WindowFunction>> merging) {
    if (merging.isPresent()) {
      return windowed(value, merging.get(), "whole", within, List.of(), new PlanNode.Frame.Whole());
    }
    String column = "#whole:" + asked.name();
    wholes.put(column, wholeSet.value(asked.metric(), query.where()).expr());
    return Expr.column(column);
  }

  private Expr running(BoundQuery.AskedMetric asked, Expr value, Optional<Map<String, PlanNode.WindowFunction>> merging,
      BoundQuery.Item time) {
    Map<String, PlanNode.WindowFunction> functions = merging.orElseThrow(() -> Problem.of(QueryIssue.UNSAFE_REAGGREGATION,
        "the values of metric '" + asked.metric().name() + "' by '" + time.name()
            + "' cannot be added up to a running one, because something "
            + "would count twice or in the wrong proportion. Ask for a cumulative metric of the same measure."));
    List<BoundQuery.Item> others = items.stream().filter(item -> !item.equals(time)).toList();
    List<PlanNode.SortKey> order = List.of(new PlanNode.SortKey(Expr.column(time.name()), false));
    Expr sum = windowed(value, functions, "running", others, order, new PlanNode.Frame.UpTo());
    Expr dated = Expr.call("is not null", Expr.column(time.name()));
    return new Expr.Case(List.of(new Expr.When(dated, sum)), Optional.empty());
  }

  private Expr windowed(Expr value, Map<String, PlanNode.WindowFunction> functions, String what, List<BoundQuery.Item> partition,
      List<PlanNode.SortKey> order, PlanNode.Frame frame) {
    Map<String, Expr> replacements = new LinkedHashMap<>();
    functions.forEach((column, function) -> {
      String name = "#" + what + ":" + column;
      carried.add(column);
      windows.put(name, new PlanNode.Windowed(name, function, Expr.column(hidden(column)),
          partition.stream().<Expr>map(item -> Expr.column(item.name())).toList(), order, frame));
      replacements.put(column, Expr.column(name));
    });
    return Value.replaceColumns(value, replacements);
  }

  private static String hidden(String column) {
    return "#" + column;
  }

  /** What the finished rows must carry beside the answer's columns. */
  List<PlanNode.Named> carried() {
    return carried.stream().map(column -> new PlanNode.Named(hidden(column), Expr.column(column))).toList();
  }

  /** The finished rows with the {@code shown} columns and the added ones. */
  PlanNode addTo(PlanNode rows, List<String> shown) {
    if (added.isEmpty()) {
      return rows;
    }
    PlanNode windowed = windows.isEmpty() ? rows : new PlanNode.Window(rows, List.copyOf(windows.values()));
    PlanNode joined = wholes.isEmpty() ? windowed : withWholes(windowed);
    List<PlanNode.Named> outputs = new ArrayList<>();
    shown.forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
    added.forEach((name, expr) -> outputs.add(new PlanNode.Named(name, expr)));
    return new PlanNode.Compute(joined, outputs);
  }

  private PlanNode withWholes(PlanNode rows) {
    List<PlanNode.Named> columns = new ArrayList<>();
    List<Expr> on = new ArrayList<>();
    within.forEach(item -> {
      String key = "#whole_of:" + item.name();
      columns.add(new PlanNode.Named(key, Expr.column(item.item().full())));
      on.add(Expr.call("is not distinct from", Expr.column(item.name()), Expr.column(key)));
    });
    wholes.forEach((name, expr) -> columns.add(new PlanNode.Named(name, expr)));
    PlanNode.Join.Kind kind = within.isEmpty() ? PlanNode.Join.Kind.INNER : PlanNode.Join.Kind.LEFT;
    return new PlanNode.Join(rows, new PlanNode.Compute(wholeSet.combined(), columns), kind, Expr.and(on));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.SextantException;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.Pruning;
import dev.sextant.query.plan.rows.Masks;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans bound queries. The plan's columns are those of the answer, in its order: group-by items, then metrics. */
public final class Planner implements MetricTables {

  public PlanNode plan(BoundQuery query) {
    Planning planning = Planning.of(query);
    Masks.check(query, planning);
    PlanNode answer = query.metrics().isEmpty() ? dimensions(query, planning) : metrics(query, planning);
    List<Expr> having = query.having();
    PlanNode kept = PlainBranch.filtered(answer, having);
    boolean sorts = !query.order().isEmpty() || query.limit().isPresent() || query.offset().isPresent();
    List<PlanNode.SortKey> keys = query.order()
        .stream()
        .map(order -> new PlanNode.SortKey(Expr.column(order.column()), order.descending()))
        .toList();
    return Pruning.prune(sorts ? new PlanNode.Sort(kept, keys, query.offset(), query.limit()) : kept);
  }

  private PlanNode dimensions(BoundQuery query, Planning planning) {
    PlanNode values = new DimensionPlan(query, planning, this).plan();
    if (query.mode() == MetricQuery.Mode.MIN_MAX) {
      return values;
    }
    return renamed(values, query);
  }

  private static PlanNode renamed(PlanNode values, BoundQuery query) {
    boolean same = query.items().stream().allMatch(item -> item.name().equals(item.item().full()));
    return same ? values
        : new PlanNode.Compute(values,
            query.items().stream().map(item -> new PlanNode.Named(item.name(), Expr.column(item.item().full()))).toList());
  }

  private PlanNode metrics(BoundQuery query, Planning planning) {
    List<ItemName> items = query.items().stream().map(BoundQuery.Item::item).toList();
    MetricSet set = new MetricSet(planning, items, this);
    Map<String, Expr> values = new LinkedHashMap<>();
    Optional<Comparison> comparison = Comparison.of(query, set, items);
    query.metrics().forEach(asked -> {
      Expr value = value(set, asked.metric(), query);
      values.put(asked.name(), value);
      comparison.ifPresent(earlier -> values.putAll(earlier.columns(asked.metric(), asked.name(), value, query.where())));
    });
    List<PlanNode.Named> outputs = new ArrayList<>();
    query.items().forEach(item -> outputs.add(new PlanNode.Named(item.name(), Expr.column(item.item().full()))));
    values.forEach((name, expr) -> outputs.add(new PlanNode.Named(name, expr)));
    PlanNode answer = computed(set.combined(), outputs);
    return query.extras().fill() ? Filling.fill(answer, query, planning) : answer;
  }

  /** What is wrong with a metric's inputs is told with the metric that was asked for. */
  private static Expr value(MetricSet set, Metric metric, BoundQuery query) {
    try {
      return set.value(metric, query.where()).expr();
    } catch (SextantException failure) {
      boolean itsInput = failure.issue().code() == QueryIssue.TIME_REQUIRED
          && !failure.issue().message().startsWith("metric '" + metric.name() + "'");
      throw itsInput
          ? Problem.of(QueryIssue.TIME_REQUIRED, "metric '" + metric.name() + "' is made from others: " + failure.issue().message())
          : failure;
    }
  }

  @Override
  public PlanNode table(Planning planning, Metric metric, List<ItemName> items, List<Expr> filters) {
    MetricSet set = new MetricSet(planning, items, this);
    Expr value = set.value(metric, filters).expr();
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(item.full(), Expr.column(item.full()))));
    outputs.add(new PlanNode.Named(metric.name(), value));
    return computed(set.combined(), outputs);
  }

  private static PlanNode computed(PlanNode input, List<PlanNode.Named> outputs) {
    boolean nothingToDo = input.columns().equals(outputs.stream().map(PlanNode.Named::name).toList())
        && outputs.stream().allMatch(output -> output.expr().equals(Expr.column(output.name())));
    return nothingToDo ? input : new PlanNode.Compute(input, outputs);
  }
}

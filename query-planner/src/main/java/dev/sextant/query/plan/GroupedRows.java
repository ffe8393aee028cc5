// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.SextantException;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.AddedNames;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The asked metrics by some or all of the asked items, and what is added to each row. */
final class GroupedRows {
  private final BoundQuery query;
  private final Planning planning;
  private final List<BoundQuery.Item> items;
  private final BranchTables tables;
  private final Optional<FinestGroups> finest;
  private final MetricSet set;

  /** {@code finest} are the groups that these may be made of, if there are any. */
  GroupedRows(BoundQuery query, Planning planning, List<BoundQuery.Item> items, BranchTables tables, Optional<FinestGroups> finest) {
    this.query = query;
    this.planning = planning;
    this.items = items;
    this.tables = tables;
    this.finest = finest;
    this.set = new MetricSet(planning, names(items), tables);
  }

  static List<ItemName> names(List<BoundQuery.Item> items) {
    return items.stream().map(BoundQuery.Item::item).toList();
  }

  /** Rows with the items' columns, then the metrics'. */
  PlanNode plan() {
    Map<String, Expr> own = new LinkedHashMap<>();
    Map<String, Expr> all = new LinkedHashMap<>();
    query.metrics().forEach(asked -> {
      Expr value = value(set, asked.metric(), query.where()).expr();
      own.put(asked.name(), value);
      all.put(asked.name(), value);
      if (keepsTimes()) {
        Comparison.of(query, set, names(items))
            .ifPresent(earlier -> all.putAll(earlier.columns(asked.metric(), asked.name(), value, query.where())));
      }
    });
    WiderValues wider = new WiderValues(query, planning, items, tables, set, own);
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(item.name(), Expr.column(item.item().full()))));
    all.forEach((name, expr) -> outputs.add(new PlanNode.Named(name, expr)));
    List<String> shown = outputs.stream().map(PlanNode.Named::name).toList();
    outputs.addAll(wider.carried());
    PlanNode rows = computed(met(), outputs);
    PlanNode filled = query.extras().fill() && keepsTimes() ? Filling.fill(rows, items, planning) : rows;
    return wider.addTo(filled, shown);
  }

  /** All parts of the metrics met on the items. */
  private PlanNode met() {
    return finest.flatMap(groups -> groups.met(set, names(items), planning)).orElseGet(set::combined);
  }

  /** What is wrong with a metric's inputs is told with the metric that was asked for. */
  static Value value(MetricSet set, Metric metric, List<Expr> filters) {
    try {
      return set.value(metric, filters);
    } catch (SextantException failure) {
      boolean itsInput = failure.issue().code() == QueryIssue.TIME_REQUIRED
          && !failure.issue().message().startsWith("metric '" + metric.name() + "'");
      throw itsInput
          ? Problem.of(QueryIssue.TIME_REQUIRED, "metric '" + metric.name() + "' is made from others: " + failure.issue().message())
          : failure;
    }
  }

  /** Earlier times and missing periods mean something only where no time is summed up. */
  private boolean keepsTimes() {
    return query.items().stream().filter(item -> !items.contains(item)).noneMatch(item -> isTime(item.item()));
  }

  /** Whether a list of names means an item; the item that tells others from top values goes with its own. */
  static boolean isNamed(BoundQuery.Item item, List<String> names) {
    return names.stream().anyMatch(name -> item.name().equals(name) || item.name().equals(AddedNames.isOthers(name)));
  }

  static boolean isTime(ItemName item) {
    return item.isMetricTime() || item.grain().filter(TimeGrain.class::isInstance).isPresent();
  }

  static PlanNode computed(PlanNode input, List<PlanNode.Named> outputs) {
    boolean nothingToDo = input.columns().equals(outputs.stream().map(PlanNode.Named::name).toList())
        && outputs.stream().allMatch(output -> output.expr().equals(Expr.column(output.name())));
    return nothingToDo ? input : new PlanNode.Compute(input, outputs);
  }
}

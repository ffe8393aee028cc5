// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Aggregates rows at their own time. Where a join repeats rows of the dataset, the distinct combinations of asked items and row come first, so
 * that each row counts once in each group, exactly and for every aggregate.
 */
public final class PlainBranch {
  private final BranchRows branch;

  public PlainBranch(BranchRows branch) {
    this.branch = branch;
  }

  public PlanNode plan() {
    List<Expr> conditions = new ArrayList<>();
    if (!branch.range().isEmpty()) {
      conditions.addAll(branch.range(branch.rows().metricTime()));
    }
    branch.branch().key().filters().forEach(filter -> conditions.add(branch.condition(filter)));
    Map<ItemName, Expr> items = new LinkedHashMap<>();
    branch.items().forEach(item -> items.put(item, branch.slot(item).expr(branch.planning())));
    List<PlanNode.Named> keys = new ArrayList<>();
    items.forEach((item, expr) -> keys.add(new PlanNode.Named(item.full(), expr)));
    return branch.rows().fansOut() ? overRepeatedRows(conditions, keys, items) : overRows(conditions, keys, items);
  }

  private PlanNode overRows(List<Expr> conditions, List<PlanNode.Named> keys, Map<ItemName, Expr> items) {
    Optional<Measure.NonAdditive> rule = branch.branch().key().nonAdditive();
    Optional<Expr> instant = rule.map(edge -> SemiAdditive.instant(branch, edge));
    List<Expr> partition = rule.map(edge -> partition(edge, items)).orElse(List.of());
    // What merges the groups of a rollup is found before the rows are built: its columns are among theirs.
    Optional<List<Partials>> groups = branch.isRolledUp() ? branch.partials() : Optional.empty();
    PlanNode rows = filtered(branch.rows().build(), conditions);
    PlanNode kept = instant.map(edge -> SemiAdditive.keepEdge(rows, edge, partition, rule.orElseThrow())).orElse(rows);
    return groups.map(partials -> merged(kept, keys, partials)).orElseGet(() -> aggregated(kept, keys));
  }

  private PlanNode aggregated(PlanNode rows, List<PlanNode.Named> keys) {
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    branch.branch()
        .measures()
        .forEach(
            (name, measure) -> aggregates.add(Aggregates.overRows(name, measure, branch.arguments().of(name))));
    return new PlanNode.Aggregate(rows, keys, aggregates);
  }

  /** Groups merge into the asked ones. A count of no rows is 0, while a sum of no groups would be NULL. */
  private PlanNode merged(PlanNode groups, List<PlanNode.Named> keys, List<Partials> partials) {
    List<PlanNode.Named> outputs = new ArrayList<>(BranchRows.same(keys));
    partials.forEach(one -> {
      boolean counts = keys.isEmpty() && Objects.requireNonNull(branch.branch().measures().get(one.name())).aggregation().countsRows();
      outputs.add(counts ? new PlanNode.Named(one.name(), Expr.call("coalesce", one.value(), Expr.number(0))) : one.named());
    });
    PlanNode merged = branch.merged(groups, keys, partials);
    boolean asTheyAre = outputs.stream().allMatch(output -> output.expr().equals(Expr.column(output.name())));
    return asTheyAre ? merged : new PlanNode.Compute(merged, outputs);
  }

  private List<Expr> partition(Measure.NonAdditive rule, Map<ItemName, Expr> items) {
    List<Expr> partition = new ArrayList<>(SemiAdditive.groupings(branch, rule));
    SemiAdditive.period(branch, rule).map(items::get).ifPresent(partition::add);
    return partition;
  }

  private PlanNode overRepeatedRows(List<Expr> conditions, List<PlanNode.Named> keys, Map<ItemName, Expr> items) {
    List<PlanNode.Named> distinct = new ArrayList<>(keys);
    distinct.addAll(branch.rowKey());
    distinct.addAll(branch.arguments().named());
    Optional<Measure.NonAdditive> rule = branch.branch().key().nonAdditive();
    List<Expr> partition = new ArrayList<>();
    rule.ifPresent(edge -> {
      distinct.add(new PlanNode.Named("instant#edge", SemiAdditive.instant(branch, edge)));
      List<Expr> expressions = partition(edge, items);
      for (int i = 0; i < expressions.size(); i++) {
        distinct.add(new PlanNode.Named("partition#" + i, expressions.get(i)));
        partition.add(Expr.column("partition#" + i));
      }
    });
    PlanNode once = new PlanNode.Aggregate(filtered(branch.rows().build(), conditions), distinct, List.of());
    PlanNode kept = rule.<PlanNode>map(edge -> SemiAdditive.keepEdge(once, Expr.column("instant#edge"), partition, edge)).orElse(once);
    return new PlanNode.Aggregate(kept, BranchRows.same(keys), branch.arguments().overCarried());
  }

  public static PlanNode filtered(PlanNode rows, List<Expr> conditions) {
    return conditions.isEmpty() ? rows : new PlanNode.Filter(rows, Expr.and(conditions));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.TopItems;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.branch.Routes;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.Pruning;
import dev.sextant.query.plan.rows.Masks;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Plans bound queries. The plan's columns are those of the answer, in its order: group-by items, then metrics. */
public final class Planner implements BranchTables {
  private final Routes routes;

  /** A planner that reads datasets only. */
  public Planner() {
    this(Routes.NONE);
  }

  /** A planner that reads the rollups that {@code routes} finds in place of datasets. */
  public Planner(Routes routes) {
    this.routes = routes;
  }

  public PlanNode plan(BoundQuery query) {
    Planning shared = Planning.of(query);
    Masks.check(query, shared);
    Optional<FinestGroups> finest = FinestGroups.of(query, shared, this);
    Planning planning = query.extras().top().map(top -> shared.withTop(top(top, query, shared, finest))).orElse(shared);
    Function<List<BoundQuery.Item>, PlanNode> metrics = items -> new GroupedRows(query, planning, items, this, finest).plan();
    PlanNode answer = query.metrics().isEmpty() ? dimensions(query, planning) : metrics.apply(query.items());
    PlanNode kept = PlainBranch.filtered(answer, query.having());
    boolean totals = !query.extras().totals().isEmpty();
    boolean cut = query.limit().isPresent() || query.offset().isPresent();
    PlanNode chosen = cut || !totals && !query.order().isEmpty() ? sorted(kept, query) : kept;
    return Pruning.prune(totals ? new Totals(query, metrics).addTo(chosen) : chosen);
  }

  /** The values with the largest metric, which sees the query's rows; ties go to the lesser value. */
  private Planning.Top top(MetricQuery.Top asked, BoundQuery query, Planning planning, Optional<FinestGroups> finest) {
    List<ItemName> items = List.of(ItemName.parse(asked.item(), planning.model()));
    ItemName item = items.getFirst();
    Metric metric = FinestGroups.ranking(query);
    MetricSet set = new MetricSet(planning, items, new Planner(routes.beside()));
    PlanNode values = table(set, metric, items, TopItems.withoutTop(query.where()),
        () -> finest.flatMap(groups -> groups.met(set, items, planning)).orElseGet(set::combined));
    List<PlanNode.SortKey> order = List.of(new PlanNode.SortKey(Expr.column(metric.name()), true),
        new PlanNode.SortKey(Expr.column(item.full()), false));
    PlanNode first = new PlanNode.Sort(values, order, OptionalLong.empty(), OptionalLong.of(asked.n()));
    return new Planning.Top(item, new PlanNode.Compute(first, List.of(new PlanNode.Named(Planning.Top.KEY, Expr.column(item.full())),
        new PlanNode.Named(TopItems.mark(item), new Expr.Literal(DataType.BOOLEAN, "true")))));
  }

  private static PlanNode sorted(PlanNode rows, BoundQuery query) {
    List<PlanNode.SortKey> keys = query.order()
        .stream()
        .map(order -> new PlanNode.SortKey(Expr.column(order.column()), order.descending()))
        .toList();
    return new PlanNode.Sort(rows, keys, query.offset(), query.limit());
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

  @Override
  public PlanNode table(Planning planning, Metric metric, List<ItemName> items, List<Expr> filters) {
    return table(new MetricSet(planning, items, new Planner(routes.beside())), metric, items, filters);
  }

  static PlanNode table(MetricSet set, Metric metric, List<ItemName> items, List<Expr> filters) {
    return table(set, metric, items, filters, set::combined);
  }

  private static PlanNode table(MetricSet set, Metric metric, List<ItemName> items, List<Expr> filters, Supplier<PlanNode> rows) {
    Expr value = set.value(metric, filters).expr();
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(item.full(), Expr.column(item.full()))));
    outputs.add(new PlanNode.Named(metric.name(), value));
    return GroupedRows.computed(rows.get(), outputs);
  }

  @Override
  public Optional<RolledUp> rollup(Planning planning, Branch branch, List<ItemName> items) {
    return routes.route(new BranchRows(planning, branch, items, this));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.TopItems;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The groups by all that a question asks for, with the values that its metrics are made of. Its totals, and what it tells of top values and others,
 * are made of these groups where everything merges, so that rows are read once.
 */
final class FinestGroups {
  private final MetricSet set;
  private final PlanNode.Shared groups;

  private FinestGroups(MetricSet set) {
    this.set = set;
    this.groups = new PlanNode.Shared("groups", set.combined());
  }

  /** The groups of a question that asks for coarser ones, too; nothing where they do not merge. {@code planning} knows no top values yet. */
  static Optional<FinestGroups> of(BoundQuery query, Planning planning, BranchTables tables) {
    if (query.extras().top().isEmpty() && query.extras().totals().isEmpty()) {
      return Optional.empty();
    }
    MetricSet set = new MetricSet(planning, items(query, planning), tables);
    List<Expr> filters = TopItems.withoutTop(query.where());
    Set<Integer> asked = new LinkedHashSet<>();
    Set<Integer> ranked = new LinkedHashSet<>();
    query.extras().top().ifPresent(top -> ranked.addAll(set.value(ranking(query), filters).parts()));
    query.metrics().forEach(one -> asked.addAll(GroupedRows.value(set, one.metric(), filters).parts()));
    if (!ranked.isEmpty() && !ranked.equals(asked)) {
      set.markAll();
    }
    return set.merges() ? Optional.of(new FinestGroups(set)) : Optional.empty();
  }

  /** The metric that top values are chosen by. */
  static Metric ranking(BoundQuery query) {
    return query.model().metric(query.extras().top().orElseThrow().by().orElseThrow()).orElseThrow();
  }

  /** What is asked for, with the item itself in place of its top values. */
  private static List<ItemName> items(BoundQuery query, Planning planning) {
    Set<ItemName> items = new LinkedHashSet<>();
    query.extras().top().ifPresent(top -> items.add(ItemName.parse(top.item(), planning.model())));
    query.items()
        .stream()
        .filter(item -> item.expr().isEmpty() || query.extras().top().isEmpty())
        .forEach(item -> items.add(item.item()));
    return List.copyOf(items);
  }

  /** The parts of a set with fewer items met on these; nothing where its parts are others than those of the groups. */
  Optional<PlanNode> met(MetricSet coarser, List<ItemName> items, Planning planning) {
    if (planning.top().isEmpty() && coarser.hasPartsOf(set)) {
      return Optional.of(groups);
    }
    PlanNode rows = planning.top()
        .<PlanNode>map(top -> new PlanNode.Join(groups, top.rows(), PlanNode.Join.Kind.LEFT,
            Expr.call("is not distinct from", Expr.column(top.item().full()), Expr.column(Planning.Top.KEY))))
        .orElse(groups);
    List<PlanNode.Named> keys = new ArrayList<>();
    for (ItemName item : items) {
      Expr own = Expr.column(item.full());
      keys.add(new PlanNode.Named(item.full(),
          groups.columns().contains(item.full()) ? own : planning.expressions().getOrDefault(item.full(), own)));
    }
    return coarser.merged(set, rows, keys);
  }
}

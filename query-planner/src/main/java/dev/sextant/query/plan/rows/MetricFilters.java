// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Filters on a metric's value per entity, {@code {{ Metric('orders', group_by=['customer']) }} > 2}: the metric is computed by the entity on its
 * own, over all time, and joined to the rows.
 */
public final class MetricFilters {
  private final Planning planning;
  private final MetricTables tables;
  private final RowSource rows;
  private final Map<String, Expr> columns = new LinkedHashMap<>();

  public MetricFilters(Planning planning, MetricTables tables, RowSource rows) {
    this.planning = planning;
    this.tables = tables;
    this.rows = rows;
  }

  /** The column of the rows that holds the metric's value for the row's entity. */
  public Expr column(Expr.Member member) {
    ItemName asked = ItemName.parse(member.groupBy().getFirst(), planning.model());
    String name = asked.full() + "__" + member.name();
    Expr known = columns.get(name);
    if (known != null) {
      return known;
    }
    Metric metric = planning.model()
        .anyMetric(member.name())
        .orElseThrow(() -> Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + member.name() + "' in a filter is not defined."));
    Planning own = planning.withoutRange();
    PlanNode table = tables.table(own, metric, List.of(asked), List.of());
    String key = name + "#key";
    PlanNode renamed = new PlanNode.Compute(table, List.of(new PlanNode.Named(key, Expr.column(asked.full())),
        new PlanNode.Named(name, Expr.column(metric.name()))));
    rows.join(renamed, Expr.call("=", rows.unmasked(outer(asked)).expr(planning), Expr.column(key)));
    columns.put(name, Expr.column(name));
    return Expr.column(name);
  }

  /** Seen from the filtered rows, the entity is named alone where the metric's own path means nothing. */
  private ItemName outer(ItemName asked) {
    return planning.finder().tryFind(rows.base(), asked).isPresent() ? asked : asked.withLinks(List.of());
  }
}

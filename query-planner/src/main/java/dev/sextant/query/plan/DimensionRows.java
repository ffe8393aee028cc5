// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeSpine;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.overtime.OverTime;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.rows.MetricFilters;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;
import java.util.List;
import java.util.Optional;

/** The rows of a query without metrics: a dataset and what is joined to it, the calendar, or the pairs of both. */
final class DimensionRows {
  private final Planning planning;
  private final Optional<FactRows> rows;
  private final Optional<TimeSpine> spine;
  private final Optional<MetricFilters> metricFilters;
  private final CustomGrains custom;

  DimensionRows(Planning planning, Optional<Dataset> base, Optional<TimeSpine> spine, MetricTables tables) {
    this.planning = planning;
    this.spine = spine;
    this.rows = base.map(dataset -> new FactRows(planning, dataset, Optional.empty(), PlanNode.Join.Kind.FULL, calendar()));
    this.metricFilters = rows.map(found -> new MetricFilters(planning, tables, found));
    this.custom = new CustomGrains(planning);
  }

  private Optional<PlanNode> calendar() {
    return spine.map(
        table -> new PlanNode.Spine(table, List.of(new PlanNode.Named(DimensionPlan.calendarColumn(), Expr.column(table.column())))));
  }

  TimeColumn calendarTime() {
    return new TimeColumn(Expr.column(DimensionPlan.calendarColumn()), spine.orElseThrow().grain(), false);
  }

  /** What a name stands for in an answer. */
  Slot slot(ItemName item) {
    Expr computed = planning.expressions().get(item.full());
    if (computed != null) {
      return new Slot.Plain(new FilterExprs(planning, node -> node instanceof Expr.Column column
          ? Optional.of(slot(ItemName.parse(column.name(), planning.model())))
          : Optional.empty()).translate(computed));
    }
    return item.isMetricTime() ? OverTime.timeSlot(item, calendarTime(), custom) : rows.orElseThrow().slot(item);
  }

  private Slot stored(ItemName item) {
    boolean plain = item.isMetricTime() || planning.expressions().containsKey(item.full());
    return plain ? slot(item) : rows.orElseThrow().unmasked(item);
  }

  Expr condition(Expr filter) {
    return new FilterExprs(planning, node -> switch (node) {
      case Expr.Column column -> Optional.of(stored(ItemName.parse(column.name(), planning.model())));
      case Expr.Member metric -> metricFilters.map(filters -> new Slot.Plain(filters.column(metric)));
      case Expr.Literal literal -> Optional.empty();
      case Expr.Interval interval -> Optional.empty();
      case Expr.Call call -> Optional.empty();
      case Expr.Case choice -> Optional.empty();
      case Expr.Cast cast -> Optional.empty();
    }).translate(filter);
  }

  PlanNode build() {
    PlanNode built = rows.map(FactRows::build).or(this::calendar).orElseThrow();
    return custom.joinTo(built, PlanNode.Join.Kind.LEFT);
  }
}

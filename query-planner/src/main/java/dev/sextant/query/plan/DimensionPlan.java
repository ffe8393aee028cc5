// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.BaseFinder;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A query without metrics: the values of its items. Everything that a join does not match is a value too, so joins keep both sides; times come
 * from the calendar, paired with every combination of the rest.
 */
final class DimensionPlan {
  private static final String CALENDAR = "calendar_at";

  private final BoundQuery query;
  private final Planning planning;
  private final MetricTables tables;

  DimensionPlan(BoundQuery query, Planning planning, MetricTables tables) {
    this.query = query;
    this.planning = planning;
    this.tables = tables;
  }

  PlanNode plan() {
    List<ItemName> items = query.items().stream().map(BoundQuery.Item::item).toList();
    List<ItemName> all = new ArrayList<>();
    for (ItemName item : items) {
      Expr computed = planning.expressions().get(item.full());
      all.addAll(computed == null ? List.of(item) : FilterExprs.items(computed, planning));
    }
    query.where().forEach(filter -> all.addAll(FilterExprs.items(filter, planning)));
    Optional<Dataset> base = new BaseFinder(planning.model(), planning.finder()).find(all);
    boolean timed = all.stream().anyMatch(ItemName::isMetricTime) || planning.range().isPresent();
    DimensionRows rows = new DimensionRows(planning, base, timed ? Optional.of(calendarSpine(all)) : Optional.empty(), tables);
    List<PlanNode.Named> keys = new ArrayList<>();
    items.forEach(item -> keys.add(new PlanNode.Named(item.full(), rows.slot(item).expr(planning))));
    List<Expr> conditions = new ArrayList<>();
    if (planning.range().isPresent()) {
      conditions.addAll(Ranges.conditions(planning.range().get(), rows.calendarTime(), planning));
    }
    query.where().forEach(filter -> conditions.add(rows.condition(filter)));
    PlanNode filtered = PlainBranch.filtered(rows.build(), conditions);
    return switch (query.mode()) {
      case DISTINCT -> new PlanNode.Aggregate(filtered, keys, List.of());
      case ALL_ROWS -> new PlanNode.Compute(filtered, keys);
      case MIN_MAX -> minMax(filtered, keys.getFirst());
    };
  }

  private static PlanNode minMax(PlanNode rows, PlanNode.Named key) {
    return new PlanNode.Aggregate(rows, List.of(), List.of(PlanNode.Aggregated.of(key.name() + "__min", Aggregation.MIN, key.expr()),
        PlanNode.Aggregated.of(key.name() + "__max", Aggregation.MAX, key.expr())));
  }

  private TimeSpine calendarSpine(List<ItemName> items) {
    TimeGrain finest = TimeGrain.YEAR;
    boolean none = true;
    for (ItemName item : items) {
      if (item.isMetricTime()) {
        none = false;
        Grain grain = item.grain().orElse(TimeGrain.DAY);
        finest = TimeGrain.finer(finest, switch (grain) {
          case TimeGrain standard -> standard;
          case dev.sextant.model.CustomGrain custom -> custom.base();
        });
      }
    }
    TimeGrain needed = none ? TimeGrain.DAY : finest;
    return planning.model()
        .timeSpines()
        .stream()
        .filter(spine -> spine.grain().tiles(needed))
        .max(Comparator.comparing(TimeSpine::grain))
        .orElseThrow(
            () -> Problem.of(QueryIssue.TIME_REQUIRED, "metric_time without a metric means the calendar, and the project declares no "
                + "time spine that gives it by " + needed.label() + ". Ask for a metric's own time dimension, or add a metric."));
  }

  /** Names the results of {@link MetricQuery.Mode#MIN_MAX}. */
  static List<String> minMaxNames(String name) {
    return List.of(name + "__min", name + "__max");
  }

  static String calendarColumn() {
    return CALENDAR;
  }
}

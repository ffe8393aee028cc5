// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.plan.branch.Aggregates;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.MeasureArguments;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conversions by the base event's items. Each conversion row is credited once, to the latest base event of the same entity (and the same constant
 * properties) that is not later than it and lies within the window; their times are compared in the coarser of their grains. Among base events at
 * the same instant the one with the lowest key wins, so that ties never change an answer. Filters and the range hold for base events.
 */
final class ConversionTable {
  private static final String BASE_TIME = "base_at";
  private static final String BASE_INSTANT = "base_instant";
  private static final String BASE_ENTITY = "base_entity";
  private static final String CONVERTED_TIME = "converted_at";
  private static final String CONVERTED_ENTITY = "converted_entity";
  private static final String EVENT = "conversion_event";
  private static final String RANK = "credit_rank";

  private final Planning planning;
  private final Metric.Conversion metric;
  private final List<ItemName> items;
  private final BranchRows base;
  private final BranchRows converted;
  private final TimeGrain grain;

  ConversionTable(Planning planning, Metric.Conversion metric, List<ItemName> items, List<Expr> baseFilters, List<Expr> conversionFilters,
      MetricTables tables) {
    this.planning = planning;
    this.metric = metric;
    this.items = items;
    this.base = rows(planning, metric.base(), baseFilters, items, tables, false);
    this.converted = rows(planning.withoutRange(), metric.conversion(), conversionFilters, List.of(), tables, true);
    this.grain = TimeGrain.coarser(base.rows().metricTime().grain(), converted.rows().metricTime().grain());
  }

  private static BranchRows rows(Planning planning, Metric.Simple metric, List<Expr> filters, List<ItemName> items, MetricTables tables,
      boolean measured) {
    Branch branch = new Branch(Branch.Key.plain(metric.measure().dataset(), metric.measure().timeDimension(), filters));
    if (measured) {
      branch.add(metric.measure(), "converted_value");
    }
    return new BranchRows(planning, branch, items, tables);
  }

  PlanNode plan(String column) {
    List<PlanNode.Named> itemColumns = new ArrayList<>();
    items.forEach(item -> itemColumns.add(new PlanNode.Named(item.full(), base.slot(item).expr(planning))));
    PlanNode events = baseEvents(itemColumns);
    PlanNode conversions = conversionEvents();
    PlanNode pairs = new PlanNode.Join(conversions, events, PlanNode.Join.Kind.INNER, Expr.and(sameStory()));
    List<PlanNode.SortKey> order = new ArrayList<>(List.of(new PlanNode.SortKey(Expr.column(BASE_TIME), true)));
    if (base.rows().metricTime().grain() != grain) {
      order.add(new PlanNode.SortKey(Expr.column(BASE_INSTANT), true));
    }
    tieBreaks(itemColumns).forEach(name -> order.add(new PlanNode.SortKey(Expr.column(name), false)));
    // Where a join repeats base events, all rows of the credited event stay: it belongs to each of its groups.
    PlanNode.WindowFunction rank = base.rows().fansOut() ? PlanNode.WindowFunction.RANK : PlanNode.WindowFunction.ROW_NUMBER;
    PlanNode ranked = new PlanNode.Window(pairs, List.of(new PlanNode.Windowed(RANK, rank, Expr.number(1),
        List.of(Expr.column(EVENT)), order, new PlanNode.Frame.Whole())));
    PlanNode credited = new PlanNode.Filter(ranked, Expr.call("=", Expr.column(RANK), Expr.number(1)));
    return new PlanNode.Aggregate(credited, BranchRows.same(itemColumns), List.of(measure(column)));
  }

  private PlanNode.Aggregated measure(String column) {
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < Aggregates.arguments(metric.conversion().measure()).size(); i++) {
      arguments.add(Expr.column(MeasureArguments.name("converted_value", i)));
    }
    return Aggregates.overRows(column, metric.conversion().measure(), arguments);
  }

  private PlanNode baseEvents(List<PlanNode.Named> itemColumns) {
    List<Expr> conditions = new ArrayList<>(planning.range().isPresent() ? base.range(base.rows().metricTime()) : List.of());
    base.branch().key().filters().forEach(filter -> conditions.add(base.condition(filter)));
    List<PlanNode.Named> columns = new ArrayList<>(itemColumns);
    columns.add(new PlanNode.Named(BASE_ENTITY, entity(base)));
    columns.add(new PlanNode.Named(BASE_TIME, Times.truncated(base.rows().metricTime(), grain, planning)));
    if (base.rows().metricTime().grain() != grain) {
      columns.add(new PlanNode.Named(BASE_INSTANT, Times.truncated(base.rows().metricTime(), base.rows().metricTime().grain(), planning)));
    }
    for (int i = 0; i < metric.constantProperties().size(); i++) {
      columns.add(new PlanNode.Named("base_property#" + i, property(base, metric.constantProperties().get(i).base())));
    }
    keyOf(base.dataset()).ifPresent(key -> {
      for (int i = 0; i < key.keys().size(); i++) {
        columns.add(new PlanNode.Named("base_key#" + i, base.rows().baseColumn(key.name() + "#row" + i, key.keys().get(i))));
      }
    });
    PlanNode rows = base.rows().build();
    PlanNode kept = PlainBranch.filtered(rows, conditions);
    return base.rows().fansOut() ? new PlanNode.Aggregate(kept, columns, List.of()) : new PlanNode.Compute(kept, columns);
  }

  private static Optional<Entity> keyOf(Dataset dataset) {
    return dataset.entities().stream().filter(entity -> entity.type() == Entity.Type.PRIMARY).findFirst();
  }

  private List<String> tieBreaks(List<PlanNode.Named> itemColumns) {
    List<String> names = new ArrayList<>();
    keyOf(base.dataset()).ifPresent(key -> {
      for (int i = 0; i < key.keys().size(); i++) {
        names.add("base_key#" + i);
      }
    });
    if (!base.rows().fansOut()) {
      itemColumns.forEach(column -> names.add(column.name()));
    }
    return names;
  }

  /** Conversion rows, numbered; rows alike in all that matters are interchangeable, so any numbering of them gives the same answer. */
  private PlanNode conversionEvents() {
    List<Expr> conditions = converted.branch().key().filters().stream().map(converted::condition).toList();
    Map<String, PlanNode.Named> columns = new LinkedHashMap<>();
    columns.put(CONVERTED_ENTITY, new PlanNode.Named(CONVERTED_ENTITY, entity(converted)));
    columns.put(CONVERTED_TIME, new PlanNode.Named(CONVERTED_TIME,
        Times.truncated(converted.rows().metricTime(), grain, planning)));
    for (int i = 0; i < metric.constantProperties().size(); i++) {
      columns.put("converted_property#" + i,
          new PlanNode.Named("converted_property#" + i, property(converted, metric.constantProperties().get(i).conversion())));
    }
    converted.arguments().named().forEach(column -> columns.put(column.name(), column));
    List<PlanNode.Named> outputs = List.copyOf(columns.values());
    PlanNode rows = new PlanNode.Compute(PlainBranch.filtered(converted.rows().build(), conditions), outputs);
    List<PlanNode.SortKey> order = outputs.stream()
        .filter(output -> !(output.expr() instanceof Expr.Literal))
        .map(output -> new PlanNode.SortKey(Expr.column(output.name()), false))
        .toList();
    return new PlanNode.Window(rows,
        List.of(new PlanNode.Windowed(EVENT, PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1), List.of(), order,
            new PlanNode.Frame.Whole())));
  }

  private List<Expr> sameStory() {
    List<Expr> on = new ArrayList<>(List.of(Expr.call("=", Expr.column(CONVERTED_ENTITY), Expr.column(BASE_ENTITY)),
        Expr.call("<=", Expr.column(BASE_TIME), Expr.column(CONVERTED_TIME))));
    metric.window().ifPresent(window -> on.add(Expr.call(">", Expr.column(BASE_TIME), Times.minus(Expr.column(CONVERTED_TIME), window))));
    for (int i = 0; i < metric.constantProperties().size(); i++) {
      on.add(Expr.call("=", Expr.column("base_property#" + i), Expr.column("converted_property#" + i)));
    }
    return on;
  }

  private Expr entity(BranchRows rows) {
    return rows.slot(new ItemName(List.of(), metric.entity(), Optional.empty(), Optional.empty())).expr(planning);
  }

  /** A constant property is an element of the dataset itself: a dimension, or an entity's key. */
  private static Expr property(BranchRows rows, String name) {
    String element = name.substring(name.lastIndexOf("__") + 1);
    Optional<Expr> dimension = rows.dataset().dimension(element).map(dev.sextant.model.Dimension::expr);
    Expr expr = dimension.or(() -> rows.dataset().entity(element).map(entity -> entity.keys().getFirst()))
        .orElseThrow(() -> Problem.of(QueryIssue.INTERNAL,
            "dataset '" + rows.dataset().name() + "' has no dimension or entity '" + element + "'."));
    return rows.rows().baseColumn(element, expr);
  }

  /** The dataset whose rows are base events. */
  static Dataset baseDataset(Metric.Conversion metric, Planning planning) {
    return LeafMetrics.dataset(metric.base(), planning.model());
  }
}

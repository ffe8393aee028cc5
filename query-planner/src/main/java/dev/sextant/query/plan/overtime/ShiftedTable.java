// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.CustomPeriods;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A composed metric (derived, ratio, conversion) shown at another time: it is computed whole by the asked items, where the asked range comes from
 * and without filters on time, and its finished rows move along the calendar of the finest asked grain.
 */
public final class ShiftedTable {
  private static final String SHOWN = "shown_at";

  private final Planning planning;
  private final Metric metric;
  private final List<ItemName> items;
  private final List<Expr> filters;
  private final MetricTables tables;
  private final List<FactRows> data;
  private final FactRows leafRows;

  public ShiftedTable(Planning planning, Metric metric, List<ItemName> items, List<Expr> filters, MetricTables tables) {
    this.planning = planning;
    this.metric = metric;
    this.items = items;
    this.filters = filters;
    this.tables = tables;
    this.data = data(planning, metric);
    this.leafRows = data.getFirst();
  }

  /** The rows of the datasets that the metric is made of, once for each time it counts them by. */
  private static List<FactRows> data(Planning planning, Metric metric) {
    record Counted(Dataset dataset, Optional<Dimension.Time> time) {}
    return LeafMetrics.of(metric, planning.model()).stream().map(leaf -> {
      Dataset dataset = LeafMetrics.dataset(leaf, planning.model());
      return new Counted(dataset, leaf.measure().timeDimension().flatMap(dataset::timeDimension));
    }).distinct().map(counted -> new FactRows(planning, counted.dataset(), counted.time())).toList();
  }

  public PlanNode plan(Branch.Shift shift, String column) {
    ItemName finest = items.stream()
        .filter(leafRows::isMetricTime)
        .filter(item -> item.grain().filter(TimeGrain.class::isInstance).isPresent())
        .min(Comparator.comparing(item -> (TimeGrain) item.grain().orElseThrow()))
        .orElseThrow(() -> Problem.of(QueryIssue.TIME_REQUIRED, "metric '" + metric.name()
            + "' is shifted in time, so it needs metric_time at a standard grain among the group-by items."));
    TimeGrain grain = (TimeGrain) finest.grain().orElseThrow();
    List<Expr> rowFilters = filters.stream().filter(filter -> !isTimed(filter)).toList();
    Bounds source = new Reach(planning.model().calendar()).shiftedBack(wanted(grain), shift, grain);
    PlanNode table = tables.table(planning.within(source, grain), metric, items, rowFilters);
    PlanNode renamed = new PlanNode.Compute(table, renamed(column));
    PlanNode joined = joined(shift, grain, renamed, Expr.column(was(finest)));
    return shown(joined, grain, column);
  }

  private Bounds wanted(TimeGrain grain) {
    return planning.range().map(range -> Bounds.of(Ranges.span(range, grain, planning))).orElse(Bounds.NONE);
  }

  private boolean isTimed(Expr filter) {
    return FilterExprs.items(filter, planning).stream().anyMatch(leafRows::isMetricTime);
  }

  private static String was(ItemName item) {
    return item.full() + "#was";
  }

  private List<PlanNode.Named> renamed(String column) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(was(item), Expr.column(item.full()))));
    outputs.add(new PlanNode.Named(column, Expr.column(metric.name())));
    return outputs;
  }

  /** How much later than its data the metric is shown at most: its inputs may be shifted, too. */
  private List<Expr> later(TimeWindow window) {
    Stream<TimeWindow> within = LeafMetrics.inputs(metric, planning.model())
        .stream()
        .flatMap(one -> LeafMetrics.inputs(one).stream())
        .flatMap(input -> input.offsetWindow().stream());
    return Stream.concat(within, Stream.of(window))
        .filter(one -> one.grain() instanceof TimeGrain)
        .<Expr>map(one -> new Expr.Interval(one.count(), (TimeGrain) one.grain()))
        .toList();
  }

  private PlanNode joined(Branch.Shift shift, TimeGrain grain, PlanNode table, Expr was) {
    Spines spines = new Spines(planning);
    Expr at = Expr.column(SHOWN);
    return switch (shift) {
      case Branch.Shift.By by -> switch (by.window().grain()) {
        case TimeGrain unit -> new PlanNode.Join(
            spines.periods(grain, SHOWN, data, later(by.window()), wanted(grain)), table, PlanNode.Join.Kind.INNER,
            Expr.call("=", Times.minus(at, new TimeWindow(by.window().count(), unit)), was));
        case CustomGrain custom ->
            new PlanNode.Join(new CustomPeriods(onItsBase(custom, grain)).shiftedBack(by.window().count(), SHOWN, "source_at"), table,
                PlanNode.Join.Kind.INNER, Expr.call("=", Expr.column("source_at"), was));
      };
      case Branch.Shift.ToStart start -> switch (start.grain()) {
        case TimeGrain period -> new PlanNode.Join(spines.periods(grain, SHOWN, data, List.of(), wanted(grain)), table,
            PlanNode.Join.Kind.INNER, Expr.call("=", Times.truncate(at, period, planning.model().calendar()), was));
        case CustomGrain custom -> throw Problem.of(QueryIssue.UNSUPPORTED, "offset_to_grain takes a standard grain, not '" + custom.label()
            + "'.");
      };
    };
  }

  /** What is finished for longer periods cannot be parted among those that its days are shown in. */
  private CustomGrain onItsBase(CustomGrain custom, TimeGrain grain) {
    if (grain != custom.base()) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "metric '" + metric.name() + "' is made of others and shifted by " + custom.label()
          + ", so that it can be shown by " + custom.base().label() + " only. Ask for metric_time__" + custom.base().label() + ".");
    }
    return custom;
  }

  private PlanNode shown(PlanNode joined, TimeGrain grain, String column) {
    CustomGrains custom = new CustomGrains(planning);
    TimeColumn shownAt = new TimeColumn(Expr.column(SHOWN), grain, false);
    List<Expr> conditions = new ArrayList<>();
    planning.range().ifPresent(range -> conditions.addAll(Ranges.conditions(range, shownAt, planning)));
    filters.stream().filter(this::isTimed).forEach(filter -> conditions.add(condition(filter, shownAt, custom)));
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(item.full(),
        leafRows.isMetricTime(item) ? OverTime.timeSlot(item, shownAt, custom).expr(planning) : Expr.column(was(item)))));
    outputs.add(new PlanNode.Named(column, Expr.column(column)));
    return new PlanNode.Compute(PlainBranch.filtered(custom.joinTo(joined, PlanNode.Join.Kind.LEFT), conditions), outputs);
  }

  private Expr condition(Expr filter, TimeColumn shownAt, CustomGrains custom) {
    return new FilterExprs(planning, node -> {
      if (!(node instanceof Expr.Column column)) {
        return Optional.empty();
      }
      ItemName name = ItemName.parse(column.name(), planning.model());
      return Optional.of(leafRows.isMetricTime(name) ? OverTime.timeSlot(name, shownAt, custom)
          : new Slot.Plain(Expr.column(was(asked(name)))));
    }).translate(filter);
  }

  private ItemName asked(ItemName name) {
    return items.stream()
        .filter(item -> ("__" + item.base()).endsWith("__" + name.base()))
        .findFirst()
        .orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED, "a filter mixes metric_time with '" + name.base() + "', which metric '"
            + metric.name() + "' can only see when it is among the group-by items."));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Aggregation;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Aggregates rows at other times than their own: gathered up to each instant (cumulative), shown later, or shown all through a period. Rows are
 * first aggregated to the time dimension's grain where the measures merge; then they meet the calendar; filters on time see the calendar's
 * time.
 */
final class OverTimeBranch {
  private static final String HAPPENED = "happened_at";
  private static final String GATHERED = "gathered_at";
  private static final String SHOWN = "shown_at";
  private static final String ONLY_ONE = "place_in_period";

  private final BranchRows branch;
  private final Planning planning;
  private final Spines spines;
  private final List<ItemName> timeItems;
  private final List<ItemName> otherItems;
  private final List<Expr> rowFilters;
  private final List<Expr> timeFilters;
  private final TimeGrain grain;

  OverTimeBranch(BranchRows branch) {
    this.branch = branch;
    this.planning = branch.planning;
    this.spines = new Spines(planning);
    this.timeItems = branch.timeItems();
    this.otherItems = branch.otherItems();
    this.timeFilters = branch.branch.key().filters().stream().filter(branch::isTimed).toList();
    this.rowFilters = branch.branch.key().filters().stream().filter(filter -> !branch.isTimed(filter)).toList();
    this.grain = workingGrain(branch);
  }

  /** Days, or finer where the question or the metric's own window asks for it and the data has it. */
  private static TimeGrain workingGrain(BranchRows branch) {
    TimeGrain finest = TimeGrain.DAY;
    for (ItemName item : branch.timeItems()) {
      finest = item.grain().filter(TimeGrain.class::isInstance).map(TimeGrain.class::cast).map(finest(finest)).orElse(finest);
    }
    Optional<Branch.Accumulation> accumulation = branch.branch.key().accumulation();
    finest = accumulation.flatMap(Branch.Accumulation::window)
        .map(TimeWindow::grain)
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .map(finest(finest))
        .orElse(finest);
    finest = accumulation.flatMap(Branch.Accumulation::toDate)
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .map(finest(finest))
        .orElse(finest);
    finest = branch.branch.key()
        .shift()
        .map(OverTimeBranch::unit)
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .map(finest(finest))
        .orElse(finest);
    return TimeGrain.coarser(branch.rows.metricTime().grain(), finest);
  }

  private static Grain unit(Branch.Shift shift) {
    return switch (shift) {
      case Branch.Shift.By by -> by.window().grain();
      case Branch.Shift.ToStart start -> start.grain();
    };
  }

  private static java.util.function.UnaryOperator<TimeGrain> finest(TimeGrain known) {
    return grain -> TimeGrain.finer(known, grain);
  }

  PlanNode plan() {
    boolean merges = canMergeFirst();
    PlanNode rows = merges ? firstAggregated() : carried();
    TimeColumn time = new TimeColumn(Expr.column(HAPPENED), grain, false);
    if (branch.branch.key().accumulation().isPresent()) {
      rows = gathered(rows, time, branch.branch.key().accumulation().get());
      time = new TimeColumn(Expr.column(GATHERED), grain, false);
    }
    if (branch.branch.key().shift().isPresent()) {
      ShiftedRows shifted = new ShiftedRows(branch, spines, timeItems, rows, time, SHOWN);
      rows = shifted.plan(branch.branch.key().shift().get());
      time = shifted.time();
    }
    return aggregated(rows, time, merges);
  }

  private boolean canMergeFirst() {
    branch.branch.key().filters().forEach(branch::condition);
    otherItems.forEach(branch::slot);
    return !branch.rows.fansOut() && branch.branch.key().nonAdditive().isEmpty()
        && branch.branch.measures().values().stream().allMatch(measure -> measure.aggregation().merges());
  }

  private List<PlanNode.Named> carriedKeys() {
    Map<String, PlanNode.Named> keys = new LinkedHashMap<>();
    otherItems.forEach(item -> keys.put(item.full(), new PlanNode.Named(item.full(), branch.slot(item).expr(planning))));
    for (Expr filter : timeFilters) {
      FilterExprs.items(filter, planning)
          .stream()
          .filter(item -> !branch.rows.isMetricTime(item))
          .forEach(item -> keys.putIfAbsent(item.full(), new PlanNode.Named(item.full(), branch.slot(item).expr(planning))));
    }
    keys.put(HAPPENED, new PlanNode.Named(HAPPENED, Times.truncated(branch.rows.metricTime(), grain, planning)));
    return List.copyOf(keys.values());
  }

  private List<Expr> rowConditions() {
    List<Expr> conditions = new ArrayList<>();
    rowFilters.forEach(filter -> conditions.add(branch.condition(filter)));
    if (branch.branch.key().accumulation().isPresent()) {
      planning.range().ifPresent(range -> conditions.addAll(widened(range)));
    }
    return conditions;
  }

  /** The part of the rows that can reach the asked range. */
  private List<Expr> widened(dev.sextant.query.BoundQuery.Range range) {
    dev.sextant.query.TimeSpan span = Ranges.span(range, grain, planning);
    FilterExprs filters = new FilterExprs(planning, node -> Optional.empty());
    List<Expr> conditions = new ArrayList<>(List.of(filters.bound(branch.rows.metricTime(), "<", span.end())));
    Branch.Accumulation accumulation = branch.branch.key().accumulation().orElseThrow();
    accumulation.window()
        .ifPresent(window -> conditions
            .add(filters.bound(branch.rows.metricTime(), ">=", Times.plus(span.start(), -window.count() - 1L, Times.standard(window)))));
    accumulation.toDate()
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .ifPresent(start -> conditions
            .add(filters.bound(branch.rows.metricTime(), ">=", Times.floor(span.start(), start, planning.model().calendar()))));
    return conditions;
  }

  private PlanNode firstAggregated() {
    List<PlanNode.Named> keys = carriedKeys();
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    branch.branch.measures()
        .forEach(
            (name, measure) -> aggregates.add(Aggregates.overRows(name, measure, branch.arguments.getOrDefault(name, List.of()))));
    List<Expr> conditions = rowConditions();
    return new PlanNode.Aggregate(PlainBranch.filtered(branch.rows.build(), conditions), keys, aggregates);
  }

  private PlanNode carried() {
    List<PlanNode.Named> columns = new ArrayList<>(carriedKeys());
    columns.addAll(branch.argumentColumns());
    branch.branch.key().nonAdditive().ifPresent(rule -> {
      columns.add(new PlanNode.Named("instant#edge", SemiAdditive.instant(branch, rule)));
      List<Expr> groupings = SemiAdditive.groupings(branch, rule);
      for (int i = 0; i < groupings.size(); i++) {
        columns.add(new PlanNode.Named("grouping#" + i, groupings.get(i)));
      }
    });
    List<Expr> conditions = rowConditions();
    if (branch.rows.fansOut()) {
      columns.addAll(branch.rowKey());
      return new PlanNode.Aggregate(PlainBranch.filtered(branch.rows.build(), conditions), columns, List.of());
    }
    return new PlanNode.Compute(PlainBranch.filtered(branch.rows.build(), conditions), columns);
  }

  private PlanNode gathered(PlanNode rows, TimeColumn time, Branch.Accumulation accumulation) {
    PlanNode calendar = PlainBranch.filtered(spines.periods(grain, GATHERED, branch.dataset, branch.time, List.of()),
        branch.range(new TimeColumn(Expr.column(GATHERED), grain, false)));
    Expr at = Expr.column(GATHERED);
    List<Expr> on = new ArrayList<>(List.of(Expr.call("<=", time.column(), at)));
    accumulation.window().ifPresent(window -> on.add(Expr.call(">", time.column(), Times.minus(at, standard(window)))));
    accumulation.toDate()
        .ifPresent(start -> on.add(Expr.call(">=", time.column(), Times.truncate(at, standard(start), planning.model().calendar()))));
    return new PlanNode.Join(calendar, rows, PlanNode.Join.Kind.INNER, Expr.and(on));
  }

  private static TimeWindow standard(TimeWindow window) {
    return new TimeWindow(window.count(), standard(window.grain()));
  }

  private static TimeGrain standard(Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> standard;
      case CustomGrain custom -> throw Problem.of(QueryIssue.UNSUPPORTED,
          "a cumulative metric's window must be of a standard grain, not '" + custom.label() + "'.");
    };
  }

  private PlanNode aggregated(PlanNode rows, TimeColumn time, boolean merged) {
    CustomGrains custom = new CustomGrains(planning);
    List<Expr> conditions = new ArrayList<>(branch.range(time));
    timeFilters.forEach(filter -> conditions.add(onCalendar(filter, time, custom)));
    List<PlanNode.Named> keys = new ArrayList<>();
    for (ItemName item : branch.items) {
      Expr expr = timeItems.contains(item) ? timeSlot(item, time, custom).expr(planning) : Expr.column(item.full());
      keys.add(new PlanNode.Named(item.full(), expr));
    }
    PlanNode kept = PlainBranch.filtered(custom.joinTo(rows, PlanNode.Join.Kind.LEFT), conditions);
    if (branch.branch.key().nonAdditive().isPresent()) {
      kept = edges(kept, branch.branch.key().nonAdditive().get(), keys);
    }
    List<PlanNode.Aggregated> aggregates = merged ? mergedAggregates() : branch.overCarriedArguments();
    return needsPeriodValue() ? ofPeriods(kept, time, keys, aggregates) : new PlanNode.Aggregate(kept, keys, aggregates);
  }

  private PlanNode edges(PlanNode rows, Measure.NonAdditive rule, List<PlanNode.Named> keys) {
    List<Expr> partition = new ArrayList<>();
    SemiAdditive.period(branch, rule)
        .ifPresent(item -> keys.stream()
            .filter(key -> key.name().equals(item.full()))
            .forEach(key -> partition.add(key.expr())));
    for (int i = 0; i < rule.windowGroupings().size(); i++) {
      partition.add(Expr.column("grouping#" + i));
    }
    return SemiAdditive.keepEdge(rows, Expr.column("instant#edge"), partition, rule);
  }

  private List<PlanNode.Aggregated> mergedAggregates() {
    List<PlanNode.Aggregated> aggregates = new ArrayList<>();
    branch.branch.measures().forEach((name, measure) -> aggregates.add(Aggregates.merged(name, measure, Expr.column(name))));
    return aggregates;
  }

  /** A cumulative metric asked only in coarser periods than its own grain: one of the period's values stands for it. */
  private boolean needsPeriodValue() {
    return branch.branch.key().accumulation().isPresent()
        && timeItems.stream().noneMatch(item -> item.grain().filter(grain::equals).isPresent());
  }

  private PlanNode ofPeriods(PlanNode rows, TimeColumn time, List<PlanNode.Named> keys, List<PlanNode.Aggregated> aggregates) {
    List<PlanNode.Named> fine = new ArrayList<>(keys);
    fine.add(new PlanNode.Named(ONLY_ONE + "#time", time.column()));
    PlanNode values = new PlanNode.Aggregate(rows, fine, aggregates);
    List<PlanNode.Named> same = BranchRows.same(keys);
    Metric.PeriodAggregation period = branch.branch.key().accumulation().orElseThrow().period();
    if (period == Metric.PeriodAggregation.AVERAGE) {
      return new PlanNode.Aggregate(values, same,
          aggregates.stream().map(one -> PlanNode.Aggregated.of(one.name(), Aggregation.AVERAGE, Expr.column(one.name()))).toList());
    }
    PlanNode numbered = new PlanNode.Window(values,
        List.of(new PlanNode.Windowed(ONLY_ONE, PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1),
            same.stream().map(PlanNode.Named::expr).toList(),
            List.of(new PlanNode.SortKey(Expr.column(ONLY_ONE + "#time"), period == Metric.PeriodAggregation.LAST)),
            new PlanNode.Frame.Whole())));
    List<PlanNode.Named> outputs = new ArrayList<>(same);
    aggregates.forEach(one -> outputs.add(new PlanNode.Named(one.name(), Expr.column(one.name()))));
    return new PlanNode.Compute(new PlanNode.Filter(numbered, Expr.call("=", Expr.column(ONLY_ONE), Expr.number(1))), outputs);
  }

  private Expr onCalendar(Expr filter, TimeColumn time, CustomGrains custom) {
    return new FilterExprs(planning,
        node -> node instanceof Expr.Column column ? Optional.of(named(column, time, custom)) : Optional.empty())
            .translate(filter);
  }

  private Slot named(Expr.Column column, TimeColumn time, CustomGrains custom) {
    ItemName item = ItemName.parse(column.name(), planning.model());
    return branch.rows.isMetricTime(item) ? timeSlot(item, time, custom) : new Slot.Plain(Expr.column(item.full()));
  }

  static Slot timeSlot(ItemName item, TimeColumn time, CustomGrains custom) {
    if (item.part().isPresent()) {
      return new Slot.Part(time, item.part().get());
    }
    Grain asked = item.grain().orElse(item.isMetricTime() ? TimeGrain.coarser(time.grain(), TimeGrain.DAY) : time.grain());
    return switch (asked) {
      case TimeGrain standard -> new Slot.Truncated(time, standard);
      case CustomGrain grain -> new Slot.Custom(custom.column(time, grain), grain);
    };
  }
}

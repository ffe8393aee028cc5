// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.branch.SemiAdditive;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.ClockChanges;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Aggregates rows at other times than their own: gathered up to each instant (cumulative), shown later, or shown all through a period. Rows are
 * aggregated by their own period first where partial results make the whole; filters on time see the calendar's time.
 */
final class OverTimeBranch {
  private static final String ONLY_ONE = "place_in_period";
  private static final String INSTANT = "instant#edge";

  private final OverTime over;
  private final BranchRows branch;

  /** How the rows so far become the measures' values. */
  private enum State {
    /** They carry what measures aggregate. */
    ROWS,
    /** They have partial results, to be merged by the asked items. */
    PARTS,
    /** They have the values, one row for each combination of keys and instant. */
    VALUES
  }

  private record Stage(PlanNode rows, TimeColumn time, State state) {}

  OverTimeBranch(BranchRows branch) {
    this.branch = branch;
    this.over = new OverTime(branch);
  }

  /** The branch shown at another time, made of what happened by asked period: the keys, {@code happened_at} and the measures. */
  PlanNode planOf(PlanNode happened) {
    Stage own = new Stage(happened, new TimeColumn(Expr.column(OverTime.HAPPENED), over.grain, false), State.VALUES);
    return aggregated(shifted(own, over.shift().orElseThrow(), Optional.empty()), Optional.empty());
  }

  PlanNode plan() {
    branch.branch().key().filters().forEach(branch::condition);
    over.otherItems.forEach(branch::slot);
    Optional<List<Partials>> partials = branch.branch().key().nonAdditive().isPresent() ? Optional.empty()
        : branch.partials();
    Stage own = over.accumulation().map(accumulation -> within(gathered(accumulation, partials))).orElseGet(() -> happened(partials));
    return aggregated(over.shift().map(shift -> shifted(own, shift, partials)).orElse(own), partials);
  }

  private Stage within(Stage gathered) {
    List<Expr> range = over.shift().isPresent() ? branch.range(gathered.time()) : List.of();
    return new Stage(PlainBranch.filtered(gathered.rows(), range), gathered.time(), gathered.state());
  }

  private Stage happened(Optional<List<Partials>> partials) {
    TimeColumn time = new TimeColumn(Expr.column(OverTime.HAPPENED), over.grain, false);
    boolean merges = partials.isPresent() && !branch.rows().fansOut();
    return merges ? new Stage(byPeriod(partials.get()), time, State.PARTS) : new Stage(carried(), time, State.ROWS);
  }

  private Stage gathered(Branch.Accumulation accumulation, Optional<List<Partials>> partials) {
    TimeColumn time = new TimeColumn(Expr.column(OverTime.GATHERED), over.grain, false);
    return switch (Gathering.of(branch, over)) {
      case RUNNING -> new Stage(running(accumulation, partials.orElseThrow()), time, over.keepsOnlyItems() ? State.VALUES : State.PARTS);
      case DISTINCT -> new Stage(distinct(accumulation), time, State.VALUES);
      case ROWS -> fromRows(accumulation, time);
    };
  }

  private PlanNode running(Branch.Accumulation accumulation, List<Partials> partials) {
    List<Happened.Column> columns = Partials.parts(partials)
        .stream()
        .map(part -> new Happened.Column(part.name(), part.running()))
        .toList();
    return new RunningRows(over, accumulation.window(), accumulation.toDate())
        .plan(new Happened(byPeriod(partials), columns, Optional.empty(), true), partials.stream().map(Partials::named).toList());
  }

  private PlanNode distinct(Branch.Accumulation accumulation) {
    String name = branch.branch().measures().keySet().iterator().next();
    return new DistinctChanges(over, name, branch.arguments().of(name).getFirst()).plan(accumulation);
  }

  private Stage fromRows(Branch.Accumulation accumulation, TimeColumn time) {
    PlanNode paired = paired(carried(), accumulation);
    if (!over.keepsOnlyItems() || branch.branch().key().nonAdditive().isPresent()) {
      return new Stage(paired, time, State.ROWS);
    }
    List<PlanNode.Named> keys = new ArrayList<>(BranchRows.same(over.keys()));
    keys.add(new PlanNode.Named(OverTime.GATHERED, time.column()));
    return new Stage(new PlanNode.Aggregate(paired, keys, branch.arguments().overCarried()), time, State.VALUES);
  }

  /** The rows aggregated by their keys and period; rows that a join repeats are told apart first. */
  private PlanNode byPeriod(List<Partials> partials) {
    List<PlanNode.Named> keys = new ArrayList<>(over.keys());
    keys.add(over.happened());
    if (!branch.rows().fansOut()) {
      return branch.merged(over.rows(), keys, partials);
    }
    List<Partials> carried = Partials.of(branch.branch().measures(), branch.arguments().carried()).orElseThrow();
    return new PlanNode.Aggregate(carried(), BranchRows.same(keys), Partials.parts(carried).stream().map(Partials.Part::overRows).toList());
  }

  private PlanNode carried() {
    List<PlanNode.Named> columns = new ArrayList<>(over.keys());
    columns.add(over.happened());
    columns.addAll(branch.arguments().named());
    branch.branch().key().nonAdditive().ifPresent(rule -> {
      columns.add(new PlanNode.Named(INSTANT, SemiAdditive.instant(branch, rule)));
      List<Expr> groupings = SemiAdditive.groupings(branch, rule);
      for (int i = 0; i < groupings.size(); i++) {
        columns.add(new PlanNode.Named("grouping#" + i, groupings.get(i)));
      }
    });
    if (branch.rows().fansOut()) {
      columns.addAll(branch.rowKey());
      return new PlanNode.Aggregate(over.rows(), columns, List.of());
    }
    return new PlanNode.Compute(over.rows(), columns);
  }

  /** Every row beside every instant that gathers it up. */
  private PlanNode paired(PlanNode rows, Branch.Accumulation accumulation) {
    Expr at = Expr.column(OverTime.GATHERED);
    Expr happened = Expr.column(OverTime.HAPPENED);
    Bounds bounds = over.gatheredBounds();
    FilterExprs filters = new FilterExprs(over.planning, node -> Optional.empty());
    TimeColumn time = new TimeColumn(at, over.grain, false);
    List<Expr> wanted = new ArrayList<>();
    bounds.from().ifPresent(from -> wanted.add(filters.bound(time, ">=", from)));
    bounds.before().ifPresent(before -> wanted.add(filters.bound(time, "<", before)));
    PlanNode calendar = PlainBranch.filtered(
        over.spines.periods(over.grain, OverTime.GATHERED, branch.dataset(), branch.time(), List.of(), bounds), wanted);
    List<Expr> on = new ArrayList<>(List.of(Expr.call("<=", happened, at)));
    accumulation.window().ifPresent(window -> on.add(Expr.call(">", happened, Times.minus(at, RunningRows.standard(window)))));
    accumulation.toDate()
        .ifPresent(start -> on.add(
            Expr.call(">=", happened, Times.truncate(at, RunningRows.standard(start), over.planning.model().calendar()))));
    return new PlanNode.Join(calendar, rows, PlanNode.Join.Kind.INNER, Expr.and(on));
  }

  /** What was gathered up by longer periods is shifted as such, not day by day. */
  private Stage shifted(Stage own, Branch.Shift shift, Optional<List<Partials>> partials) {
    boolean longer = over.accumulation().isPresent() && own.state() != State.ROWS && shift instanceof Branch.Shift.By
        && ShiftedRows.grain(shift, over).isCoarserThan(own.time().grain());
    Stage stage = longer ? ofLongerPeriods(own, shift, partials) : own;
    ShiftedRows shifted = new ShiftedRows(over, stage.rows(), stage.time());
    PlanNode rows = shifted.plan(shift);
    return new Stage(rows, shifted.time(), stage.state());
  }

  private Stage ofLongerPeriods(Stage own, Branch.Shift shift, Optional<List<Partials>> partials) {
    TimeColumn time = new TimeColumn(own.time().column(), ShiftedRows.grain(shift, over), false);
    List<PlanNode.Named> keys = new ArrayList<>(BranchRows.same(over.keys()));
    keys.add(new PlanNode.Named(OverTime.GATHERED, Times.truncated(own.time(), time.grain(), over.planning)));
    return new Stage(ofPeriods(own, keys, partials), time, own.state());
  }

  private PlanNode aggregated(Stage stage, Optional<List<Partials>> partials) {
    CustomGrains custom = new CustomGrains(over.planning);
    List<Expr> conditions = new ArrayList<>(branch.range(stage.time()));
    over.timeFilters.forEach(filter -> conditions.add(over.onCalendar(filter, stage.time(), custom)));
    if (isAsked(stage.time().grain())) {
      conditions.addAll(ClockChanges.shown(stage.time().column(), stage.time().grain(), over.shownBounds(), over.planning));
    }
    List<PlanNode.Named> keys = new ArrayList<>();
    for (ItemName item : branch.items()) {
      Expr expr = over.timeItems.contains(item) ? OverTime.timeSlot(item, stage.time(), custom).expr(over.planning)
          : Expr.column(item.full());
      keys.add(new PlanNode.Named(item.full(), expr));
    }
    PlanNode kept = PlainBranch.filtered(custom.joinTo(stage.rows(), PlanNode.Join.Kind.LEFT), conditions);
    if (branch.branch().key().nonAdditive().isPresent()) {
      kept = edges(kept, branch.branch().key().nonAdditive().get(), keys);
    }
    Stage last = new Stage(kept, stage.time(), stage.state());
    return needsPeriodValue(stage.time()) ? ofPeriods(last, keys, partials) : values(last, keys, partials);
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
    return SemiAdditive.keepEdge(rows, Expr.column(INSTANT), partition, rule);
  }

  /** The measures' values by the keys. */
  private PlanNode values(Stage stage, List<PlanNode.Named> keys, Optional<List<Partials>> partials) {
    return switch (stage.state()) {
      case ROWS -> new PlanNode.Aggregate(stage.rows(), keys, branch.arguments().overCarried());
      case PARTS -> isByAskedPeriod(stage) ? valued(stage.rows(), keys, partials.orElseThrow())
          : merged(stage.rows(), keys, partials.orElseThrow());
      case VALUES -> {
        List<PlanNode.Named> outputs = new ArrayList<>(keys);
        branch.branch().measures().keySet().forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
        yield new PlanNode.Compute(stage.rows(), outputs);
      }
    };
  }

  /** Whether no two rows with partial results fall into one asked group: each period is shown once, whenever that is. */
  private boolean isByAskedPeriod(Stage stage) {
    return over.keepsOnlyItems() && stage.time().grain() == over.grain && isAsked(over.grain);
  }

  private static PlanNode valued(PlanNode rows, List<PlanNode.Named> keys, List<Partials> partials) {
    List<PlanNode.Named> outputs = new ArrayList<>(keys);
    partials.forEach(one -> outputs.add(one.named()));
    return new PlanNode.Compute(rows, outputs);
  }

  private static PlanNode merged(PlanNode rows, List<PlanNode.Named> keys, List<Partials> partials) {
    PlanNode merged = new PlanNode.Aggregate(rows, keys, Partials.parts(partials).stream().map(Partials.Part::merged).toList());
    if (!Partials.anyComposed(partials)) {
      return merged;
    }
    return valued(merged, BranchRows.same(keys), partials);
  }

  /** A cumulative metric asked only in longer periods than its own: one of the period's values stands for it. */
  private boolean needsPeriodValue(TimeColumn time) {
    return over.accumulation().isPresent() && !isAsked(time.grain());
  }

  private boolean isAsked(TimeGrain grain) {
    return over.timeItems.stream().anyMatch(item -> item.grain().filter(grain::equals).isPresent());
  }

  /** Where every period is shown, instants without rows are among those a value is picked from. */
  private PlanNode everyInstant(PlanNode values, TimeColumn time) {
    return over.picksShownInstants() ? new TimeSpineJoin(branch).ofInstants(values, time.grain(), ONLY_ONE + "#time") : values;
  }

  private PlanNode ofPeriods(Stage stage, List<PlanNode.Named> keys, Optional<List<Partials>> partials) {
    List<PlanNode.Named> fine = new ArrayList<>(keys);
    fine.add(new PlanNode.Named(ONLY_ONE + "#time", stage.time().column()));
    PlanNode values = everyInstant(values(stage, fine, partials), stage.time());
    List<PlanNode.Named> same = BranchRows.same(keys);
    Metric.PeriodAggregation period = over.accumulation().orElseThrow().period();
    if (period == Metric.PeriodAggregation.AVERAGE) {
      return new PlanNode.Aggregate(values, same, branch.branch()
          .measures()
          .keySet()
          .stream()
          .map(name -> PlanNode.Aggregated.of(name, Aggregation.AVERAGE, Expr.column(name)))
          .toList());
    }
    PlanNode numbered = new PlanNode.Window(values,
        List.of(new PlanNode.Windowed(ONLY_ONE, PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1),
            same.stream().map(PlanNode.Named::expr).toList(),
            List.of(new PlanNode.SortKey(Expr.column(ONLY_ONE + "#time"), period == Metric.PeriodAggregation.LAST)),
            new PlanNode.Frame.Whole())));
    List<PlanNode.Named> outputs = new ArrayList<>(same);
    branch.branch().measures().keySet().forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
    return new PlanNode.Compute(new PlanNode.Filter(numbered, Expr.call("=", Expr.column(ONLY_ONE), Expr.number(1))), outputs);
  }
}

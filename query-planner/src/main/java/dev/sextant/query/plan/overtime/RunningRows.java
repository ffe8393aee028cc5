// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Aggregation;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers up what happened by period with window functions: for each combination of keys every period from its first to the last that can see a
 * row, beside the periods with rows, and over both a frame that ends with the period. Periods whose frame holds no rows fall out.
 */
final class RunningRows {
  private static final String AT = "at";
  private static final String FIRST = "first_at";
  private static final String LAST = "last_at";
  private static final Happened.Column ANY = new Happened.Column(OverTime.HAPPENED, PlanNode.WindowFunction.COUNT);
  private static final Expr NOTHING = new Expr.Literal(DataType.NULL, "");

  private final OverTime over;
  private final Optional<TimeWindow> window;
  private final Optional<TimeGrain> toDate;

  RunningRows(OverTime over, Optional<TimeWindow> window, Optional<Grain> toDate) {
    this.over = over;
    this.window = window.map(RunningRows::standard);
    this.toDate = toDate.map(RunningRows::standard);
  }

  static TimeWindow standard(TimeWindow window) {
    return new TimeWindow(window.count(), standard(window.grain()));
  }

  static TimeGrain standard(Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> standard;
      case CustomGrain custom -> throw Problem.of(QueryIssue.UNSUPPORTED,
          "a cumulative metric's window must be of a standard grain, not '" + custom.label() + "'.");
    };
  }

  /** The longer period that a time lies in, if sums begin anew with each. */
  static List<Expr> period(Optional<TimeGrain> toDate, String time, OverTime over) {
    return toDate.map(period -> Times.truncate(Expr.column(time), period, over.planning.model().calendar())).stream().toList();
  }

  /** The last of the periods that a longer one is made of. */
  static Expr lastOf(TimeGrain period, Expr time, OverTime over) {
    return Expr.call("-",
        Expr.call("+", Times.truncate(time, period, over.planning.model().calendar()), new Expr.Interval(1, period)),
        new Expr.Interval(1, over.grain));
  }

  /** The keys, {@code gathered_at} and {@code values} over the gathered columns. */
  PlanNode plan(Happened happened, List<PlanNode.Named> values) {
    PlanNode gathered = window.isEmpty() && !over.hasDeclaredSpine() ? new SteppedRows(over, toDate).plan(happened)
        : overCalendar(happened);
    Map<String, Expr> replacements = new LinkedHashMap<>();
    happened.columns().forEach(column -> replacements.put(column.name(), Expr.column(column.gathered())));
    List<PlanNode.Named> outputs = new ArrayList<>(BranchRows.same(over.keys()));
    outputs.add(new PlanNode.Named(OverTime.GATHERED, Expr.column(OverTime.GATHERED)));
    values.forEach(value -> outputs.add(new PlanNode.Named(value.name(), Value.replaceColumns(value.expr(), replacements))));
    return new PlanNode.Compute(gathered, outputs);
  }

  private PlanNode overCalendar(Happened happened) {
    PlanNode.Shared shared = new PlanNode.Shared("by_" + over.grain.label(), happened.rows());
    List<PlanNode.Named> keys = BranchRows.same(over.keys());
    List<PlanNode.Named> rows = new ArrayList<>(keys);
    List<PlanNode.Named> periods = new ArrayList<>(keys);
    rows.add(new PlanNode.Named(AT, Expr.column(OverTime.HAPPENED)));
    periods.add(new PlanNode.Named(AT, Expr.column(OverTime.GATHERED)));
    Happened.Column presence = happened.presence().orElse(ANY);
    Map<String, Happened.Column> carried = new LinkedHashMap<>();
    carried.put(OverTime.HAPPENED, ANY);
    happened.running().forEach(column -> carried.put(column.name(), column));
    carried.keySet().forEach(name -> {
      rows.add(new PlanNode.Named(name, Expr.column(name)));
      periods.add(new PlanNode.Named(name, NOTHING));
    });
    PlanNode all = new PlanNode.Union(List.of(new PlanNode.Compute(shared, rows),
        new PlanNode.Compute(periods(shared, keys, happened.complete()), periods)));
    Map<String, PlanNode.Windowed> running = new LinkedHashMap<>();
    happened.columns().forEach(column -> running.put(column.name(), running(column, keys)));
    running.put(presence.name(), running(presence, keys));
    PlanNode kept = new PlanNode.Filter(new PlanNode.Window(all, List.copyOf(running.values())),
        Expr.call("and", Expr.call("is null", Expr.column(OverTime.HAPPENED)), presence.isThere()));
    List<PlanNode.Named> outputs = new ArrayList<>(keys);
    outputs.add(new PlanNode.Named(OverTime.GATHERED, Expr.column(AT)));
    happened.columns().forEach(column -> outputs.add(new PlanNode.Named(column.gathered(), Expr.column(column.gathered()))));
    return new PlanNode.Compute(kept, outputs);
  }

  private PlanNode.Windowed running(Happened.Column column, List<PlanNode.Named> keys) {
    List<Expr> partition = new ArrayList<>(keys.stream().map(PlanNode.Named::expr).toList());
    partition.addAll(period(toDate, AT, over));
    return new PlanNode.Windowed(column.gathered(), column.function(), Expr.column(column.name()), partition,
        List.of(new PlanNode.SortKey(Expr.column(AT), false)), frame());
  }

  private PlanNode.Frame frame() {
    return window.<PlanNode.Frame>map(length -> new PlanNode.Frame.Within(reach(length))).orElseGet(PlanNode.Frame.UpTo::new);
  }

  /** How far back the frame reaches: the window is open at its start, and periods are whole. */
  private Expr reach(TimeWindow length) {
    TimeGrain unit = Times.standard(length);
    return Times.periods(length, over.grain)
        .<Expr>map(periods -> new Expr.Interval(periods - 1, over.grain))
        .orElseGet(() -> Expr.call("-", new Expr.Interval(length.count(), unit),
            new Expr.Interval(1, TimeGrain.finer(over.grain, TimeGrain.DAY))));
  }

  /** Every period that can see a row, for each combination of keys. */
  private PlanNode periods(PlanNode.Shared happened, List<PlanNode.Named> keys, boolean complete) {
    PlanNode ends = new PlanNode.Aggregate(happened, keys,
        List.of(PlanNode.Aggregated.of(FIRST, Aggregation.MIN, Expr.column(OverTime.HAPPENED)),
            PlanNode.Aggregated.of(LAST, Aggregation.MAX, Expr.column(OverTime.HAPPENED))));
    LastPeriods open = new LastPeriods(over);
    List<Expr> lasts = new ArrayList<>(lastThatSees().stream().toList());
    lasts.addAll(open.ends());
    Optional<Expr> last = lasts.isEmpty() ? Optional.empty() : Optional.of(LastPeriods.earliest(lasts));
    return over.spines.spread(open.beside(ends, LAST, complete), Expr.column(FIRST), last, over.grain, OverTime.GATHERED,
        over.branch.dataset());
  }

  /** The last period that a combination's last row is gathered up in; none where it always is. */
  private Optional<Expr> lastThatSees() {
    Expr last = Expr.column(LAST);
    return window.<Expr>map(length -> Expr.call("+", last, Times.periods(length, over.grain)
        .<Expr>map(periods -> new Expr.Interval(periods - 1, over.grain))
        .orElseGet(() -> new Expr.Interval(length.count(), Times.standard(length)))))
        .or(() -> toDate.map(period -> lastOf(period, last, over)));
  }
}

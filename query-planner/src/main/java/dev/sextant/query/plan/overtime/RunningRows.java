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
import dev.sextant.query.plan.time.Bounds;
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
  private static final String LATEST = "latest_at";
  private static final Expr NOTHING = new Expr.Literal(DataType.NULL, "");

  private final OverTime over;
  private final Optional<TimeWindow> window;
  private final Optional<TimeGrain> toDate;

  /** A column of what happened, and what gathers it up. */
  record Column(String name, PlanNode.WindowFunction function) {}

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

  /**
   * The keys, {@code gathered_at} and {@code values} over the gathered columns. {@code happened} has the keys, {@code happened_at} and the columns;
   * {@code presence} is more than 0 where the frame holds rows.
   */
  PlanNode plan(PlanNode happened, List<Column> columns, Column presence, List<PlanNode.Named> values) {
    PlanNode.Shared shared = new PlanNode.Shared("by_" + over.grain.label(), happened);
    List<PlanNode.Named> keys = BranchRows.same(over.keys());
    List<PlanNode.Named> rows = new ArrayList<>(keys);
    List<PlanNode.Named> periods = new ArrayList<>(keys);
    rows.add(new PlanNode.Named(AT, Expr.column(OverTime.HAPPENED)));
    periods.add(new PlanNode.Named(AT, Expr.column(OverTime.GATHERED)));
    Map<String, Column> carried = new LinkedHashMap<>();
    carried.put(OverTime.HAPPENED, presence);
    columns.forEach(column -> carried.put(column.name(), column));
    carried.put(presence.name(), presence);
    carried.keySet().forEach(name -> {
      rows.add(new PlanNode.Named(name, Expr.column(name)));
      periods.add(new PlanNode.Named(name, NOTHING));
    });
    PlanNode all = new PlanNode.Union(List.of(new PlanNode.Compute(shared, rows), new PlanNode.Compute(periods(shared, keys), periods)));
    return gathered(all, keys, columns, presence, values);
  }

  private PlanNode gathered(PlanNode all, List<PlanNode.Named> keys, List<Column> columns, Column presence, List<PlanNode.Named> values) {
    Map<String, PlanNode.Windowed> running = new LinkedHashMap<>();
    columns.forEach(column -> running.put(column.name(), running(column, keys)));
    running.putIfAbsent(presence.name(), running(presence, keys));
    PlanNode windowed = new PlanNode.Window(all, List.copyOf(running.values()));
    PlanNode kept = new PlanNode.Filter(windowed, Expr.call("and", Expr.call("is null", Expr.column(OverTime.HAPPENED)),
        Expr.call(">", Expr.column(gathered(presence.name())), Expr.number(0))));
    Map<String, Expr> replacements = new LinkedHashMap<>();
    columns.forEach(column -> replacements.put(column.name(), Expr.column(gathered(column.name()))));
    List<PlanNode.Named> outputs = new ArrayList<>(keys);
    outputs.add(new PlanNode.Named(OverTime.GATHERED, Expr.column(AT)));
    values.forEach(value -> outputs.add(new PlanNode.Named(value.name(), Value.replaceColumns(value.expr(), replacements))));
    return new PlanNode.Compute(kept, outputs);
  }

  private static String gathered(String column) {
    return column + "#gathered";
  }

  private PlanNode.Windowed running(Column column, List<PlanNode.Named> keys) {
    List<Expr> partition = new ArrayList<>(keys.stream().map(PlanNode.Named::expr).toList());
    toDate.ifPresent(period -> partition.add(Times.truncate(Expr.column(AT), period, over.planning.model().calendar())));
    return new PlanNode.Windowed(gathered(column.name()), column.function(), Expr.column(column.name()), partition,
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
  private PlanNode periods(PlanNode.Shared happened, List<PlanNode.Named> keys) {
    PlanNode ends = new PlanNode.Aggregate(happened, keys,
        List.of(PlanNode.Aggregated.of(FIRST, Aggregation.MIN, Expr.column(OverTime.HAPPENED)),
            PlanNode.Aggregated.of(LAST, Aggregation.MAX, Expr.column(OverTime.HAPPENED))));
    List<Expr> lasts = new ArrayList<>(lastThatSees().stream().toList());
    Bounds wanted = over.gatheredBounds();
    wanted.before().ifPresent(before -> lasts.add(Times.literal(over.spines.lastBefore(before, over.grain))));
    boolean declared = over.spines.declared(over.grain, over.branch.dataset().warehouse()).isPresent();
    if (declared || Spines.isShort(wanted, over.grain)) {
      return spread(ends, lasts);
    }
    lasts.add(Expr.column(LATEST));
    return spread(withLatest(ends, keys), lasts);
  }

  private PlanNode spread(PlanNode ends, List<Expr> lasts) {
    Optional<Expr> last = lasts.size() < 2 ? lasts.stream().findFirst() : Optional.of(new Expr.Call("least", lasts));
    return over.spines.spread(ends, Expr.column(FIRST), last, over.grain, OverTime.GATHERED, over.branch.dataset());
  }

  /** The last period that a combination's last row is gathered up in; none where it always is. */
  private Optional<Expr> lastThatSees() {
    Expr last = Expr.column(LAST);
    return window.<Expr>map(length -> Expr.call("+", last, Times.periods(length, over.grain)
        .<Expr>map(periods -> new Expr.Interval(periods - 1, over.grain))
        .orElseGet(() -> new Expr.Interval(length.count(), Times.standard(length)))))
        .or(() -> toDate.map(period -> Expr.call("-",
            Expr.call("+", Times.truncate(last, period, over.planning.model().calendar()), new Expr.Interval(1, period)),
            new Expr.Interval(1, over.grain))));
  }

  private PlanNode withLatest(PlanNode ends, List<PlanNode.Named> keys) {
    if (!over.readsToTheEnd()) {
      return new PlanNode.Join(ends, over.spines.latest(over.grain, LATEST, over.branch.dataset(), over.branch.time()),
          PlanNode.Join.Kind.INNER,
          Expr.and(List.of()));
    }
    if (keys.isEmpty()) {
      return new PlanNode.Compute(ends, List.of(new PlanNode.Named(FIRST, Expr.column(FIRST)), new PlanNode.Named(LAST, Expr.column(LAST)),
          new PlanNode.Named(LATEST, Expr.column(LAST))));
    }
    return new PlanNode.Window(ends,
        List.of(new PlanNode.Windowed(LATEST, PlanNode.WindowFunction.MAX, Expr.column(LAST), List.of(), List.of(),
            new PlanNode.Frame.Whole())));
  }
}

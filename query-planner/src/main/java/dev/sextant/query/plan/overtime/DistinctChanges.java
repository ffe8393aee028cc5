// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A count of distinct values over time as a running sum: a value enters when it is seen and was not still counted, and leaves when the window has
 * passed without seeing it again. Rows without a value enter and leave too, so that what is seen tells where there are rows.
 */
final class DistinctChanges {
  private static final String VALUE = "value";
  private static final String PERIOD = "period";
  private static final String PREVIOUS = "previous_at";
  private static final String NEXT = "next_at";
  private static final String ROWS = "rows_seen";

  private final OverTime over;
  private final String name;
  private final Expr value;

  DistinctChanges(OverTime over, String name, Expr value) {
    this.over = over;
    this.name = name;
    this.value = value;
  }

  /** Whether a window's values leave a fixed number of periods after they were seen. */
  static boolean canCount(Optional<TimeWindow> window, TimeGrain grain) {
    return window.isEmpty() || Times.periods(RunningRows.standard(window.get()), grain).isPresent();
  }

  PlanNode plan(Branch.Accumulation accumulation) {
    Optional<TimeWindow> window = accumulation.window().map(RunningRows::standard);
    Optional<TimeGrain> toDate = accumulation.toDate().map(RunningRows::standard);
    List<Happened.Column> columns = List.of(added(name));
    Happened changes = window.map(length -> new Happened(changes(length), columns, Optional.of(added(ROWS)), false))
        .orElseGet(() -> new Happened(firsts(toDate), columns, Optional.empty(), false));
    return new RunningRows(over, Optional.empty(), accumulation.toDate()).plan(changes,
        List.of(new PlanNode.Named(name, Expr.column(name))));
  }

  private static Happened.Column added(String name) {
    return new Happened.Column(name, PlanNode.WindowFunction.SUM);
  }

  private List<PlanNode.Named> sameKeys() {
    return BranchRows.same(over.keys());
  }

  /** Values counted for good, or until the period ends: only when they are first seen matters. */
  private PlanNode firsts(Optional<TimeGrain> toDate) {
    List<PlanNode.Named> keys = new ArrayList<>(over.keys());
    keys.add(new PlanNode.Named(VALUE, value));
    Expr happened = over.happened().expr();
    toDate.ifPresent(period -> keys.add(new PlanNode.Named(PERIOD, Times.truncate(happened, period, over.planning.model().calendar()))));
    PlanNode firsts = new PlanNode.Aggregate(over.rows(), keys,
        List.of(PlanNode.Aggregated.of(OverTime.HAPPENED, Aggregation.MIN, happened)));
    return new PlanNode.Aggregate(firsts, byInstant(),
        List.of(PlanNode.Aggregated.of(name, Aggregation.COUNT, Expr.column(VALUE))));
  }

  private List<PlanNode.Named> byInstant() {
    List<PlanNode.Named> keys = new ArrayList<>(sameKeys());
    keys.add(new PlanNode.Named(OverTime.HAPPENED, Expr.column(OverTime.HAPPENED)));
    return keys;
  }

  private PlanNode changes(TimeWindow window) {
    List<PlanNode.Named> keys = new ArrayList<>(over.keys());
    keys.add(over.happened());
    keys.add(new PlanNode.Named(VALUE, value));
    PlanNode seen = new PlanNode.Aggregate(over.rows(), keys, List.of());
    List<Expr> partition = new ArrayList<>(sameKeys().stream().map(PlanNode.Named::expr).toList());
    partition.add(Expr.column(VALUE));
    PlanNode.Shared neighbours = new PlanNode.Shared("seen", new PlanNode.Window(seen,
        List.of(neighbour(PREVIOUS, PlanNode.WindowFunction.LAG, partition), neighbour(NEXT, PlanNode.WindowFunction.LEAD, partition))));
    Expr length = new Expr.Interval((long) Times.periods(window, over.grain).orElseThrow(), over.grain);
    Expr happened = Expr.column(OverTime.HAPPENED);
    PlanNode enter = new PlanNode.Filter(neighbours, Expr.call("or", Expr.call("is null", Expr.column(PREVIOUS)),
        Expr.call("<=", Expr.call("+", Expr.column(PREVIOUS), length), happened)));
    PlanNode leave = new PlanNode.Filter(neighbours, Expr.call("or", Expr.call("is null", Expr.column(NEXT)),
        Expr.call(">=", Expr.column(NEXT), Expr.call("+", happened, length))));
    PlanNode all = new PlanNode.Union(List.of(step(enter, happened, 1), step(leave, Expr.call("+", happened, length), -1)));
    return new PlanNode.Aggregate(all, byInstant(),
        List.of(PlanNode.Aggregated.of(name, Aggregation.SUM, Expr.column(name)),
            PlanNode.Aggregated.of(ROWS, Aggregation.SUM, Expr.column(ROWS))));
  }

  private PlanNode.Windowed neighbour(String column, PlanNode.WindowFunction function, List<Expr> partition) {
    return new PlanNode.Windowed(column, function, Expr.column(OverTime.HAPPENED), partition,
        List.of(new PlanNode.SortKey(Expr.column(OverTime.HAPPENED), false)), new PlanNode.Frame.Whole());
  }

  private PlanNode step(PlanNode rows, Expr at, int by) {
    List<PlanNode.Named> outputs = new ArrayList<>(sameKeys());
    outputs.add(new PlanNode.Named(OverTime.HAPPENED, at));
    Expr step = Expr.number(by);
    outputs.add(new PlanNode.Named(name, new Expr.Case(List.of(new Expr.When(Expr.call("is not null", Expr.column(VALUE)), step)),
        Optional.of(new Expr.Literal(DataType.BIGINT, "0")))));
    outputs.add(new PlanNode.Named(ROWS, step));
    return new PlanNode.Compute(rows, outputs);
  }
}

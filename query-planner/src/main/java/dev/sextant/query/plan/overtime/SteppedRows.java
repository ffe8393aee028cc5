// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers up what happened since ever, or since a longer period began, without sorting a calendar: values that only add up change where something
 * happened, so what they are there is shown until the next time.
 */
final class SteppedRows {
  private static final String NEXT = "next_at";
  private static final String LAST = "last_at";

  private final OverTime over;
  private final Optional<TimeGrain> toDate;

  SteppedRows(OverTime over, Optional<TimeGrain> toDate) {
    this.over = over;
    this.toDate = toDate;
  }

  /** The keys, {@code gathered_at} and the gathered columns. */
  PlanNode plan(Happened happened) {
    List<PlanNode.Named> keys = BranchRows.same(over.keys());
    return over.spines.spread(steps(happened, keys), Expr.column(OverTime.HAPPENED), Optional.of(Expr.column(LAST)), over.grain,
        OverTime.GATHERED, over.branch.dataset());
  }

  private PlanNode steps(Happened happened, List<PlanNode.Named> keys) {
    List<Expr> partition = new ArrayList<>(keys.stream().map(PlanNode.Named::expr).toList());
    partition.addAll(RunningRows.period(toDate, OverTime.HAPPENED, over));
    List<PlanNode.Windowed> windows = new ArrayList<>();
    happened.running().forEach(column -> windows.add(window(column, partition)));
    windows.add(new PlanNode.Windowed(NEXT, PlanNode.WindowFunction.LEAD, Expr.column(OverTime.HAPPENED), partition, inOrder(),
        new PlanNode.Frame.Whole()));
    LastPeriods lasts = new LastPeriods(over);
    PlanNode rows = new PlanNode.Window(lasts.beside(happened.rows(), OverTime.HAPPENED, happened.complete()), windows);
    List<PlanNode.Named> outputs = new ArrayList<>(keys);
    outputs.add(new PlanNode.Named(OverTime.HAPPENED, Expr.column(OverTime.HAPPENED)));
    happened.running().forEach(column -> outputs.add(new PlanNode.Named(column.gathered(), Expr.column(column.gathered()))));
    outputs.add(new PlanNode.Named(LAST, last(lasts.ends(), happened.presence().isPresent())));
    PlanNode steps = new PlanNode.Compute(rows, outputs);
    return happened.presence()
        .<PlanNode>map(presence -> new PlanNode.Filter(steps, Expr.call("and", presence.isThere(),
            Expr.call("<=", Expr.column(OverTime.HAPPENED), Expr.column(LAST)))))
        .orElse(steps);
  }

  private static PlanNode.Windowed window(Happened.Column column, List<Expr> partition) {
    return new PlanNode.Windowed(column.gathered(), column.function(), Expr.column(column.name()), partition, inOrder(),
        new PlanNode.Frame.UpTo());
  }

  private static List<PlanNode.SortKey> inOrder() {
    return List.of(new PlanNode.SortKey(Expr.column(OverTime.HAPPENED), false));
  }

  /** The last period that a step is shown in. What tells that something is over may do so after the ends. */
  private Expr last(List<Expr> ends, boolean afterEnds) {
    List<Expr> open = new ArrayList<>(ends);
    toDate.ifPresent(period -> open.add(RunningRows.lastOf(period, Expr.column(OverTime.HAPPENED), over)));
    Expr beforeNext = Expr.call("-", Expr.column(NEXT), new Expr.Interval(1, over.grain));
    List<Expr> closed = new ArrayList<>(List.of(beforeNext));
    if (afterEnds) {
      closed.addAll(ends);
    }
    return new Expr.Case(List.of(new Expr.When(Expr.call("is not null", Expr.column(NEXT)), LastPeriods.earliest(closed))),
        Optional.of(new Expr.Cast(LastPeriods.earliest(open), DataType.TIMESTAMP)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.Grain;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.CustomPeriods;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows shown at other times. A shift by a window works on whole periods of the finest asked grain where that is not coarser than the window's,
 * else on the rows' own grain. A shift to the start of a period shows the period's first asked period where asked periods tile it, else its first
 * instant at each asked period's first instant.
 */
final class ShiftedRows {
  private final OverTime over;
  private final PlanNode rows;
  private final TimeColumn happened;
  private TimeColumn time;

  ShiftedRows(OverTime over, PlanNode rows, TimeColumn happened) {
    this.over = over;
    this.rows = rows;
    this.happened = happened;
    this.time = happened;
  }

  /** The time the rows are shown at, once planned. */
  TimeColumn time() {
    return time;
  }

  PlanNode plan(Branch.Shift shift) {
    TimeGrain at = grain(shift, over);
    return switch (shift) {
      case Branch.Shift.By by -> switch (by.window().grain()) {
        case TimeGrain unit -> by(new TimeWindow(by.window().count(), unit), unit, at);
        case CustomGrain custom -> byPeriods(by.window().count(), custom);
      };
      case Branch.Shift.ToStart start -> toStart(start, at);
    };
  }

  /** The grain of the periods that a shift works on. */
  static TimeGrain grain(Branch.Shift shift, OverTime over) {
    TimeGrain asked = finestAsked(over);
    return switch (shift) {
      case Branch.Shift.By by -> switch (by.window().grain()) {
        case TimeGrain unit -> asked.isCoarserThan(unit) ? over.grain : asked;
        case CustomGrain custom -> custom.base();
      };
      case Branch.Shift.ToStart start -> over.accumulation().isEmpty() && asked.tiles(standard(start.grain())) ? asked : over.grain;
    };
  }

  private static TimeGrain standard(Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> standard;
      case CustomGrain custom ->
          throw Problem.of(QueryIssue.UNSUPPORTED, "offset_to_grain takes a standard grain, not '" + custom.label() + "'.");
    };
  }

  private static TimeGrain finestAsked(OverTime over) {
    boolean hasOther = over.timeItems.stream().anyMatch(item -> item.grain().filter(TimeGrain.class::isInstance).isEmpty());
    return hasOther ? over.grain
        : over.timeItems.stream()
            .flatMap(item -> item.grain().stream())
            .map(TimeGrain.class::cast)
            .reduce(TimeGrain::finer)
            .orElse(over.grain);
  }

  private PlanNode calendar(TimeGrain at, List<Expr> later) {
    return over.spines.periods(at, OverTime.SHOWN, over.branch.dataset(), over.branch.time(), later, over.shownBounds());
  }

  private Expr own(TimeGrain at) {
    return at == happened.grain() ? happened.column() : Times.truncated(happened, at, over.planning);
  }

  /** Where each instant is shown exactly once, that instant is computed; where months differ in length, the calendar tells. */
  private PlanNode by(TimeWindow window, TimeGrain unit, TimeGrain at) {
    time = new TimeColumn(Expr.column(OverTime.SHOWN), at, false);
    Expr length = new Expr.Interval(window.count(), unit);
    boolean declared = over.spines.declared(at, over.branch.dataset().warehouse()).isPresent();
    if (!declared && at.tiles(unit) && Times.periods(window, at).isPresent()) {
      List<PlanNode.Named> outputs = new ArrayList<>();
      rows.columns().forEach(name -> outputs.add(new PlanNode.Named(name, Expr.column(name))));
      outputs.add(new PlanNode.Named(OverTime.SHOWN, Expr.call("+", own(at), length)));
      return new PlanNode.Compute(rows, outputs);
    }
    Expr source = Times.minus(Expr.column(OverTime.SHOWN), window);
    return new PlanNode.Join(calendar(at, List.of(length)), rows, PlanNode.Join.Kind.INNER, Expr.call("=", source, own(at)));
  }

  private PlanNode toStart(Branch.Shift.ToStart start, TimeGrain at) {
    time = new TimeColumn(Expr.column(OverTime.SHOWN), at, false);
    PlanNode calendar = calendar(at, List.of());
    PlanNode firsts = over.accumulation().isPresent() ? calendar : PlainBranch.filtered(calendar, firstsOfAsked(at));
    Expr first = Times.truncate(Expr.column(OverTime.SHOWN), standard(start.grain()), over.planning.model().calendar());
    return new PlanNode.Join(firsts, rows, PlanNode.Join.Kind.INNER, Expr.call("=", first, own(at)));
  }

  private static TimeGrain base(Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> standard;
      case CustomGrain custom -> custom.base();
    };
  }

  /** The condition that an instant is the first of an asked period, unless every instant is one. */
  private List<Expr> firstsOfAsked(TimeGrain at) {
    Expr shown = Expr.column(OverTime.SHOWN);
    List<TimeGrain> asked = over.timeItems.stream()
        .flatMap(item -> item.grain().stream())
        .map(ShiftedRows::base)
        .toList();
    return asked.contains(at) ? List.of()
        : asked.stream()
            .map(grain -> Expr.call("=", Times.truncate(shown, grain, over.planning.model().calendar()), shown))
            .reduce((a, b) -> Expr.call("or", a, b))
            .map(List::of)
            .orElse(List.of());
  }

  /**
   * A shift by custom periods: the n-th instant of a period shows the n-th instant of the period {@code count} before it, or that period's last
   * instant where it is shorter.
   */
  private PlanNode byPeriods(int count, CustomGrain grain) {
    time = new TimeColumn(Expr.column(OverTime.SHOWN), grain.base(), false);
    PlanNode calendar = new CustomPeriods(grain).shiftedBack(count, OverTime.SHOWN, "source_at");
    return new PlanNode.Join(calendar, rows, PlanNode.Join.Kind.INNER, Expr.call("=", Expr.column("source_at"), own(grain.base())));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.ItemName;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows shown at other times. A shift by a window works on whole periods of the finest asked grain where that is not coarser than the window's,
 * else on the rows' own grain; a shift to the start of a period shows the period's first instant at each asked period's first instant.
 */
final class ShiftedRows {
  private final BranchRows branch;
  private final Planning planning;
  private final Spines spines;
  private final List<ItemName> timeItems;
  private final PlanNode rows;
  private final TimeColumn happened;
  private final String shown;
  private TimeColumn time;

  ShiftedRows(BranchRows branch, Spines spines, List<ItemName> timeItems, PlanNode rows, TimeColumn happened, String shown) {
    this.branch = branch;
    this.planning = branch.planning;
    this.spines = spines;
    this.timeItems = timeItems;
    this.rows = rows;
    this.happened = happened;
    this.shown = shown;
    this.time = happened;
  }

  /** The time the rows are shown at, once planned. */
  TimeColumn time() {
    return time;
  }

  PlanNode plan(Branch.Shift shift) {
    return switch (shift) {
      case Branch.Shift.By by -> switch (by.window().grain()) {
        case TimeGrain grain -> by(new TimeWindow(by.window().count(), grain), grain);
        case CustomGrain grain -> byPeriods(by.window().count(), grain);
      };
      case Branch.Shift.ToStart start -> toStart(start);
    };
  }

  private PlanNode by(TimeWindow window, TimeGrain windowGrain) {
    TimeGrain asked = finestAsked(happened.grain());
    TimeGrain at = asked.isCoarserThan(windowGrain) ? happened.grain() : asked;
    time = new TimeColumn(Expr.column(shown), at, false);
    PlanNode calendar = spines.periods(at, shown, branch.dataset, branch.time, List.of(new Expr.Interval(window.count(), windowGrain)));
    Expr source = Times.minus(Expr.column(shown), window);
    Expr own = at == happened.grain() ? happened.column() : Times.truncated(happened, at, planning);
    return new PlanNode.Join(calendar, rows, PlanNode.Join.Kind.INNER, Expr.call("=", source, own));
  }

  private TimeGrain finestAsked(TimeGrain own) {
    boolean hasOther = timeItems.stream().anyMatch(item -> item.grain().filter(TimeGrain.class::isInstance).isEmpty());
    return hasOther ? own
        : timeItems.stream().flatMap(item -> item.grain().stream()).map(TimeGrain.class::cast).reduce(TimeGrain::finer).orElse(own);
  }

  private PlanNode toStart(Branch.Shift.ToStart start) {
    time = new TimeColumn(Expr.column(shown), happened.grain(), false);
    PlanNode calendar = spines.periods(happened.grain(), shown, branch.dataset, branch.time, List.of());
    Expr at = Expr.column(shown);
    List<Expr> firsts = new ArrayList<>();
    boolean everyInstant = branch.branch.key().accumulation().isPresent();
    for (ItemName item : timeItems) {
      if (item.grain().isPresent() && item.grain().get() instanceof TimeGrain asked) {
        everyInstant |= asked == happened.grain();
        firsts.add(Expr.call("=", Times.truncate(at, asked, planning.model().calendar()), at));
      }
    }
    if (!everyInstant && !firsts.isEmpty()) {
      calendar = new PlanNode.Filter(calendar, firsts.stream().reduce((a, b) -> Expr.call("or", a, b)).orElseThrow());
    }
    Expr first = switch (start.grain()) {
      case TimeGrain grain -> Times.truncate(at, grain, planning.model().calendar());
      case CustomGrain custom -> throw dev.sextant.query.Problem.of(dev.sextant.query.QueryIssue.UNSUPPORTED,
          "offset_to_grain takes a standard grain, not '" + custom.label() + "'.");
    };
    return new PlanNode.Join(calendar, rows, PlanNode.Join.Kind.INNER, Expr.call("=", first, happened.column()));
  }

  /**
   * A shift by custom periods: the n-th instant of a period shows the n-th instant of the period {@code count} before it, or that period's last
   * instant where it is shorter.
   */
  private PlanNode byPeriods(int count, CustomGrain grain) {
    time = new TimeColumn(Expr.column(shown), grain.base(), false);
    PlanNode calendar = new CustomPeriods(grain).shiftedBack(count, shown, "source_at");
    Expr own = grain.base() == happened.grain() ? happened.column() : Times.truncated(happened, grain.base(), planning);
    return new PlanNode.Join(calendar, rows, PlanNode.Join.Kind.INNER, Expr.call("=", Expr.column("source_at"), own));
  }
}

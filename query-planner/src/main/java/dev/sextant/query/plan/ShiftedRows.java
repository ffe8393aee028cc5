// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;

/**
 * Rows shown at other times. A shift by a window works on whole periods of the finest asked grain where that is not coarser than the window's,
 * else on the rows' own grain. A shift to the start of a period shows the period's first asked period where asked periods tile it, else its first
 * instant at each asked period's first instant.
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
    TimeGrain period = switch (start.grain()) {
      case TimeGrain grain -> grain;
      case CustomGrain custom ->
          throw Problem.of(QueryIssue.UNSUPPORTED, "offset_to_grain takes a standard grain, not '" + custom.label() + "'.");
    };
    boolean gathered = branch.branch.key().accumulation().isPresent();
    TimeGrain asked = finestAsked(happened.grain());
    TimeGrain at = !gathered && asked.tiles(period) ? asked : happened.grain();
    time = new TimeColumn(Expr.column(shown), at, false);
    PlanNode calendar = spines.periods(at, shown, branch.dataset, branch.time, List.of());
    PlanNode firsts = gathered ? calendar : PlainBranch.filtered(calendar, firstsOfAsked(at));
    Expr own = at == happened.grain() ? happened.column() : Times.truncated(happened, at, planning);
    Expr first = Times.truncate(Expr.column(shown), period, planning.model().calendar());
    return new PlanNode.Join(firsts, rows, PlanNode.Join.Kind.INNER, Expr.call("=", first, own));
  }

  /** The condition that an instant is the first of an asked period, unless every instant is one. */
  private List<Expr> firstsOfAsked(TimeGrain at) {
    List<TimeGrain> asked = timeItems.stream()
        .flatMap(item -> item.grain().stream())
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .toList();
    return asked.contains(at) ? List.of()
        : asked.stream()
            .map(grain -> Expr.call("=", Times.truncate(Expr.column(shown), grain, planning.model().calendar()), Expr.column(shown)))
            .reduce((a, b) -> Expr.call("or", a, b))
            .map(List::of)
            .orElse(List.of());
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

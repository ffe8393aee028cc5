// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.List;

/** How far what is gathered up is shown: to the end of the asked range and, where that is open, to the last period of the data. */
final class LastPeriods {
  private static final String LATEST = "latest_at";

  private final OverTime over;
  private final Bounds wanted;
  private final boolean open;

  LastPeriods(OverTime over) {
    this.over = over;
    this.wanted = over.gatheredBounds();
    this.open = !over.hasDeclaredSpine() && !Spines.isShort(wanted, over.grain);
  }

  /** The last periods, of which the earliest counts, over the columns of {@link #beside}; none where a declared calendar tells. */
  List<Expr> ends() {
    List<Expr> ends = new ArrayList<>();
    wanted.before().ifPresent(before -> ends.add(Times.literal(over.spines.lastBefore(before, over.grain))));
    if (open) {
      ends.add(Expr.column(LATEST));
    }
    return ends;
  }

  /** The rows with the last period of the data, if that matters; the last one in {@code happened} is, if they are all and {@code complete}. */
  PlanNode beside(PlanNode rows, String happened, boolean complete) {
    if (!open) {
      return rows;
    }
    return complete && over.readsToTheEnd()
        ? new PlanNode.Window(rows, List.of(new PlanNode.Windowed(LATEST, PlanNode.WindowFunction.MAX, Expr.column(happened), List.of(),
            List.of(), new PlanNode.Frame.Whole())))
        : new PlanNode.Join(rows, over.spines.latest(over.grain, LATEST, over.branch.dataset(), over.branch.time()),
            PlanNode.Join.Kind.INNER, Expr.and(List.of()));
  }

  /** The earliest of several times. */
  static Expr earliest(List<Expr> times) {
    return times.size() == 1 ? times.getFirst() : new Expr.Call("least", times);
  }
}

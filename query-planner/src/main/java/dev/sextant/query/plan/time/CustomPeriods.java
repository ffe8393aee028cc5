// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.Aggregation;
import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import java.util.List;

/** Calendar steps by periods of a custom grain, which may have any lengths. */
public final class CustomPeriods {
  private static final String PERIOD = "period";
  private static final String PLACE = "place";

  private final CustomGrain grain;

  public CustomPeriods(CustomGrain grain) {
    this.grain = grain;
  }

  /** Each instant of the spine in {@code at}, and in {@code source} the instant at the same place {@code count} periods before. */
  public PlanNode shiftedBack(int count, String at, String source) {
    PlanNode spine = new PlanNode.Spine(grain.spine(),
        List.of(new PlanNode.Named(at, Expr.column(grain.spine().column())), new PlanNode.Named(PERIOD, Expr.column(grain.column()))));
    PlanNode placed = new PlanNode.Window(spine, List.of(new PlanNode.Windowed(PLACE, PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1),
        List.of(Expr.column(PERIOD)), List.of(new PlanNode.SortKey(Expr.column(at), false)), new PlanNode.Frame.Whole())));
    PlanNode joined = new PlanNode.Join(placed, periods(count), PlanNode.Join.Kind.INNER,
        Expr.call("=", Expr.column(PERIOD), Expr.column("this_period")));
    PlanNode instants = renamed();
    Expr wanted = Expr.call("least", Expr.column(PLACE), Expr.column("source_length"));
    PlanNode matched = new PlanNode.Join(joined, instants, PlanNode.Join.Kind.INNER,
        Expr.call("and", Expr.call("=", Expr.column("source_period"), Expr.column("of_period")),
            Expr.call("=", wanted, Expr.column("of_place"))));
    return new PlanNode.Compute(matched,
        List.of(new PlanNode.Named(at, Expr.column(at)), new PlanNode.Named(source, Expr.column("of_instant"))));
  }

  /** Each period with the period {@code count} before it and that period's length. */
  private PlanNode periods(int count) {
    PlanNode spine = new PlanNode.Spine(grain.spine(),
        List.of(new PlanNode.Named("instant", Expr.column(grain.spine().column())),
            new PlanNode.Named("this_period", Expr.column(grain.column()))));
    PlanNode lengths = new PlanNode.Aggregate(spine, List.of(new PlanNode.Named("this_period", Expr.column("this_period"))),
        List.of(PlanNode.Aggregated.of("first_instant", Aggregation.MIN, Expr.column("instant")),
            PlanNode.Aggregated.of("length", Aggregation.COUNT, Expr.column("instant"))));
    PlanNode numbered = new PlanNode.Window(lengths,
        List.of(new PlanNode.Windowed("number", PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1),
            List.of(), List.of(new PlanNode.SortKey(Expr.column("first_instant"), false)), new PlanNode.Frame.Whole())));
    PlanNode before = new PlanNode.Compute(numbered,
        List.of(new PlanNode.Named("source_period", Expr.column("this_period")), new PlanNode.Named("source_length", Expr.column("length")),
            new PlanNode.Named("source_number", Expr.column("number"))));
    PlanNode now = new PlanNode.Compute(numbered,
        List.of(new PlanNode.Named("this_period", Expr.column("this_period")), new PlanNode.Named("number", Expr.column("number"))));
    return new PlanNode.Join(now, before, PlanNode.Join.Kind.INNER,
        Expr.call("=", Expr.column("source_number"), Expr.call("-", Expr.column("number"), Expr.number(count))));
  }

  private PlanNode renamed() {
    PlanNode spine = new PlanNode.Spine(grain.spine(),
        List.of(new PlanNode.Named("of_instant", Expr.column(grain.spine().column())),
            new PlanNode.Named("of_period", Expr.column(grain.column()))));
    return new PlanNode.Window(spine, List.of(new PlanNode.Windowed("of_place", PlanNode.WindowFunction.ROW_NUMBER, Expr.number(1),
        List.of(Expr.column("of_period")), List.of(new PlanNode.SortKey(Expr.column("of_instant"), false)), new PlanNode.Frame.Whole())));
  }
}

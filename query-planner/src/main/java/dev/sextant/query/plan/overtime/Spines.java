// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.FactRows;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Calendars: a declared spine where there is one, else a generated one from the first to the last instant of the data. */
final class Spines {
  private static final String RAW = "spine_time";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final int MOST_PERIODS = 200_000;

  private final Planning planning;

  Spines(Planning planning) {
    this.planning = planning;
  }

  /**
   * Every period of {@code grain} in {@code column}, each once. A generated calendar has those of {@code wanted} where that is closed, else those
   * of the data; {@code later} is how much further than the data it goes.
   */
  PlanNode periods(TimeGrain grain, String column, Dataset dataset, Optional<Dimension.Time> time, List<Expr> later, Bounds wanted) {
    return periods(grain, column, List.of(new FactRows(planning, dataset, time)), later, wanted);
  }

  /** The same for what is made of several datasets of one warehouse: the data begins and ends where any of them does. */
  PlanNode periods(TimeGrain grain, String column, List<FactRows> data, List<Expr> later, Bounds wanted) {
    return declared(grain, data.getFirst().base().warehouse()).map(spine -> fromTable(spine, grain, column))
        .orElseGet(() -> isShort(wanted, grain) ? of(wanted, grain, column) : generated(grain, column, data, later));
  }

  /** Each row once for every period of {@code grain} from {@code first} to {@code last}, if there is a last one, in {@code column}. */
  PlanNode spread(PlanNode rows, Expr first, Optional<Expr> last, TimeGrain grain, String column, Dataset dataset) {
    return declared(grain, dataset.warehouse()).<PlanNode>map(spine -> {
      List<Expr> on = new ArrayList<>(List.of(Expr.call(">=", Expr.column(column), first)));
      last.ifPresent(end -> on.add(Expr.call("<=", Expr.column(column), end)));
      return new PlanNode.Join(rows, fromTable(spine, grain, column), PlanNode.Join.Kind.INNER, Expr.and(on));
    }).orElseGet(() -> new PlanNode.Calendar(rows, rows.columns(), first, last.orElseThrow(), grain, column));
  }

  /** Whether a calendar of these periods can be generated without a thought. */
  static boolean isShort(Bounds wanted, TimeGrain grain) {
    return wanted.isClosed()
        && !wanted.before().orElseThrow().isAfter(Times.plus(wanted.from().orElseThrow(), MOST_PERIODS, grain));
  }

  /** The last period that starts before {@code end}. */
  LocalDateTime lastBefore(LocalDateTime end, TimeGrain grain) {
    return Times.floor(end.minusNanos(1), grain, planning.model().calendar());
  }

  private PlanNode of(Bounds wanted, TimeGrain grain, String column) {
    LocalDateTime first = Times.floor(wanted.from().orElseThrow(), grain, planning.model().calendar());
    LocalDateTime last = lastBefore(wanted.before().orElseThrow(), grain);
    return new PlanNode.Calendar(new PlanNode.OneRow(), List.of(), Times.literal(first), Times.literal(last), grain, column);
  }

  /** The declared spine with the coarsest grain that still tiles {@code grain}. */
  Optional<TimeSpine> declared(TimeGrain grain, String warehouse) {
    return planning.model()
        .timeSpines()
        .stream()
        .filter(spine -> spine.warehouse().equals(warehouse) && spine.grain().tiles(grain))
        .max(Comparator.comparing(TimeSpine::grain));
  }

  private PlanNode fromTable(TimeSpine spine, TimeGrain grain, String column) {
    if (spine.grain() == grain) {
      return new PlanNode.Spine(spine, List.of(new PlanNode.Named(column, Expr.column(spine.column()))));
    }
    PlanNode rows = new PlanNode.Spine(spine, List.of(new PlanNode.Named(RAW, Expr.column(spine.column()))));
    Expr period = Times.truncate(Expr.column(RAW), grain, planning.model().calendar());
    return new PlanNode.Aggregate(rows, List.of(new PlanNode.Named(column, period)), List.of());
  }

  private PlanNode generated(TimeGrain grain, String column, List<FactRows> data, List<Expr> later) {
    PlanNode ends = ends(data.getFirst(), FIRST, LAST);
    Expr first = truncated(FIRST, data.getFirst(), grain);
    Expr last = truncated(LAST, data.getFirst(), grain);
    for (int i = 1; i < data.size(); i++) {
      ends = new PlanNode.Join(ends, ends(data.get(i), FIRST + i, LAST + i), PlanNode.Join.Kind.INNER, Expr.and(List.of()));
      first = either("least", first, truncated(FIRST + i, data.get(i), grain));
      last = either("greatest", last, truncated(LAST + i, data.get(i), grain));
    }
    for (Expr interval : later) {
      last = Times.truncate(Expr.call("+", last, interval), grain, planning.model().calendar());
    }
    return new PlanNode.Calendar(ends, List.of(), first, last, grain, column);
  }

  private static PlanNode ends(FactRows rows, String first, String last) {
    Expr instant = rows.metricTime().column();
    return new PlanNode.Aggregate(rows.build(), List.of(),
        List.of(PlanNode.Aggregated.of(first, Aggregation.MIN, instant), PlanNode.Aggregated.of(last, Aggregation.MAX, instant)));
  }

  private Expr truncated(String column, FactRows rows, TimeGrain grain) {
    return Times.truncated(new TimeColumn(Expr.column(column), rows.metricTime().grain(), true), grain, planning);
  }

  /** One of two times; where one is NULL the other, which not every warehouse takes by itself. */
  private static Expr either(String function, Expr a, Expr b) {
    return Expr.call(function, Expr.call("coalesce", a, b), Expr.call("coalesce", b, a));
  }

  /** The one row of the last period of the data, in {@code column}. */
  PlanNode latest(TimeGrain grain, String column, Dataset dataset, Optional<Dimension.Time> time) {
    FactRows rows = new FactRows(planning, dataset, time);
    TimeColumn instants = rows.metricTime();
    PlanNode end = new PlanNode.Aggregate(rows.build(), List.of(),
        List.of(PlanNode.Aggregated.of(column, Aggregation.MAX, instants.column())));
    return new PlanNode.Compute(end,
        List.of(new PlanNode.Named(column, truncated(column, rows, grain))));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Calendars: a declared spine where there is one, else a generated one from the first to the last instant of the data. */
final class Spines {
  private static final String RAW = "spine_time";

  private final Planning planning;

  Spines(Planning planning) {
    this.planning = planning;
  }

  /**
   * Every period of {@code grain} in {@code column}, each once. {@code later} is how much further than the data a generated calendar goes.
   */
  PlanNode periods(TimeGrain grain, String column, Dataset dataset, Optional<Dimension.Time> time, List<Expr> later) {
    return declared(grain, dataset.warehouse()).map(spine -> fromTable(spine, grain, column))
        .orElseGet(() -> generated(grain, column, dataset, time, later));
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

  private PlanNode generated(TimeGrain grain, String column, Dataset dataset, Optional<Dimension.Time> time, List<Expr> later) {
    FactRows rows = new FactRows(planning, dataset, time);
    TimeColumn instants = rows.metricTime();
    PlanNode bounds = new PlanNode.Aggregate(rows.build(), List.of(),
        List.of(PlanNode.Aggregated.of("first", Aggregation.MIN, instants.column()),
            PlanNode.Aggregated.of("last", Aggregation.MAX, instants.column())));
    Expr first = Times.truncated(new TimeColumn(Expr.column("first"), instants.grain(), true), grain, planning);
    Expr last = Times.truncated(new TimeColumn(Expr.column("last"), instants.grain(), true), grain, planning);
    for (Expr interval : later) {
      last = Times.truncate(Expr.call("+", last, interval), grain, planning.model().calendar());
    }
    return new PlanNode.Calendar(
        new PlanNode.Compute(bounds, List.of(new PlanNode.Named("first", first), new PlanNode.Named("last", last))), grain, column);
  }

  /** The custom grain's spine with each row's place in its period, to shift by whole periods. */
  List<PlanNode.Named> raw(TimeSpine spine, List<String> columns) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    outputs.add(new PlanNode.Named(RAW, Expr.column(spine.column())));
    columns.forEach(column -> outputs.add(new PlanNode.Named(column, Expr.column(column))));
    return outputs;
  }
}

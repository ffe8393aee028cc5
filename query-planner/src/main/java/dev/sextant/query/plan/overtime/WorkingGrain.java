// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Calendar;
import dev.sextant.model.Grain;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Ranges;
import dev.sextant.query.plan.time.Times;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The grain of the periods that a branch over time works on: days, or finer where the question, its filters or the metric's own window ask for it
 * and the data has it. Over a rollup's groups it is the asked one where that is longer and whole periods give the same: what is shown later by such
 * periods, and what adds up to the last of them. Coarse rollups have no others.
 */
final class WorkingGrain {
  private final OverTime over;
  private final Branch.Key key;

  private WorkingGrain(OverTime over) {
    this.over = over;
    this.key = over.branch.branch().key();
  }

  /** Rows are aggregated by day first: truncating the times of all of them to longer periods takes a warehouse three times as long. */
  static TimeGrain ofRows(OverTime over) {
    return new WorkingGrain(over).usual();
  }

  static TimeGrain ofGroups(OverTime over) {
    WorkingGrain grain = new WorkingGrain(over);
    return grain.longer().orElseGet(grain::usual);
  }

  private TimeGrain usual() {
    BranchRows branch = over.branch;
    List<Grain> grains = new ArrayList<>();
    over.timeItems.forEach(item -> item.grain().ifPresent(grains::add));
    over.timeFilters.forEach(filter -> FilterExprs.items(filter, over.planning)
        .stream()
        .filter(branch.rows()::isMetricTime)
        .forEach(item -> item.grain().ifPresent(grains::add)));
    key.accumulation().flatMap(Branch.Accumulation::window).map(TimeWindow::grain).ifPresent(grains::add);
    key.accumulation().flatMap(Branch.Accumulation::toDate).ifPresent(grains::add);
    key.shift().map(WorkingGrain::unit).ifPresent(grains::add);
    TimeGrain finest = standard(grains.stream()).reduce(TimeGrain.DAY, TimeGrain::finer);
    return TimeGrain.coarser(branch.rows().metricTime().grain(), finest);
  }

  private static Grain unit(Branch.Shift shift) {
    return switch (shift) {
      case Branch.Shift.By by -> by.window().grain();
      case Branch.Shift.ToStart start -> start.grain();
    };
  }

  private static Stream<TimeGrain> standard(Stream<Grain> grains) {
    return grains.filter(TimeGrain.class::isInstance).map(TimeGrain.class::cast);
  }

  private Optional<TimeGrain> longer() {
    List<TimeGrain> asked = standard(over.timeItems.stream().flatMap(item -> item.grain().stream())).toList();
    boolean plain = key.nonAdditive().isEmpty() && key.everyPeriod().isEmpty() && over.timeFilters.isEmpty()
        && asked.size() == over.timeItems.size()
        && over.spines.declared(TimeGrain.DAY, over.branch.dataset().warehouse()).isEmpty();
    return plain ? asked.stream()
        .reduce(TimeGrain::finer)
        .filter(grain -> grain.isCoarserThan(usual()) && asked.stream().allMatch(grain::tiles) && givesTheSame(grain) && isWhole(grain))
        : Optional.empty();
  }

  private boolean givesTheSame(TimeGrain grain) {
    if (key.shift().isPresent()) {
      return key.accumulation().isEmpty() && key.shift().get() instanceof Branch.Shift.By by
          && by.window().grain() instanceof TimeGrain unit && !grain.isCoarserThan(unit);
    }
    return key.accumulation()
        .filter(gathering -> gathering.window().isEmpty() && gathering.period() == Metric.PeriodAggregation.LAST
            && gathering.toDate().stream().allMatch(start -> start instanceof TimeGrain standard && grain.tiles(standard)))
        .filter(gathering -> over.branch.branch().measures().values().stream().allMatch(measure -> measure.aggregation().merges()))
        .isPresent();
  }

  /** Whether the asked range is made of whole periods. */
  private boolean isWhole(TimeGrain grain) {
    Calendar calendar = over.planning.model().calendar();
    Bounds asked = over.planning.range().map(range -> Bounds.of(Ranges.span(range, grain, over.planning))).orElse(Bounds.NONE);
    Stream<LocalDateTime> ends = Stream.concat(asked.from().stream(), asked.before().stream());
    return ends.allMatch(end -> Times.floor(end, grain, calendar).equals(end));
  }
}

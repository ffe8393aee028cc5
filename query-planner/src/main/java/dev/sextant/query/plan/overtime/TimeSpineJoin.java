// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.branch.Value;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.ClockChanges;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import dev.sextant.query.plan.time.TimeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds a row for every asked period without data. Filters on time alone and the range cut the calendar; what is asked of other asked items is
 * applied again, since the new rows have no values for them.
 */
final class TimeSpineJoin {
  private static final String AT = "calendar_at";

  private final BranchRows branch;
  private final Planning planning;

  TimeSpineJoin(BranchRows branch) {
    this.branch = branch;
    this.planning = branch.planning();
  }

  /** Joins what was aggregated by the asked periods. */
  PlanNode plan(PlanNode aggregated) {
    return joined(aggregated, grain(branch.timeItems()), branch.timeItems().stream().map(ItemName::full).toList(), Optional.empty());
  }

  /** Joins the values of instants of {@code grain}, which are in {@code instant}. */
  PlanNode ofInstants(PlanNode values, TimeGrain grain, String instant) {
    return joined(values, grain, List.of(instant), Optional.of(instant));
  }

  private PlanNode joined(PlanNode values, TimeGrain grain, List<String> matched, Optional<String> instant) {
    PlanNode joined = new PlanNode.Join(spine(grain, instant), values, PlanNode.Join.Kind.LEFT,
        Expr.and(matched.stream().map(name -> Expr.call("=", Expr.column(onCalendar(name)), Expr.column(name))).toList()));
    List<PlanNode.Named> outputs = new ArrayList<>();
    branch.items()
        .forEach(item -> outputs.add(new PlanNode.Named(item.full(),
            Expr.column(branch.timeItems().contains(item) ? onCalendar(item.full()) : item.full()))));
    instant.ifPresent(name -> outputs.add(new PlanNode.Named(name, Expr.column(onCalendar(name)))));
    branch.branch()
        .measures()
        .keySet()
        .forEach(name -> outputs.add(new PlanNode.Named(name, instant.isPresent() ? filled(name) : Expr.column(name))));
    List<Expr> shown = matched.stream()
        .filter(name -> instant.isPresent() || ItemName.parse(name, planning.model()).grain().filter(grain::equals).isPresent())
        .findFirst()
        .map(name -> ClockChanges.knownOrShown(Expr.column(name), Expr.column(onCalendar(name)), grain, wanted(grain), planning))
        .orElse(List.of());
    return PlainBranch.filtered(new PlanNode.Compute(PlainBranch.filtered(joined, shown), outputs), onOtherItems());
  }

  private static String onCalendar(String column) {
    return column + "#calendar";
  }

  private Expr filled(String measure) {
    Expr value = Expr.column(measure);
    return branch.branch()
        .key()
        .everyPeriod()
        .flatMap(Branch.EveryPeriod::fill)
        .map(fill -> Expr.call("coalesce", value, Value.number(fill)))
        .orElse(value);
  }

  /** The asked periods of the calendar, and its instants where these are wanted. */
  private PlanNode spine(TimeGrain grain, Optional<String> instant) {
    CustomGrains custom = new CustomGrains(planning);
    TimeColumn time = new TimeColumn(Expr.column(AT), grain, false);
    List<Expr> conditions = new ArrayList<>(branch.range(time));
    branch.branch()
        .key()
        .filters()
        .stream()
        .filter(this::isOnTimeAlone)
        .forEach(filter -> conditions.add(new FilterExprs(planning, node -> node instanceof Expr.Column column
            ? Optional.of(OverTime.timeSlot(ItemName.parse(column.name(), planning.model()), time, custom))
            : Optional.empty()).translate(filter)));
    List<PlanNode.Named> periods = new ArrayList<>();
    branch.timeItems()
        .forEach(item -> periods.add(new PlanNode.Named(onCalendar(item.full()),
            OverTime.timeSlot(item, time, custom).expr(planning))));
    instant.ifPresent(name -> periods.add(new PlanNode.Named(onCalendar(name), Expr.column(AT))));
    PlanNode calendar = new Spines(planning).periods(grain, AT, branch.dataset(), branch.time(), List.of(), wanted(grain));
    return new PlanNode.Aggregate(PlainBranch.filtered(custom.joinTo(calendar, PlanNode.Join.Kind.LEFT), conditions), periods, List.of());
  }

  private Bounds wanted(TimeGrain grain) {
    return planning.range().map(range -> Bounds.of(Ranges.span(range, grain, planning))).orElse(Bounds.NONE);
  }

  private TimeGrain grain(List<ItemName> timeItems) {
    TimeGrain own = branch.rows().metricTime().grain();
    TimeGrain finest = TimeGrain.YEAR;
    for (ItemName item : timeItems) {
      TimeGrain needed = item.part().isPresent() ? TimeGrain.DAY : switch (item.grain().orElse(own)) {
        case TimeGrain standard -> standard;
        case CustomGrain grain -> grain.base();
      };
      finest = TimeGrain.finer(finest, needed);
    }
    return TimeGrain.finer(finest, TimeGrain.coarser(own, TimeGrain.DAY));
  }

  private boolean isOnTimeAlone(Expr filter) {
    List<ItemName> names = FilterExprs.items(filter, planning);
    return !names.isEmpty() && names.stream().allMatch(branch.rows()::isMetricTime) && !hasMetric(filter);
  }

  private static boolean hasMetric(Expr filter) {
    boolean[] found = {false};
    filter.visit(node -> found[0] |= node instanceof Expr.Member);
    return found[0];
  }

  private List<Expr> onOtherItems() {
    List<Expr> conditions = new ArrayList<>();
    List<Expr> own = branch.branch().key().everyPeriod().map(Branch.EveryPeriod::ownFilters).orElse(List.of());
    for (Expr filter : branch.branch().key().filters()) {
      List<ItemName> names = FilterExprs.items(filter, planning);
      boolean asked = !own.contains(filter) && !names.isEmpty() && !hasMetric(filter)
          && names.stream().noneMatch(branch.rows()::isMetricTime)
          && names.stream().allMatch(name -> column(name).isPresent());
      if (asked) {
        conditions.add(filter.rewrite(node -> node instanceof Expr.Column column
            ? Expr.column(column(ItemName.parse(column.name(), planning.model())).orElseThrow())
            : node));
      }
    }
    return conditions;
  }

  /** The asked item's column that holds what a filter names. */
  private Optional<String> column(ItemName name) {
    return branch.items()
        .stream()
        .filter(item -> ("__" + item.base()).endsWith("__" + name.base())
            && (name.grain().isEmpty() || name.grain().equals(item.grain())) && name.part().equals(item.part()))
        .map(ItemName::full)
        .findFirst();
  }
}

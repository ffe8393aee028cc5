// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.CustomGrains;
import dev.sextant.query.plan.time.FilterExprs;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A branch beside the same one shown later by asked periods: rows are aggregated by period once, for all of them. */
public final class PeriodsOnce {
  private final Planning planning;
  private final List<ItemName> items;
  private final Map<Integer, BranchRows> branches = new LinkedHashMap<>();
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final BranchRows all;

  private PeriodsOnce(Planning planning, List<ItemName> items, MetricTables tables, Branch.Key key, Map<Integer, Branch> alike) {
    this.planning = planning;
    this.items = items;

    Branch together = new Branch(key);
    alike.forEach((part, branch) -> {
      branches.put(part, new BranchRows(planning, branch, items, tables));
      branch.measures().forEach((name, measure) -> columns.put(name, together.add(measure, name)));
    });
    this.all = new BranchRows(planning, together, items, tables);
  }

  /** The plans of those branches, by their places, that need not read rows of their own. */
  public static Map<Integer, PlanNode> plan(Planning planning, Map<Integer, Branch> branches, List<ItemName> items, MetricTables tables) {
    Map<Branch.Key, Map<Integer, Branch>> alike = new LinkedHashMap<>();
    branches.forEach((part, branch) -> {
      Branch.Key key = branch.key().unshifted();
      if (key.isPlain() && key.groupsRowsOnce(items, planning)) {
        alike.computeIfAbsent(key, any -> new LinkedHashMap<>()).put(part, branch);
      }
    });
    Map<Integer, PlanNode> plans = new LinkedHashMap<>();
    alike.forEach((key, some) -> {
      if (some.size() > 1) {
        plans.putAll(new PeriodsOnce(planning, items, tables, key, some).plans());
      }
    });
    return plans;
  }

  private Map<Integer, PlanNode> plans() {
    Optional<TimeGrain> grain = grain();
    Optional<List<Partials>> partials = all.partials().filter(parts -> !Partials.anyComposed(parts));
    Map<Integer, PlanNode> plans = new LinkedHashMap<>();
    if (grain.isPresent() && partials.isPresent()) {
      grouped(grain.get(), partials.get())
          .ifPresent(periods -> branches.forEach((part, branch) -> plans.put(part, plan(branch, periods, grain.get()))));
    }
    return plans;
  }

  /** The grain of the periods that all of the branches work on; the asked range is in whole ones. */
  private Optional<TimeGrain> grain() {
    List<Optional<TimeGrain>> grains = branches.values()
        .stream()
        .filter(branch -> branch.branch().key().shift().isPresent())
        .map(branch -> new OverTime(branch).periods())
        .distinct()
        .toList();
    return grains.size() == 1
        ? grains.getFirst().filter(grain -> planning.range().isEmpty() || planning.rangeGrain().equals(grains.getFirst()))
        : Optional.empty();
  }

  private Optional<PlanNode.Shared> grouped(TimeGrain grain, List<Partials> partials) {
    List<PlanNode.Named> keys = new ArrayList<>();
    all.otherItems().forEach(item -> keys.add(new PlanNode.Named(item.full(), all.slot(item).expr(planning))));
    keys.add(new PlanNode.Named(OverTime.HAPPENED, Times.truncated(all.rows().metricTime(), grain, planning)));
    List<Expr> conditions = new ArrayList<>();
    all.branch().key().filters().forEach(filter -> conditions.add(all.condition(filter)));
    conditions.addAll(range());
    if (all.rows().fansOut()) {
      return Optional.empty();
    }
    PlanNode rows = PlainBranch.filtered(all.rows().build(), conditions);
    return Optional.of(new PlanNode.Shared("by_" + grain.label(),
        new PlanNode.Aggregate(rows, keys, Partials.parts(partials).stream().map(Partials.Part::overRows).toList())));
  }

  /** The condition that one of the branches sees a row. */
  private List<Expr> range() {
    List<Bounds> stretches = Bounds.joined(branches.values().stream().map(branch -> new OverTime(branch).happenedBounds()).toList());
    FilterExprs filters = new FilterExprs(planning, node -> Optional.empty());
    TimeColumn time = all.rows().metricTime();
    return stretches.contains(Bounds.NONE) ? List.of()
        : stretches.stream()
            .map(one -> Expr.and(List.of(one.from().map(from -> filters.bound(time, ">=", from)),
                one.before().map(before -> filters.bound(time, "<", before))).stream().flatMap(Optional::stream).toList()))
            .reduce((a, b) -> Expr.call("or", a, b))
            .map(List::of)
            .orElse(List.of());
  }

  private PlanNode plan(BranchRows branch, PlanNode.Shared periods, TimeGrain grain) {
    return branch.branch().key().shift().isPresent() ? new OverTimeBranch(branch).planOf(own(branch, periods))
        : plain(branch, periods, grain);
  }

  /** The periods with a branch's own names for its measures; rows without a time are shown at no other. */
  private PlanNode own(BranchRows branch, PlanNode.Shared periods) {
    List<PlanNode.Named> outputs = new ArrayList<>();
    all.otherItems().forEach(item -> outputs.add(new PlanNode.Named(item.full(), Expr.column(item.full()))));
    outputs.add(new PlanNode.Named(OverTime.HAPPENED, Expr.column(OverTime.HAPPENED)));
    outputs.addAll(measures(branch));
    PlanNode dated = new PlanNode.Filter(periods, Expr.call("is not null", Expr.column(OverTime.HAPPENED)));
    return new PlanNode.Compute(dated, outputs);
  }

  private List<PlanNode.Named> measures(BranchRows branch) {
    return branch.branch()
        .measures()
        .keySet()
        .stream()
        .map(name -> new PlanNode.Named(name, Expr.column(Objects.requireNonNull(columns.get(name)))))
        .toList();
  }

  /** The periods that are shown when they happened. */
  private PlanNode plain(BranchRows branch, PlanNode.Shared periods, TimeGrain grain) {
    TimeColumn time = new TimeColumn(Expr.column(OverTime.HAPPENED), grain, false);
    CustomGrains none = new CustomGrains(planning);
    List<PlanNode.Named> outputs = new ArrayList<>();
    items.forEach(item -> outputs.add(new PlanNode.Named(item.full(),
        all.timeItems().contains(item) ? OverTime.timeSlot(item, time, none).expr(planning) : Expr.column(item.full()))));
    outputs.addAll(measures(branch));
    return new PlanNode.Compute(PlainBranch.filtered(periods, branch.range(time)), outputs);
  }
}

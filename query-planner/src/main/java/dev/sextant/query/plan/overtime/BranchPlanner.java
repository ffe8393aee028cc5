// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Measure;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.branch.PlainBranch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chooses how a branch is planned. */
public final class BranchPlanner {
  private BranchPlanner() {}

  public static PlanNode plan(Planning planning, Branch branch, List<ItemName> items, MetricTables tables) {
    return plan(new BranchRows(planning, branch, items, tables), tables);
  }

  public static PlanNode plan(BranchRows rows, MetricTables tables) {
    Planning planning = rows.planning();
    Branch branch = rows.branch();
    boolean timed = !rows.timeItems().isEmpty();
    boolean overTime = timed && (branch.key().accumulation().isPresent() || branch.key().shift().isPresent());
    PlanNode aggregated = overTime ? overTime(planning, rows, tables) : new PlainBranch(rows).plan();
    boolean everyPeriod = timed && branch.key().everyPeriod().isPresent() && !new OverTime(rows).picksShownInstants();
    return everyPeriod ? new TimeSpineJoin(new BranchRows(planning, branch, rows.items(), tables)).plan(aggregated) : aggregated;
  }

  /** Measures that are gathered up in different ways are planned apart. */
  private static PlanNode overTime(Planning planning, BranchRows rows, MetricTables tables) {
    List<Map<String, Measure>> parted = rows.branch().key().accumulation().isPresent() ? Gathering.parted(rows) : List.of();
    if (parted.size() < 2) {
      return new OverTimeBranch(rows).plan();
    }
    List<PlanNode> parts = new ArrayList<>();
    parted.forEach(measures -> {
      Branch part = new Branch(rows.branch().key());
      measures.forEach((name, measure) -> part.add(measure, name));
      parts.add(new OverTimeBranch(new BranchRows(planning, part, rows.items(), tables)).plan());
    });
    return new PlanNode.Combine(parts, rows.items().stream().map(ItemName::full).toList());
  }
}

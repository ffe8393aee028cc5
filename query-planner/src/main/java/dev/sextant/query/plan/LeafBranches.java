// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes metrics apart into the branches that questions for them are made of. */
public final class LeafBranches implements BranchTables {
  private final List<Branch> branches = new ArrayList<>();

  private LeafBranches() {}

  /** The branches of metrics by the items, with {@code filters} on their rows. */
  public static List<Branch> of(Planning planning, List<Metric> metrics, List<ItemName> items, List<Expr> filters) {
    LeafBranches all = new LeafBranches();
    MetricSet set = new MetricSet(planning, items, all);
    metrics.forEach(metric -> set.value(metric, filters));
    all.branches.addAll(set.branches());
    return all.branches;
  }

  @Override
  public Optional<RolledUp> rollup(Planning planning, Branch branch, List<ItemName> items) {
    return Optional.empty();
  }

  @Override
  public PlanNode table(Planning planning, Metric metric, List<ItemName> items, List<Expr> filters) {
    MetricSet set = new MetricSet(planning, items, this);
    PlanNode table = Planner.table(set, metric, items, filters);
    branches.addAll(set.branches());
    return table;
  }
}

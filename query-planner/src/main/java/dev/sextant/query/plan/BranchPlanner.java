// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

/** Chooses how a branch is planned. */
final class BranchPlanner {
  private BranchPlanner() {}

  static PlanNode plan(BranchRows branch) {
    boolean timed = !branch.timeItems().isEmpty();
    boolean overTime = timed && (branch.branch.key().accumulation().isPresent() || branch.branch.key().shift().isPresent());
    PlanNode aggregated = overTime ? new OverTimeBranch(branch).plan() : new PlainBranch(branch).plan();
    return timed && branch.branch.key().joinsTimeSpine() ? new TimeSpineJoin(branch).plan(aggregated) : aggregated;
  }
}

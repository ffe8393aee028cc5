// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.time.Planning;
import java.util.List;
import java.util.Optional;

/** Plans metrics as tables, and branches over rollups where one holds what they need. */
interface BranchTables extends MetricTables {

  /** The plan of a branch over a rollup; nothing where its dataset has to be read. */
  Optional<PlanNode> rolledUp(Planning planning, Branch branch, List<ItemName> items);
}

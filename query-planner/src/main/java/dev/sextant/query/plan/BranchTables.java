// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.query.ItemName;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.rows.MetricTables;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.plan.time.Planning;
import java.util.List;
import java.util.Optional;

/** Plans metrics as tables, and finds rollups for branches. */
interface BranchTables extends MetricTables {

  /** The rollup that holds what a branch needs; nothing where its dataset has to be read. */
  Optional<RolledUp> rollup(Planning planning, Branch branch, List<ItemName> items);
}

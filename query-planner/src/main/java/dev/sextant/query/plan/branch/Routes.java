// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.query.plan.rows.RolledUp;
import java.util.Optional;

/** Finds rollups that can stand in for the rows of branches. */
public interface Routes {

  /** No rollup for anything. */
  Routes NONE = new Routes() {
    @Override
    public Optional<RolledUp> route(BranchRows branch) {
      return Optional.empty();
    }

    @Override
    public Routes beside() {
      return this;
    }
  };

  /** The rollup to read in place of the branch's dataset, if one holds all that the branch needs. */
  Optional<RolledUp> route(BranchRows branch);

  /** The same with those rollups only that are in the warehouse of their dataset, so that their rows can be joined to others there. */
  Routes beside();
}

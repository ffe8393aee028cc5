// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Rollup;
import java.time.LocalDateTime;
import java.util.Optional;

/** Writes the SQL that builds rollups. */
public interface RollupPlanner {

  /** What a build reads anew: rows with times in {@code [from, before)} and rows without one; the rest is taken over from {@code earlier}. */
  record Part(Optional<LocalDateTime> from, Optional<LocalDateTime> before, Optional<BuiltRollup> earlier) {
    public static final Part WHOLE = new Part(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Which part the next build has to read: all of it, or where there is an earlier build of the same definition the partitions since it was made,
   * and as many before as late rows may reach back.
   */
  Part part(Rollup rollup, Optional<BuiltRollup> earlier);

  /** Plans a build; a SextantException tells why a rollup cannot be built. */
  RollupPlan plan(Rollup rollup, Part part);

  /** The hash of everything that decides what the rollup's tables hold. */
  String definition(Rollup rollup);
}

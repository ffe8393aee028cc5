// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.Optional;

/** Tells which rollups are built. Asked for every query, so it answers from memory. */
public interface RollupCatalog {

  /** Where nothing is built. */
  RollupCatalog EMPTY = new RollupCatalog() {
    @Override
    public Optional<BuiltRollup> find(String rollup) {
      return Optional.empty();
    }

    @Override
    public long version() {
      return 0;
    }
  };

  /** The build of a rollup that serves now. */
  Optional<BuiltRollup> find(String rollup);

  /** Changes whenever any build begins or ceases to serve. */
  long version();
}

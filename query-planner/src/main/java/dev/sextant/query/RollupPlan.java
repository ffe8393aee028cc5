// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Optional;

/**
 * What has to be run to build a rollup: {@code definition} is the hash of everything that decides what its tables hold.
 */
public record RollupPlan(String definition, List<Table> tables) {

  /**
   * A table: the query in {@code warehouse} that gives its rows, and for what is taken over from an earlier build a query where that one's table
   * is.
   */
  public record Table(String dataset, String warehouse, String sql, Optional<String> kept) {}

  public RollupPlan {
    tables = List.copyOf(tables);
  }
}

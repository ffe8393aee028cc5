// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Optional;

/**
 * What has to be run to build a rollup: {@code definition} is the hash of everything that decides what its tables hold.
 */
public record RollupPlan(String definition, List<Table> tables) {

  /** What a {@link Finish} calls the rows that were read. */
  public static final String FETCHED = "sextant_fetched";

  /**
   * A table: the query in {@code warehouse} that gives its rows, what is left to do with them where the table is, and for what is taken over from
   * an earlier build a query where that one's table is.
   */
  public record Table(String dataset, String warehouse, String sql, Optional<Finish> finish, Optional<String> kept) {}

  /** A query over the rows that were read, in a table {@link #FETCHED} with the given columns. */
  public record Finish(List<String> columns, String sql) {
    public Finish {
      columns = List.copyOf(columns);
    }
  }

  public RollupPlan {
    tables = List.copyOf(tables);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Source;
import java.util.List;
import java.util.Optional;

/** Makes and drops tables of our own in a warehouse. For what builds rollups; no question of a caller ever gets here. */
public interface OwnTables {

  /** Makes a table of the rows of queries in the same warehouse and returns how many there are; after a failure there is no table. */
  long create(Source.Table table, List<String> queries, QueryControl control);

  /** Makes a table of the rows of queries here and of rows from elsewhere, finished here if they are not; after a failure there is no table. */
  long create(Source.Table table, List<String> queries, Fetched rows, QueryControl control);

  /** Rows from elsewhere and what is left to do with them. */
  record Fetched(ArrowBatches rows, Optional<RollupPlan.Finish> finish) {}

  /** Drops a table if there is one. */
  void drop(Source.Table table);

  /** The names of the tables in a schema; none where there is no such schema. */
  List<String> names(String schema);
}

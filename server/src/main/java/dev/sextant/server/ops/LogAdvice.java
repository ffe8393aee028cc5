// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.RollupAdvice;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.advice.RollupAdvisor;
import dev.sextant.query.advice.RowCounts;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.server.Backend;
import java.io.IOException;
import java.nio.file.Path;

/** Proposes rollups of a project for the questions of a log, as a caller without a name would ask them. What it asks itself is not logged. */
public record LogAdvice(Backend backend) {

  /** At most {@code most} rollups for what is in {@code log}. */
  public RollupAdvice read(Path log, int most) throws IOException {
    QueryEngine unlogged = new DefaultQueryEngine(() -> backend.model().model(), backend.warehouses());
    RowCounts counts = new RowCounts(unlogged, Caller.ANONYMOUS, this::rows);
    return new RollupAdvisor(backend.model().model(), counts, Caller.ANONYMOUS).advise(LoggedQueries.read(log), most);
  }

  private long rows(String dataset) {
    SqlQuery count = SqlQuery.of("select count(*) from \"" + dataset + "\"");
    try (ArrowBatches batches = backend.sql().run(count, Caller.ANONYMOUS, QueryControl.unlimited("advise"))) {
      return batches.loadNext() && batches.root().getVector(0).getObject(0) instanceof Number rows ? rows.longValue() : 0;
    }
  }
}

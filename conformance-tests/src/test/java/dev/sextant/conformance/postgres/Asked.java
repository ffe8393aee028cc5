// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** An engine that is asked and given up on after a while. */
record Asked(QueryEngine engine) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long MOST_ROWS = 200_000;

  Answer ask(MetricQuery query) {
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, new QueryControl("asked", Optional.of(Instant.now().plus(PATIENCE))))) {
      return new Answer.Rows(ArrowTables.read(new Few(result)));
    } catch (SextantException e) {
      return new Answer.Refusal(e.issues()
          .stream()
          .map(issue -> new Answer.Complaint(issue.code().name(), issue.message(), issue.position()))
          .toList());
    }
  }

  /** Answers too large to compare are given up on, too. */
  private static final class Few implements QueryResult {
    private final QueryResult all;
    private long rows;

    private Few(QueryResult all) {
      this.all = all;
    }

    @Override
    public boolean loadNext() {
      boolean more = all.loadNext();
      rows += more ? all.root().getRowCount() : 0;
      if (rows > MOST_ROWS) {
        throw Problem.of(QueryIssue.TOO_MANY_ROWS, "too many rows to compare");
      }
      return more;
    }

    @Override
    public ResultSchema schema() {
      return all.schema();
    }

    @Override
    public QueryFacts facts() {
      return all.facts();
    }

    @Override
    public VectorSchemaRoot root() {
      return all.root();
    }

    @Override
    public void close() {
      all.close();
    }
  }
}

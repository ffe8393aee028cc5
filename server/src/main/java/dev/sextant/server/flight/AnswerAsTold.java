// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.error.ServerIssue;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Runs a statement for a client that was told of its columns before. A table may have changed since, in the warehouse or since an answer was kept: the
 * client gets the columns it was told of, or an error. {@code told} is their print; nothing where nobody told.
 */
record AnswerAsTold(SqlEngine engine, SqlQuery question, Optional<String> told) {

  QueryResult run(Caller caller, QueryControl control) {
    QueryResult found = engine.run(question, caller, control);
    if (isAsTold(found)) {
      return found;
    }
    found.close();
    QueryResult anew = engine.run(refreshed(question.maxRows()), caller, control);
    if (isAsTold(anew)) {
      return anew;
    }
    anew.close();
    engine.run(refreshed(OptionalLong.of(0)), caller, control).close(); // the next one is told what there is now
    throw new SextantException(Issue.of(ServerIssue.COLUMNS_CHANGED, Position.NOWHERE,
        "The columns of the answer have changed since this flight was announced; ask for its FlightInfo or prepare it again."));
  }

  private boolean isAsTold(QueryResult result) {
    return told.filter(print -> !print.equals(WireSchema.print(WireSchema.of(result.schema(), result.root().getSchema())))).isEmpty();
  }

  private SqlQuery refreshed(OptionalLong rows) {
    MetricQuery.Options asked = question.options();
    return new SqlQuery(question.sql(), question.parameters(), rows,
        new MetricQuery.Options(asked.maxAge(), MetricQuery.CacheUse.REFRESH, asked.rollups()));
  }
}

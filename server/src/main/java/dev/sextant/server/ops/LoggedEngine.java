// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.query.Caller;
import dev.sextant.query.EncodedForms;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.server.ForwardedResult;
import java.time.Duration;

/** Has each answer written to a log when it is closed. */
public record LoggedEngine(QueryEngine engine, QuestionLog log) implements QueryEngine {

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    long started = System.nanoTime();
    return new Logged(query, engine.run(query, caller, control), started);
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    return engine.explain(query, caller);
  }

  private final class Logged implements ForwardedResult {
    private final MetricQuery query;
    private final QueryResult result;
    private final long started;
    private long rows;

    Logged(MetricQuery query, QueryResult result, long started) {
      this.query = query;
      this.result = result;
      this.started = started;
    }

    @Override
    public QueryResult result() {
      return result;
    }

    @Override
    public boolean loadNext() {
      boolean more = result.loadNext();
      rows += more ? root().getRowCount() : 0;
      return more;
    }

    @Override
    public void close() {
      QueryFacts facts = result.facts();
      long all = result.encodedForms().map(EncodedForms::rows).orElse(rows);
      result.close();
      log.answered(query, facts, all, Duration.ofNanos(System.nanoTime() - started));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;

/** Answers metric queries from the cache where their options allow it. */
public final class CachingQueryEngine implements QueryEngine {
  private final QueryEngine engine;
  private final Planned<MetricQuery> planned;
  private final ResultCache cache;

  public CachingQueryEngine(QueryEngine engine, QueryPlanner<MetricQuery> planner, ResultCache cache) {
    this.engine = engine;
    this.planned = new Planned<>(planner, MetricQuery::options, cache);
    this.cache = cache;
  }

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    control.check();
    return cache.answer(planned.plan(query, caller), control);
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    return engine.explain(query, caller);
  }
}

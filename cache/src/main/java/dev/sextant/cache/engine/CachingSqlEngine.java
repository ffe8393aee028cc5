// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlQuery;

/** Answers semantic SQL from the cache where its options allow it. */
public final class CachingSqlEngine implements SqlEngine {
  private final SqlEngine engine;
  private final Planned<SqlQuery> planned;
  private final ResultCache cache;

  public CachingSqlEngine(SqlEngine engine, QueryPlanner<SqlQuery> planner, ResultCache cache) {
    this.engine = engine;
    this.planned = new Planned<>(planner, SqlQuery::options, cache);
    this.cache = cache;
  }

  @Override
  public QueryResult run(SqlQuery query, Caller caller, QueryControl control) {
    control.check();
    return cache.answer(planned.plan(query, caller), control);
  }

  @Override
  public PreparedSql prepare(SqlQuery query, Caller caller) {
    return engine.prepare(query, caller);
  }

  @Override
  public Explanation explain(SqlQuery query, Caller caller) {
    return engine.explain(query, caller);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import dev.sextant.model.DataType;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine that answers every query as the test says, and remembers what it was asked. */
public final class FakeEngine implements QueryEngine, SqlEngine {
  private final List<MetricQuery> asked = new CopyOnWriteArrayList<>();
  private final List<SqlQuery> statements = new CopyOnWriteArrayList<>();
  private final List<QueryControl> controls = new CopyOnWriteArrayList<>();
  private volatile Answer answer = (query, control) -> {
    throw new IllegalStateException("the test gave no answer");
  };

  /** Makes the result of one query. */
  public interface Answer {
    QueryResult to(MetricQuery query, QueryControl control);
  }

  /** From now on queries are answered by {@code next}. */
  public void answer(Answer next) {
    answer = next;
  }

  public SqlQuery lastStatement() {
    return statements.getLast();
  }

  @Override
  public QueryResult run(SqlQuery query, Caller caller, QueryControl control) {
    statements.add(query);
    return run(MetricQuery.of(List.of(), List.of()), caller, control);
  }

  @Override
  public PreparedSql prepare(SqlQuery query, Caller caller) {
    statements.add(query);
    ResultSchema schema = new ResultSchema(
        List.of(new ResultSchema.Column("country", DataType.STRING, ResultSchema.Role.GROUP_BY, Optional.empty()),
            new ResultSchema.Column("revenue", DataType.decimal(18, 2), ResultSchema.Role.METRIC, Optional.empty())));
    return new PreparedSql(schema, List.of(DataType.BIGINT, DataType.decimal(10, 2)), PreparedSql.Kind.QUERY);
  }

  @Override
  public Explanation explain(SqlQuery query, Caller caller) {
    statements.add(query);
    return new Explanation(List.of(new Explanation.Stage("sql", query.sql())));
  }

  public MetricQuery lastAsked() {
    return asked.getLast();
  }

  public List<QueryControl> controls() {
    return controls;
  }

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    asked.add(query);
    controls.add(control);
    return answer.to(query, control);
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    asked.add(query);
    answer.to(query, QueryControl.unlimited("explain")).close();
    return new Explanation(List.of(new Explanation.Stage("plan", "Aggregate\n  Scan orders"), new Explanation.Stage("sql", "select 1")));
  }
}

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

/** An engine that answers every query as the test says, and remembers what it was asked last. */
public final class FakeEngine implements QueryEngine, SqlEngine {
  private volatile Optional<MetricQuery> asked = Optional.empty();
  private volatile Optional<SqlQuery> statement = Optional.empty();
  private volatile Optional<QueryControl> control = Optional.empty();
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
    return statement.orElseThrow();
  }

  @Override
  public QueryResult run(SqlQuery query, Caller caller, QueryControl control) {
    statement = Optional.of(query);
    return run(MetricQuery.of(List.of(), List.of()), caller, control);
  }

  @Override
  public PreparedSql prepare(SqlQuery query, Caller caller) {
    statement = Optional.of(query);
    ResultSchema schema = new ResultSchema(
        List.of(new ResultSchema.Column("country", DataType.STRING, ResultSchema.Role.GROUP_BY, Optional.empty()),
            new ResultSchema.Column("revenue", DataType.decimal(18, 2), ResultSchema.Role.METRIC, Optional.empty())));
    return new PreparedSql(schema, List.of(DataType.BIGINT, DataType.decimal(10, 2)), PreparedSql.Kind.QUERY);
  }

  @Override
  public Explanation explain(SqlQuery query, Caller caller) {
    statement = Optional.of(query);
    return new Explanation(List.of(new Explanation.Stage("sql", query.sql())));
  }

  public MetricQuery lastAsked() {
    return asked.orElseThrow();
  }

  public QueryControl lastControl() {
    return control.orElseThrow();
  }

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    asked = Optional.of(query);
    this.control = Optional.of(control);
    return answer.to(query, control);
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    asked = Optional.of(query);
    answer.to(query, QueryControl.unlimited("explain")).close();
    return new Explanation(List.of(new Explanation.Stage("plan", "Aggregate\n  Scan orders"), new Explanation.Stage("sql", "select 1")));
  }
}

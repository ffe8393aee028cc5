// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.avatica;

import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.Backend;
import dev.sextant.server.ask.Questions;
import dev.sextant.server.error.Failures;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.calcite.avatica.Meta;

/** Runs the statements of one request. */
record Statements(Backend backend, Operations operations, Duration timeout, Caller caller, BooleanSupplier clientHasGone) {

  /** A statement that runs: its columns, and its rows to come. */
  record Running(Meta.Signature signature, OpenAnswer answer) {}

  /** Tells what a statement returns by asking for none of its rows. */
  Meta.Signature prepare(String sql) {
    PreparedSql told = backend.sql().prepare(SqlQuery.of(sql), caller);
    List<SqlParameter> nothing = Collections.nCopies(told.parameters().size(), SqlParameter.NULL);
    RunningQuery query = begin(sql);
    try (QueryResult result = ask(new SqlQuery(sql, nothing, OptionalLong.of(0), MetricQuery.Options.EXACT), query)) {
      return Columns.signature(sql, result.schema(), result.root().getSchema(), Columns.parameters(told.parameters()));
    } finally {
      operations.queries().end(query);
    }
  }

  Running run(String sql, List<SqlParameter> values, OptionalLong maxRows) {
    RunningQuery query = begin(sql);
    try {
      QueryResult result = ask(new SqlQuery(sql, values, maxRows, MetricQuery.Options.EXACT), query);
      return new Running(Columns.signature(sql, result.schema(), result.root().getSchema(), List.of()),
          new OpenAnswer(result, query, operations));
    } catch (RuntimeException failure) {
      operations.queries().end(query);
      throw new SextantException(Failures.issues(failure, query.control()));
    }
  }

  private RunningQuery begin(String sql) {
    RunningQuery query = operations.queries()
        .begin(new RunningQuery.Asked("avatica", Questions.inShort(sql), caller), Optional.empty(), timeout);
    operations.queries().watch().stopWhenGone(query.control(), clientHasGone);
    return query;
  }

  private QueryResult ask(SqlQuery question, RunningQuery query) {
    return backend.sql().run(question, caller, query.control());
  }

  /** All rows of a small answer as texts, absent ones empty. */
  List<List<String>> rows(String sql) {
    List<List<String>> rows = new ArrayList<>();
    RunningQuery query = begin(sql);
    try (QueryResult result = ask(SqlQuery.of(sql), query)) {
      while (result.loadNext()) {
        for (int row = 0; row < result.root().getRowCount(); row++) {
          List<String> cells = new ArrayList<>();
          for (FieldVector vector : result.root().getFieldVectors()) {
            cells.add(vector.isNull(row) ? "" : Objects.requireNonNull(vector.getObject(row)).toString());
          }
          rows.add(List.copyOf(cells));
        }
      }
    } finally {
      operations.queries().end(query);
    }
    return rows;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.Backend;
import dev.sextant.server.ops.Operations;
import dev.sextant.server.ops.RunningQuery;
import dev.sextant.server.ops.RunningQuery.Asked;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tells what statements return, runs them and streams their answers. */
record Statements(Backend backend, Operations operations, Duration timeout, Executor streams, BufferAllocator memory) {
  private static final int LONGEST_IN_LOG = 500;

  /** The exact schema of the answer, found by asking for none of its rows. */
  Schema schema(String sql, List<SqlParameter> parameters, Caller caller) {
    RunningQuery query = operations.queries().begin(asked(sql, caller), Optional.empty(), timeout);
    try (QueryResult nothing = backend.sql().run(question(sql, parameters, OptionalLong.of(0)), caller, query.control())) {
      return WireSchema.of(nothing.schema(), nothing.root().getSchema());
    } finally {
      operations.queries().end(query);
    }
  }

  PreparedStatements.Prepared prepare(String sql, Caller caller) {
    PreparedSql told = backend.sql().prepare(SqlQuery.of(sql), caller);
    Schema schema = switch (told.kind()) {
      case COMMAND -> new Schema(List.of());
      case QUERY -> schema(sql, Collections.nCopies(told.parameters().size(), SqlParameter.NULL), caller);
    };
    return new PreparedStatements.Prepared(sql, caller.name(), told, schema, List.of());
  }

  /** Runs what returns no rows. */
  void command(String sql, Caller caller) {
    try (QueryResult done = backend.sql().run(SqlQuery.of(sql), caller, QueryControl.unlimited("command"))) {
      while (done.loadNext()) {
        continue;
      }
    }
  }

  /** Runs the statement of a ticket on a thread of its own: on the thread of the call it would never hear that the client takes more. */
  void stream(StatementTicket ticket, Caller caller, ServerStreamListener client) {
    RunningQuery query = operations.queries().begin(asked(ticket.sql(), caller), Optional.of(ticket.queryId()), timeout);
    streams.execute(new QueryStream(() -> new AnswerAsTold(backend.sql(), question(ticket.sql(), ticket.parameters(), OptionalLong.empty()),
        ticket.columns()), query, operations, memory, client));
  }

  private static SqlQuery question(String sql, List<SqlParameter> parameters, OptionalLong maxRows) {
    return new SqlQuery(sql, parameters, maxRows, MetricQuery.Options.DEFAULT);
  }

  private static Asked asked(String sql, Caller caller) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return new Asked("flight", line.length() <= LONGEST_IN_LOG ? line : line.substring(0, LONGEST_IN_LOG) + " ..", caller);
  }
}

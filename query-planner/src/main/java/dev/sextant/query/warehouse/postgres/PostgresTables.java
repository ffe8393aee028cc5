// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.Source;
import dev.sextant.query.OwnTables;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.StopSignal;
import dev.sextant.query.warehouse.statement.TableNames;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Makes and drops tables of our own in a PostgreSQL database; making one is a single statement, so there is all of it or none. */
record PostgresTables(Sessions sessions, PostgresErrors errors) implements OwnTables {

  /** Gives connections. */
  interface Sessions {
    PostgresSession open(QueryControl control) throws SQLException;
  }

  private interface Work<T> {
    T in(PostgresSession session) throws SQLException;
  }

  private <T> T during(QueryControl control, Work<T> work) {
    control.check();
    try (Closing closing = new Closing()) {
      PostgresSession session = closing.add(sessions.open(control));
      StopSignal unused = closing.add(StopSignal.watch(control, session::cancel));
      return work.in(session);
    } catch (SQLException | RuntimeException failure) {
      throw errors.failure(failure, control);
    }
  }

  @Override
  public long create(Source.Table table, List<String> queries, QueryControl control) {
    return during(control, session -> {
      if (table.schema().isPresent()) {
        session.update("create schema if not exists \"" + table.schema().get().replace("\"", "\"\"") + "\"");
      }
      session.update("create table " + TableNames.quoted(table) + " as "
          + queries.stream().map(query -> "(" + query + ")").collect(Collectors.joining(" union all ")));
      session.update("analyze " + TableNames.quoted(table));
      return Long.parseLong(session.texts("select count(*) from " + TableNames.quoted(table)).getFirst());
    });
  }

  @Override
  public long create(Source.Table table, List<String> queries, Fetched rows, QueryControl control) {
    throw Problem.of(QueryIssue.UNSUPPORTED_BY_WAREHOUSE, "rows from elsewhere cannot be put into a PostgreSQL table.");
  }

  @Override
  public void drop(Source.Table table) {
    during(QueryControl.unlimited("drop"), session -> session.update("drop table if exists " + TableNames.quoted(table)));
  }

  @Override
  public List<String> names(String schema) {
    return during(QueryControl.unlimited("tables"),
        session -> session
            .texts("select tablename from pg_catalog.pg_tables where schemaname = '" + schema.replace("'", "''") + "' order by 1"));
  }
}

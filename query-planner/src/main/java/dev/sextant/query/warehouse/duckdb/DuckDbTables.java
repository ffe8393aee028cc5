// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.Source;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.OwnTables;
import dev.sextant.query.QueryControl;
import dev.sextant.query.RollupPlan;
import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.StopSignal;
import dev.sextant.query.warehouse.statement.TableNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.duckdb.DuckDBConnection;

/** Makes and drops tables of our own in a DuckDB, each in one transaction. */
record DuckDbTables(Supplier<DuckDBConnection> connections, ProjectPaths paths, DuckDbErrors errors) implements OwnTables {
  private static final String INCOMING = "sextant_incoming";

  @Override
  public long create(Source.Table table, List<String> queries, QueryControl control) {
    return inTransaction(control, statement -> {
      create(table, queries.stream().map(paths::absolute).toList(), statement);
      return count(table, statement);
    });
  }

  @Override
  public long create(Source.Table table, List<String> queries, Fetched fetched, QueryControl control) {
    return inTransaction(control, statement -> {
      makeSchema(table, statement);
      if (fetched.finish().isPresent()) {
        RollupPlan.Finish finish = fetched.finish().get();
        String names = finish.columns().stream().map(DuckDbTables::quoted).collect(Collectors.joining(", ", "(", ")"));
        fetch("temp table " + quoted(RollupPlan.FETCHED), quoted(RollupPlan.FETCHED), names, fetched.rows(), statement);
        statement.execute("create table " + TableNames.quoted(table) + " as " + finish.sql());
        statement.execute("drop table " + quoted(RollupPlan.FETCHED));
      } else {
        fetch("table " + TableNames.quoted(table), TableNames.quoted(table), "", fetched.rows(), statement);
      }
      for (String query : queries) {
        statement.execute("insert into " + TableNames.quoted(table) + " " + paths.absolute(query));
      }
      return count(table, statement);
    });
  }

  private static void fetch(String made, String name, String columns, ArrowBatches rows, Statement statement) throws SQLException {
    boolean more = rows.loadNext();
    load("create " + made + " as select * from " + INCOMING + " as incoming" + columns, rows.root(), statement);
    while (more && rows.loadNext()) {
      load("insert into " + name + " select * from " + INCOMING, rows.root(), statement);
    }
  }

  private static void create(Source.Table table, List<String> queries, Statement statement) throws SQLException {
    makeSchema(table, statement);
    statement.execute("create table " + TableNames.quoted(table) + " as "
        + queries.stream().map(query -> "(" + query + ")").collect(Collectors.joining(" union all ")));
  }

  private static void makeSchema(Source.Table table, Statement statement) throws SQLException {
    if (table.schema().isPresent()) {
      statement.execute("create schema if not exists " + quoted(table.schema().get()));
    }
  }

  private static void load(String sql, VectorSchemaRoot batch, Statement statement) throws SQLException {
    BufferAllocator holder = batch.getFieldVectors().getFirst().getAllocator();
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(holder)) {
      Data.exportArrayStream(holder, new OneBatch(holder, batch), stream);
      statement.getConnection().unwrap(DuckDBConnection.class).registerArrowStream(INCOMING, stream);
      statement.execute(sql);
      statement.execute("drop view " + INCOMING);
    }
  }

  private static long count(Source.Table table, Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from " + TableNames.quoted(table))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private interface Work<T> {
    T on(Statement statement) throws SQLException;
  }

  private <T> T inTransaction(QueryControl control, Work<T> work) {
    control.check();
    try (Closing closing = new Closing()) {
      DuckDBConnection connection = closing.add(connections.get());
      StopSignal unused = closing.add(StopSignal.watch(control, () -> DuckDbInterrupt.send(connection)));
      Statement statement = closing.add(connection.createStatement());
      statement.execute("begin");
      try {
        T made = work.on(statement);
        statement.execute("commit");
        return made;
      } catch (SQLException | RuntimeException failure) {
        rollBack(statement, failure);
        throw failure;
      }
    } catch (SQLException | RuntimeException failure) {
      throw errors.failure(failure, control);
    }
  }

  private static void rollBack(Statement statement, Exception because) {
    try {
      statement.execute("rollback");
    } catch (SQLException again) {
      because.addSuppressed(again);
    }
  }

  @Override
  public void drop(Source.Table table) {
    inTransaction(QueryControl.unlimited("drop"), statement -> statement.execute("drop table if exists " + TableNames.quoted(table)));
  }

  @Override
  public List<String> names(String schema) {
    return inTransaction(QueryControl.unlimited("tables"), statement -> {
      List<String> names = new ArrayList<>();
      String sql = "select table_name from duckdb_tables() where schema_name = '" + schema.replace("'", "''")
          + "' and database_name = current_database() order by 1";
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      return names;
    });
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.Deadlines;
import dev.sextant.query.warehouse.statement.StopSignal;
import dev.sextant.query.warehouse.statement.StreamedBatches;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.duckdb.DuckDBConnection;

/** A DuckDB in memory for one query, where rows of several warehouses become tables. */
public final class MeetingPlace implements AutoCloseable {
  /** What messages and explanations call it. */
  public static final String NAME = "memory";
  private static final String INCOMING = "incoming_batch";
  private static final String HABITS = """
      select string_agg(name || '=' || value, ' ' order by name) || ' collated=' || (
        select count(*) from (select sql, internal from duckdb_tables() union all select sql, internal from duckdb_views())
        where not internal and sql ilike '% collate %'
      ) as habits
      from duckdb_settings()
      where name in ('default_collation', 'default_null_order', 'default_order', 'integer_division', 'ieee_floating_point_ops')""";

  private final DuckDBConnection database;
  private final BufferAllocator memory = new RootAllocator();
  private final DuckDbErrors errors = new DuckDbErrors(NAME);
  private final Deadlines deadlines = new Deadlines(InstantSource.system());

  private MeetingPlace(DuckDBConnection database) {
    this.database = database;
  }

  public static MeetingPlace open() {
    try {
      DuckDBConnection database = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      try (Statement statement = database.createStatement()) {
        statement.execute("set global TimeZone = 'UTC'");
      }
      return new MeetingPlace(database);
    } catch (SQLException failure) {
      throw new DuckDbErrors(NAME).failure(failure);
    }
  }

  /** Whether a warehouse of DuckDB compares, sorts and divides as such a place does. */
  public static boolean isLike(Warehouse warehouse) {
    QueryControl control = QueryControl.unlimited("habits");
    try (MeetingPlace place = open(); ArrowBatches mine = place.run(HABITS, control);
        ArrowBatches theirs = warehouse.run(HABITS, control)) {
      return text(mine).equals(text(theirs));
    }
  }

  private static String text(ArrowBatches one) {
    return one.loadNext() ? String.valueOf(one.root().getVector(0).getObject(0)) : "";
  }

  /** Makes a table with the columns of {@code batch} under other names, and its rows in it. */
  public void create(String table, List<String> columns, VectorSchemaRoot batch) {
    String names = columns.stream().map(MeetingPlace::quoted).collect(Collectors.joining(", "));
    load("create table " + quoted(table) + " as select * from " + INCOMING + " as incoming(" + names + ")", batch);
  }

  /** Adds the rows of {@code batch} to a table. */
  public void add(String table, VectorSchemaRoot batch) {
    load("insert into " + quoted(table) + " select * from " + INCOMING, batch);
  }

  /** DuckDB has taken all rows when this returns, so the batch may change afterwards. Batches are lent out by who holds their memory. */
  private synchronized void load(String sql, VectorSchemaRoot batch) {
    BufferAllocator holder = batch.getFieldVectors().getFirst().getAllocator();
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(holder)) {
      Data.exportArrayStream(holder, new OneBatch(holder, batch), stream);
      database.registerArrowStream(INCOMING, stream);
      try (Statement statement = database.createStatement()) {
        statement.execute(sql);
        statement.execute("drop view " + INCOMING);
      }
    } catch (SQLException failure) {
      throw errors.failure(failure);
    }
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Runs a statement over the tables; stopping {@code control} cancels it. Closing the batches leaves this place open. */
  public ArrowBatches run(String sql, QueryControl control) {
    control.check();
    Closing closing = new Closing();
    try {
      closing.add(deadlines.watch(control));
      DuckDBConnection connection = closing.add(database.duplicate());
      StopSignal stop = closing.add(StopSignal.watch(control, () -> DuckDbInterrupt.send(connection)));
      StreamedBatches.Reader rows = new DuckDbStatement(connection, memory, closing).run(sql);
      return new StreamedBatches(rows, control, stop, errors, closing);
    } catch (IOException | SQLException | RuntimeException | Error failure) {
      closing.closeAfter(failure);
      throw errors.failure(failure, control);
    }
  }

  /** Runs a statement, and closes this place with the batches. */
  public ArrowBatches runLast(String sql, QueryControl control) {
    return new LastBatches(run(sql, control), this);
  }

  private record LastBatches(ArrowBatches batches, MeetingPlace place) implements ArrowBatches {
    @Override
    public VectorSchemaRoot root() {
      return batches.root();
    }

    @Override
    public boolean loadNext() {
      return batches.loadNext();
    }

    @Override
    public void close() {
      try (place) {
        batches.close();
      }
    }
  }

  @Override
  public void close() {
    try (Closing closing = new Closing()) {
      closing.add(memory);
      closing.add(database);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.OwnTables;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.statement.AdmissionLimit;
import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.Deadlines;
import dev.sextant.query.warehouse.statement.InitStatements;
import dev.sextant.query.warehouse.statement.StopSignal;
import dev.sextant.query.warehouse.statement.StreamedBatches;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/** An embedded DuckDB. Every statement has a connection of its own, which costs microseconds, so nothing leaks from one to the next. */
public final class DuckDbWarehouse implements Warehouse {
  private final String name;
  private final DuckDBConnection database;
  private final BufferAllocator memory;
  private final ProjectPaths paths;
  private final AdmissionLimit limit;
  private final Deadlines deadlines = new Deadlines(InstantSource.system());
  private final DuckDbErrors errors;

  private DuckDbWarehouse(String name, DuckDBConnection database, BufferAllocator memory, Path folder, DuckDbSettings settings) {
    this.name = name;
    this.database = database;
    this.memory = memory;
    this.paths = new ProjectPaths(folder);
    this.limit = new AdmissionLimit(name, settings.maxConnections(), settings.maxQueued());
    this.errors = new DuckDbErrors(name);
  }

  /** Opens the database and runs its {@code init}; batches take their memory from {@code memory}. */
  public static DuckDbWarehouse open(WarehouseConfig config, Path folder, BufferAllocator memory) {
    DuckDbSettings settings = DuckDbSettings.of(config, folder);
    DuckDbErrors errors = new DuckDbErrors(config.name());
    DuckDBConnection database;
    try {
      database = DriverManager.getConnection(settings.url(), settings.properties()).unwrap(DuckDBConnection.class);
    } catch (SQLException failure) {
      throw errors.unreachable(failure);
    }
    DuckDbWarehouse warehouse = new DuckDbWarehouse(config.name(), database, memory, folder, settings);
    try {
      SketchFunctions.register(database);
      warehouse.prepare(config, folder, settings);
      return warehouse;
    } catch (SQLException failure) {
      warehouse.close();
      throw errors.unreachable(failure);
    } catch (RuntimeException failure) {
      warehouse.close();
      throw failure;
    }
  }

  private void prepare(WarehouseConfig config, Path folder, DuckDbSettings settings) {
    execute("set global TimeZone = 'UTC'", config, "init");
    for (InitStatements.Script script : InitStatements.of(config, folder)) {
      execute(paths.absolute(script.sql()), config, script.label());
    }
    if (settings.onlyProjectFiles()) {
      String allowed = folder.toAbsolutePath().normalize().toString().replace("'", "''");
      execute("set global allowed_directories = ['" + allowed + "']; set global enable_external_access = false", config, "access");
    }
  }

  private void execute(String sql, WarehouseConfig config, String label) {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      SextantException known = errors.failure(failure);
      throw new SextantException(Issue.of(known.issue().code(), config.position(), label + " of " + known.issue().message()), failure);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String dialect() {
    return "duckdb";
  }

  @Override
  public TableColumns describe(Source source) {
    try (DuckDBConnection connection = connect()) {
      return new DuckDbDescriber(name, connection, errors).describe(source, paths);
    } catch (SQLException failure) {
      throw errors.failure(failure);
    }
  }

  @Override
  public ArrowBatches run(String sql, QueryControl control) {
    control.check();
    Closing closing = new Closing();
    try {
      closing.add(deadlines.watch(control));
      closing.add(limit.admit(control));
      BufferAllocator allocator = closing.add(memory.newChildAllocator(control.queryId(), 0, Long.MAX_VALUE));
      DuckDBConnection connection = closing.add(connect());
      StopSignal stop = closing.add(StopSignal.watch(control, () -> DuckDbInterrupt.send(connection)));
      StreamedBatches.Reader rows = new DuckDbStatement(connection, allocator, closing).run(paths.absolute(sql));
      return new StreamedBatches(rows, control, stop, errors, closing);
    } catch (IOException | SQLException | RuntimeException | Error failure) {
      closing.closeAfter(failure);
      throw errors.failure(failure, control);
    }
  }

  @Override
  public boolean comparesByBytes() {
    return MeetingPlace.isLike(this);
  }

  @Override
  public Optional<OwnTables> ownTables() {
    return Optional.of(new DuckDbTables(this::connect, paths, errors));
  }

  private DuckDBConnection connect() {
    try {
      return database.duplicate();
    } catch (SQLException failure) {
      throw new SextantException(Issue.of(QueryIssue.WAREHOUSE_UNREACHABLE, Position.NOWHERE,
          "warehouse '" + name + "' is closed"), failure);
    }
  }

  /** Closes the database once the statements that still run are over. */
  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException failure) {
      throw errors.failure(failure);
    }
  }
}

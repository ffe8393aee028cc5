// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The DuckDB file in which a sync remembers what its destination acknowledged and what it is about to send. Bounded memory; spills to disk. */
final class StateFile implements AutoCloseable {
  private static final String INCOMING = "incoming_rows";

  private final DuckDBConnection database;

  private StateFile(DuckDBConnection database) {
    this.database = database;
  }

  static StateFile open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Properties settings = new Properties();
      settings.setProperty("memory_limit", "384MB");
      settings.setProperty("temp_directory", file + ".tmp");
      StateFile state = new StateFile(DriverManager.getConnection("jdbc:duckdb:" + file, settings).unwrap(DuckDBConnection.class));
      state.run("set global TimeZone = 'UTC'");
      state.run("set preserve_insertion_order = false");
      return state;
    } catch (SQLException | IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The state of the sync in " + file + " does not open: " + failure.getMessage(), failure);
    }
  }

  /** Makes a table of all batches, which are read once; what makes them fail is thrown as it is. */
  void load(String table, ArrowBatches batches) {
    run("create or replace table " + table + " as select 1 as nothing where false");
    if (!batches.loadNext()) {
      // The schema is all there is.
      load(table, new BatchesReader(allocator(batches), batches, true));
      return;
    }
    load(table, new BatchesReader(allocator(batches), batches, false));
  }

  private static BufferAllocator allocator(ArrowBatches batches) {
    return batches.root().getFieldVectors().getFirst().getAllocator();
  }

  private void load(String table, BatchesReader reader) {
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(reader.allocator())) {
      Data.exportArrayStream(reader.allocator(), reader, stream);
      database.registerArrowStream(INCOMING, stream);
      run("create or replace table " + table + " as select * from " + INCOMING);
      run("drop view if exists " + INCOMING);
    } catch (SextantException failure) {
      throw reader.failure().orElse(failure);
    }
    reader.failure().ifPresent(failure -> {
      throw failure;
    });
  }

  void run(String sql) {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  /** Runs several statements as one: all or nothing, also when the process dies. */
  void together(Runnable work) {
    try {
      database.setAutoCommit(false);
      try {
        work.run();
        database.commit();
      } catch (RuntimeException | Error | SQLException failure) {
        database.rollback();
        throw failure;
      } finally {
        database.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  /** Reads a row. */
  interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, Reading<T> reading) {
    try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reading.from(rows));
      }
      return all;
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  long count(String sql) {
    return list(sql, row -> row.getLong(1)).getFirst();
  }

  Optional<String> text(String sql) {
    return list(sql, row -> Optional.ofNullable(row.getString(1))).stream().findFirst().flatMap(found -> found);
  }

  boolean has(String table) {
    return count("select count(*) from information_schema.tables where table_name = " + Sql.text(table)) > 0;
  }

  /** Runs an insert once for each list of values. */
  void insert(String sql, Iterable<? extends List<? extends @Nullable Object>> rows) {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (List<? extends @Nullable Object> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          statement.setObject(i + 1, row.get(i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  private static SextantException broken(SQLException failure) {
    return ActivationIssue.RUN_STORE.because("The state of the sync cannot be used: " + failure.getMessage(), failure);
  }

  @Override
  public void close() {
    try {
      database.close();
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }
}

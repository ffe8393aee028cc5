// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.scratch;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/** Tables of a run in a DuckDB file of its own. Bounded memory; spills to disk. */
public final class LocalTables implements AutoCloseable {
  private static final String INCOMING = "incoming_rows";
  private static final int ROWS_AT_ONCE = 1 << 16;

  private final DuckDBConnection database;

  private LocalTables(DuckDBConnection database) {
    this.database = database;
  }

  /** Opens the file, or makes it. */
  public static LocalTables open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Properties settings = new Properties();
      settings.setProperty("memory_limit", "384MB");
      settings.setProperty("temp_directory", file + ".tmp");
      LocalTables state = new LocalTables(DriverManager.getConnection("jdbc:duckdb:" + file, settings).unwrap(DuckDBConnection.class));
      state.run("set global TimeZone = 'UTC'");
      state.run("set preserve_insertion_order = false");
      return state;
    } catch (SQLException | IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The tables of the run in " + file + " does not open: " + failure.getMessage(), failure);
    }
  }

  /** Makes a table of all batches, which are read once; what makes them fail is thrown as it is. */
  public void load(String table, ArrowBatches batches) {
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

  public void run(String sql) {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  /** Makes a table of an Arrow file's rows. */
  public void loadArrow(String table, Path file) {
    try (RootAllocator memory = new RootAllocator(); FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        ArrowFileReader reader = new ArrowFileReader(channel, memory); ArrowArrayStream stream = ArrowArrayStream.allocateNew(memory)) {
      Data.exportArrayStream(memory, reader, stream);
      database.registerArrowStream(INCOMING, stream);
      run("create or replace table " + table + " as select * from " + INCOMING);
      run("drop view if exists " + INCOMING);
    } catch (IOException failure) {
      throw ActivationIssue.EXPORT_BROKEN.because("The file " + file + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** Writes the rows of a query as an Arrow file; equal rows make equal bytes, so nothing of what lies beside values is written. */
  public void writeArrow(String sql, Path file) {
    try (RootAllocator memory = new RootAllocator(); Statement statement = database.createStatement();
        DuckDBResultSet rows = statement.executeQuery(sql).unwrap(DuckDBResultSet.class);
        ArrowReader reader = (ArrowReader) rows.arrowExportStream(memory, ROWS_AT_ONCE);
        VectorSchemaRoot clean = VectorSchemaRoot.create(reader.getVectorSchemaRoot().getSchema(), memory);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
        ArrowFileWriter writer = new ArrowFileWriter(clean, reader, channel)) {
      writer.start();
      while (reader.loadNextBatch()) {
        copy(reader.getVectorSchemaRoot(), clean);
        writer.writeBatch();
      }
      writer.end();
    } catch (SQLException failure) {
      throw broken(failure);
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The file " + file + " cannot be written: " + failure.getMessage(), failure);
    }
  }

  private static void copy(VectorSchemaRoot from, VectorSchemaRoot to) {
    int count = from.getRowCount();
    for (int column = 0; column < to.getFieldVectors().size(); column++) {
      FieldVector target = to.getVector(column);
      target.clear();
      target.setInitialCapacity(count);
      target.allocateNew();
      for (int row = 0; row < count; row++) {
        target.copyFromSafe(row, row, from.getVector(column));
      }
      target.setValueCount(count);
    }
    to.setRowCount(count);
  }

  /** Runs several statements as one: all or nothing, also when the process dies. */
  public void together(Runnable work) {
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
  public interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  public <T> List<T> list(String sql, Reading<T> reading) {
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

  public long count(String sql) {
    return list(sql, row -> row.getLong(1)).getFirst();
  }

  public Optional<String> text(String sql) {
    return list(sql, row -> Optional.ofNullable(row.getString(1))).stream().findFirst().flatMap(found -> found);
  }

  public boolean has(String table) {
    return count("select count(*) from information_schema.tables where table_name = " + Sql.text(table)) > 0;
  }

  /** Runs an insert once for each list of values. */
  public void insert(String sql, Iterable<? extends List<? extends @Nullable Object>> rows) {
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
    return ActivationIssue.RUN_STORE.because("The tables of the run cannot be used: " + failure.getMessage(), failure);
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

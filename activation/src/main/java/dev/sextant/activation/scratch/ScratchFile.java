// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.scratch;

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
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A DuckDB file that may be lost at any time: what is in it can be made again. Bounded memory; spills to disk. */
public final class ScratchFile implements AutoCloseable {
  static final String INCOMING = "incoming_rows";
  private static final int MEGABYTES = 192;
  private static final int MEGABYTES_OF_EXPORTS = 384;
  /** Each thread needs memory of its own. */
  private static final int MOST_THREADS = 4;

  private final DuckDBConnection database;

  private ScratchFile(DuckDBConnection database) {
    this.database = database;
  }

  public static ScratchFile open(Path file) {
    return open(file, MEGABYTES);
  }

  /** Opens the file, or makes it, for the rows of a whole export, which are sorted and profiled. */
  public static ScratchFile ofExport(Path file) {
    return open(file, MEGABYTES_OF_EXPORTS);
  }

  private static ScratchFile open(Path file, int megabytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return connect(file, Path.of(file + ".tmp"), megabytes);
    } catch (SQLException | IOException failure) {
      if (String.valueOf(failure.getMessage()).contains("lock")) {
        return beside(file, failure, megabytes);
      }
      throw unusable(file, failure);
    }
  }

  /** A database in memory, for one run. */
  public static ScratchFile inMemory() {
    try {
      return connect(Path.of(":memory:"), Path.of(System.getProperty("java.io.tmpdir")).resolve("sextant-scratch-" + UUID.randomUUID()),
          MEGABYTES);
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  /** A process that was silent for too long may still hold the file; a copy is as good as another. */
  private static ScratchFile beside(Path file, Exception locked, int megabytes) {
    try {
      Path folder = Files.createTempDirectory("sextant-sync");
      folder.toFile().deleteOnExit();
      return connect(folder.resolve("state.duckdb"), folder.resolve("tmp"), megabytes);
    } catch (SQLException | IOException failure) {
      failure.addSuppressed(locked);
      throw unusable(file, failure);
    }
  }

  private static ScratchFile connect(Path file, Path spill, int megabytes) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", megabytes + "MB");
    settings.setProperty("threads", String.valueOf(Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())));
    settings.setProperty("temp_directory", spill.toString());
    ScratchFile state = new ScratchFile(DriverManager.getConnection("jdbc:duckdb:" + file, settings).unwrap(DuckDBConnection.class));
    state.run("set global TimeZone = 'UTC'");
    state.run("set preserve_insertion_order = false");
    return state;
  }

  private static RuntimeException unusable(Path file, Exception failure) {
    return ActivationIssue.RUN_STORE.because("The scratch file " + file + " does not open: " + failure.getMessage()
        + " It may be deleted; it is made anew.", failure);
  }

  /** Deletes a file with what it holds; the next run makes it anew. */
  public static void remove(Path file) {
    for (String suffix : List.of("", ".wal")) {
      try {
        Files.deleteIfExists(Path.of(file + suffix));
      } catch (IOException failure) {
        throw unusable(file, failure);
      }
    }
  }

  /** Makes a table of all batches, which are read once, of these columns; what makes them fail is thrown as it is. */
  public void load(String table, String columns, ArrowBatches batches) {
    read(batches, incoming -> "create or replace table " + table + " as select " + columns + " from " + incoming);
  }

  /** Writes all batches, which are read once, to a file; {@code options} are DuckDB's of COPY. Returns how many rows there were. */
  public long write(Path file, String options, ArrowBatches batches) {
    return read(batches, incoming -> "copy (select * from " + incoming + ") to " + Sql.text(file.toString()) + " (" + options + ")");
  }

  /** Runs the statement that {@code sql} makes of the name under which all batches can be read, once. Returns how many rows it touched. */
  public long read(ArrowBatches batches, UnaryOperator<String> sql) {
    boolean empty = !batches.loadNext();
    BatchesReader reader = new BatchesReader(allocator(batches), batches, empty);
    long rows;
    try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(reader.allocator())) {
      Data.exportArrayStream(reader.allocator(), reader, stream);
      database.registerArrowStream(INCOMING, stream);
      rows = update(sql.apply(INCOMING));
      run("drop view if exists " + INCOMING);
    } catch (SextantException failure) {
      throw reader.failure().orElse(failure);
    }
    reader.failure().ifPresent(failure -> {
      throw failure;
    });
    return rows;
  }

  private static BufferAllocator allocator(ArrowBatches batches) {
    return batches.root().getFieldVectors().getFirst().getAllocator();
  }

  private long update(String sql) {
    try (Statement statement = database.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  public void run(String sql) {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw broken(failure);
    }
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

  /** Appends rows to a table, values in the order of its columns. */
  public <T> void append(String table, List<T> rows, Function<T, List<Optional<Object>>> values) {
    try (DuckDBAppender appender = database.createAppender("temp", "main", table)) {
      for (T row : rows) {
        appender.beginRow();
        for (Optional<Object> value : values.apply(row)) {
          switch (value.orElse(null)) {
            case null -> appender.appendNull();
            case Boolean truth -> appender.append(truth.booleanValue());
            case Object text -> appender.append(text.toString());
          }
        }
        appender.endRow();
      }
    } catch (SQLException failure) {
      throw broken(failure);
    }
  }

  DuckDBConnection database() {
    return database;
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

  static SextantException broken(SQLException failure) {
    return ActivationIssue.RUN_STORE.because("The scratch file cannot be used: " + failure.getMessage(), failure);
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;

/** The rows of a DuckDB statement, read from its own memory without a copy while it runs. */
final class DuckDbBatches implements ArrowBatches {
  private static final long ROWS_PER_BATCH = 32_768;

  private final ArrowReader reader;
  private final Optional<PlainColumns> plain;
  private final QueryControl control;
  private final StopSignal stop;
  private final DuckDbErrors errors;
  private final Closing closing;
  private final ReentrantLock reading = new ReentrantLock();
  private Optional<SextantException> failed = Optional.empty();
  private volatile boolean closed;

  private DuckDbBatches(ArrowReader reader, Optional<PlainColumns> plain, QueryControl control, StopSignal stop, DuckDbErrors errors,
      Closing closing) {
    this.reader = reader;
    this.plain = plain;
    this.control = control;
    this.stop = stop;
    this.errors = errors;
    this.closing = closing;
  }

  /** Starts {@code sql}; what this opens is closed by {@code closing}, which the batches own once they are returned. */
  static ArrowBatches run(String sql, QueryControl control, DuckDBConnection connection, BufferAllocator allocator, DuckDbErrors errors,
      Closing closing) throws SQLException {
    Statement statement = closing.add(connection.createStatement());
    StopSignal stop = closing.add(StopSignal.watch(control, () -> DuckDbInterrupt.send(connection)));
    if (!execute(sql, statement, connection, control)) {
      return UpdateCount.of(statement.getLargeUpdateCount(), allocator, closing);
    }
    DuckDBResultSet rows = closing.add(statement.getResultSet().unwrap(DuckDBResultSet.class));
    ArrowReader reader = closing.add((ArrowReader) rows.arrowExportStream(allocator, ROWS_PER_BATCH));
    try {
      Optional<PlainColumns> plain = Optional.empty();
      if (PlainColumns.neededFor(reader.getVectorSchemaRoot().getSchema())) {
        plain = Optional.of(closing.add(new PlainColumns(reader, allocator)));
      }
      return new DuckDbBatches(reader, plain, control, stop, errors, closing);
    } catch (IOException failure) {
      throw errors.failure(failure, control);
    }
  }

  private static boolean execute(String sql, Statement statement, DuckDBConnection connection, QueryControl control) throws SQLException {
    try {
      return statement.execute(sql);
    } catch (SQLException failure) {
      boolean lost = DuckDbErrors.firstParagraph(failure).endsWith(DuckDbErrors.LOST_CAUSE);
      throw lost && control.stopped().isEmpty() ? firstCause(sql, connection, failure) : failure;
    }
  }

  /**
   * A streaming statement that fails before its first row loses its reason in the driver, so it runs once more up to that point through the
   * driver's other interface, which keeps it. Only queries stream, and they have no effects.
   */
  private static SQLException firstCause(String sql, DuckDBConnection connection, SQLException lost) {
    try (PreparedStatement again = connection.prepareStatement(sql);
        var rows = again.unwrap(DuckDBPreparedStatement.class).query()) {
      return lost;
    } catch (SQLException cause) {
      return cause;
    }
  }

  @Override
  public VectorSchemaRoot root() {
    try {
      return plain.isPresent() ? plain.get().root() : reader.getVectorSchemaRoot();
    } catch (IOException failure) {
      throw errors.failure(failure, control);
    }
  }

  @Override
  public boolean loadNext() {
    reading.lock();
    try {
      failed.ifPresent(failure -> {
        throw failure;
      });
      return load();
    } catch (IOException | RuntimeException failure) {
      failed = Optional.of(errors.failure(failure, control));
      throw failed.get();
    } finally {
      reading.unlock();
    }
  }

  private boolean load() throws IOException {
    if (closed) {
      throw new SextantException(Issue.of(QueryIssue.CANCELLED, Position.NOWHERE, "query " + control.queryId() + " is closed"));
    }
    control.check();
    boolean more = plain.isPresent() ? plain.get().loadNext() : reader.loadNextBatch();
    if (!more) {
      // A cancelled stream may end as if it were complete.
      control.check();
    }
    return more;
  }

  @Override
  public void close() {
    closed = true;
    if (reading.isLocked()) {
      stop.send();
    }
    reading.lock();
    try {
      closing.close();
    } finally {
      reading.unlock();
    }
  }
}

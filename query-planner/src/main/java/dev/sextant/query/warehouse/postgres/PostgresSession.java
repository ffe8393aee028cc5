// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.query.QueryControl;
import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.StreamedBatches;
import dev.sextant.query.warehouse.statement.UpdateCount;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.arrow.memory.BufferAllocator;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A connection borrowed from the pool for one statement. It goes back only when the statement came to its own end: a cancel may reach the
 * server late and must not hit the next statement.
 */
final class PostgresSession implements AutoCloseable {
  private static final int VALIDATION_SECONDS = 2;

  private final HikariDataSource pool;
  private final Connection connection;
  private final PGConnection postgres;
  private Optional<PostgresRows> rows = Optional.empty();
  private volatile boolean cancelled;

  private PostgresSession(HikariDataSource pool, Connection connection) throws SQLException {
    this.pool = pool;
    this.connection = connection;
    this.postgres = connection.unwrap(PGConnection.class);
  }

  /** Waits for a connection, but not longer than the query may: connecting to a host that does not answer takes its time. */
  static PostgresSession open(HikariDataSource pool, QueryControl control) throws SQLException {
    CompletableFuture<Connection> borrowed = new CompletableFuture<>();
    Thread.ofVirtual().name("sextant-connect").start(() -> borrow(pool, borrowed));
    control.onStop(() -> borrowed.cancel(false));
    try {
      return new PostgresSession(pool, borrowed.join());
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof SQLException known ? known : new SQLException(failure.getCause());
    } catch (CancellationException stopped) {
      throw new SQLException("stopped while connecting", stopped);
    }
  }

  private static void borrow(HikariDataSource pool, CompletableFuture<Connection> borrowed) {
    try {
      Connection connection = pool.getConnection();
      if (!borrowed.complete(connection)) {
        connection.close();
      }
    } catch (SQLException | RuntimeException failure) {
      borrowed.completeExceptionally(failure);
    }
  }

  /** Tells the columns of {@code sql} without running it; empty when it gives no rows. */
  Optional<PostgresColumns> describe(String sql) throws SQLException {
    // A question mark is a parameter to the driver unless it is doubled; inside of text it makes no difference to the columns.
    try (PreparedStatement statement = connection.prepareStatement(sql.replace("?", "??"))) {
      ResultSetMetaData described = statement.getMetaData();
      return described == null ? Optional.empty() : Optional.of(PostgresColumns.of(described));
    }
  }

  StreamedBatches.Reader run(String sql, BufferAllocator allocator, Closing closing) throws SQLException {
    Optional<PostgresColumns> columns = describe(sql);
    if (columns.isEmpty()) {
      return new UpdateCount(update(sql), allocator, closing);
    }
    CopyOut copy = postgres.getCopyAPI().copyOut(columns.get().copy(sql));
    PostgresRows started = new PostgresRows(copy, columns.get(), allocator, closing);
    rows = Optional.of(started);
    return started;
  }

  /** Runs a statement without rows and returns how many it changed. */
  long update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      return statement.getLargeUpdateCount();
    }
  }

  /** Returns the first column of a small query. */
  List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Cancels what runs, from any thread. */
  void cancel() throws SQLException {
    cancelled = true;
    postgres.cancelQuery();
  }

  @Override
  public void close() throws SQLException {
    if (rows.filter(PostgresRows::isActive).isPresent()) {
      cancelQuietly();
      giveUp();
    } else if (cancelled || rows.filter(PostgresRows::failed).isPresent() && !connection.isValid(VALIDATION_SECONDS)) {
      giveUp();
    }
    connection.close();
  }

  private void giveUp() throws SQLException {
    connection.unwrap(Connection.class).abort(Runnable::run);
    pool.evictConnection(connection);
  }

  private void cancelQuietly() {
    try {
      postgres.cancelQuery();
    } catch (SQLException unreachable) {
      // Then the server notices that its client is gone.
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.testing.FakeServer;
import dev.sextant.jdbc.testing.Tables;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Whoever has had enough is free at once, and the server is told. */
@Timeout(30)
class CancelTest {
  private final FakeServer server = new FakeServer();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url());
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    server.close();
  }

  /** Answers only once the query is cancelled, as the server does. */
  private void waitForCancel() {
    server.answer((asked, reply) -> {
      if (asked.isPrepare()) {
        reply.arrow(Tables.noNumbers());
        return;
      }
      arrived.countDown();
      assertThat(reply.awaitCancel(asked)).isTrue();
      reply.error(409, "57014", "query was cancelled");
    });
  }

  private CompletableFuture<Void> cancelOnceRunning(Statement statement) {
    return CompletableFuture.runAsync(() -> {
      try {
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        statement.cancel();
      } catch (SQLException | InterruptedException failure) {
        throw new AssertionError(failure);
      }
    });
  }

  private void numbersAgain() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(asked.isPrepare() ? Tables.noNumbers() : Tables.numbers(3)));
  }

  private static String state(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return catchThrowableOfType(SQLException.class, work).getSQLState();
  }

  @Test
  void aWaitingStatementIsFreedAndCanBeUsedAgain() throws Exception {
    waitForCancel();
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> cancel = cancelOnceRunning(statement);
      assertThat(state(() -> statement.executeQuery("slow"))).isEqualTo("57014");
      cancel.join();
      assertThat(server.deleted()).containsExactly(server.lastAsked().header("Sextant-query-id"));
      numbersAgain();
      ResultSet rows = statement.executeQuery("quick");
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void aPreparedStatementToo() throws Exception {
    waitForCancel();
    try (PreparedStatement statement = connection.prepareStatement("slow")) {
      CompletableFuture<Void> cancel = cancelOnceRunning(statement);
      assertThat(state(statement::executeQuery)).isEqualTo("57014");
      cancel.join();
      numbersAgain();
      assertThat(statement.executeQuery().next()).isTrue();
    }
  }

  @Test
  void readingStopsInTheMiddleOfAStream() throws Exception {
    byte[] whole = Tables.numbers(3_000);
    server.answer((asked, reply) -> {
      OutputStream out = reply.arrowStream();
      out.write(whole, 0, whole.length / 2);
      out.flush();
      arrived.countDown();
      reply.awaitCancel(asked);
    });
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("endless");
      CompletableFuture<Void> cancel = cancelOnceRunning(statement);
      assertThat(state(() -> {
        while (rows.next()) {
          assertThat(rows.getLong(1)).isNotNegative();
        }
      })).isEqualTo("57014");
      cancel.join();
      numbersAgain();
      assertThat(statement.executeQuery("quick").next()).isTrue();
    }
  }

  @Test
  void cancellingNothingIsNoMistake() throws SQLException {
    numbersAgain();
    try (Statement statement = connection.createStatement()) {
      statement.cancel();
      ResultSet rows = statement.executeQuery("quick");
      while (rows.next()) {
        assertThat(rows.getLong(1)).isNotNegative();
      }
      statement.cancel();
      assertThat(statement.executeQuery("quick").next()).isTrue();
      assertThat(server.deleted()).isEmpty();
    }
  }

  @Test
  void aResultClosedEarlyLeavesTheServerToItself() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    byte[] whole = Tables.numbers(1_000);
    server.answer((asked, reply) -> {
      try (OutputStream out = reply.arrowStream()) {
        out.write(whole, 0, whole.length - 8);
        byte[] batches = java.util.Arrays.copyOfRange(whole, whole.length / 10, whole.length - 8);
        for (int i = 0; i < 100_000; i++) {
          out.write(batches);
        }
      } finally {
        gone.countDown();
      }
    });
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("endless");
      assertThat(rows.next()).isTrue();
      long started = System.nanoTime();
      rows.close();
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
      assertThat(gone.await(10, TimeUnit.SECONDS)).as("the server noticed").isTrue();
    }
  }

  @Test
  void closingTheConnectionFreesWhoWaits() throws Exception {
    waitForCancel();
    Statement statement = connection.createStatement();
    CompletableFuture<Void> close = CompletableFuture.runAsync(() -> {
      try {
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        connection.close();
      } catch (SQLException | InterruptedException failure) {
        throw new AssertionError(failure);
      }
    });
    assertThat(state(() -> statement.executeQuery("slow"))).isEqualTo("57014");
    close.join();
    assertThat(statement.isClosed()).isTrue();
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void abortFreesWhoWaits() throws Exception {
    waitForCancel();
    Statement statement = connection.createStatement();
    CompletableFuture<Void> abort = CompletableFuture.runAsync(() -> {
      try (var threads = Executors.newSingleThreadExecutor()) {
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
        connection.abort(threads);
      } catch (SQLException | InterruptedException failure) {
        throw new AssertionError(failure);
      }
    });
    assertThat(state(() -> statement.executeQuery("slow"))).isEqualTo("57014");
    abort.join();
    assertThat(connection.isClosed()).isTrue();
  }

  @Test
  void theServerEndsAQueryInTime() throws SQLException {
    server.answer((asked, reply) -> reply.error(504, "HYT00", "query passed its deadline"));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeQuery("slow")).isInstanceOf(SQLTimeoutException.class);
    }
  }

  @Test
  void aSilentServerIsNotWaitedForLongerThanTheNetworkTimeout() throws SQLException {
    waitForCancel();
    connection.setNetworkTimeout(null, 300);
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("slow")).isInstanceOf(SQLTimeoutException.class);
    }
  }
}

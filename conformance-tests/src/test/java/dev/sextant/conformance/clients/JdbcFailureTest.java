// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What goes wrong in the middle is told, and the connection goes on. */
class JdbcFailureTest {
  private static final String BROKEN = "select fail, fail__payload from failing";
  private static final String ENDLESS = "select endless__payload, measure(endlessness) from endless group by endless__payload";

  @TempDir Path folder;
  private FailingServer server;
  private Connection connection;

  @BeforeEach
  void connect() throws IOException, SQLException {
    server = FailingServer.start(folder);
    connection = server.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    server.close();
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  @Test
  void anAnswerThatBreaksOffIsAnErrorAndTheStatementGoesOn() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      SQLException failure = catchThrowableOfType(SQLException.class, () -> count(statement.executeQuery(BROKEN)));
      assertThat((Throwable) failure).hasMessageContaining("row 899999 is broken");
      assertThat(failure.getSQLState()).isNotBlank();
      assertThat(count(statement.executeQuery("select 1"))).isEqualTo(1);
    }
  }

  @Test
  void aPreparedStatementTellsTheSame() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BROKEN + " where fail >= ?")) {
      statement.setInt(1, 0);
      assertThatThrownBy(() -> count(statement.executeQuery())).isInstanceOf(SQLException.class)
          .hasMessageContaining("row 899999 is broken");
      statement.setInt(1, 900_000);
      assertThat(count(statement.executeQuery())).isEqualTo(100_000);
    }
  }

  @Test
  void aCancelledStatementCanBeUsedAgain() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CountDownLatch ended = new CountDownLatch(1);
      Thread canceller = Thread.ofPlatform().start(() -> cancelUntil(ended, statement));
      SQLException failure = catchThrowableOfType(SQLException.class, () -> count(statement.executeQuery(ENDLESS)));
      ended.countDown();
      canceller.join();
      assertThat(failure.getSQLState()).isEqualTo("57014");
      assertThat(count(statement.executeQuery("select 1"))).isEqualTo(1);
    }
  }

  /** A cancel that comes before the statement runs does nothing, so it is repeated. */
  private static void cancelUntil(CountDownLatch ended, Statement statement) {
    try {
      while (!ended.await(50, TimeUnit.MILLISECONDS)) {
        statement.cancel();
      }
    } catch (InterruptedException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aQueryMayTakeNoLongerThanItIsGiven() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> count(statement.executeQuery(ENDLESS))).isInstanceOf(SQLTimeoutException.class);
      assertThat(count(statement.executeQuery("select 1"))).isEqualTo(1);
    }
  }

  @Test
  void whetherAConnectionIsValidIsAskedOfTheServer() throws SQLException {
    assertThat(connection.isValid(10)).isTrue();
    server.close();
    assertThat(connection.isValid(10)).isFalse();
    assertThatThrownBy(() -> connection.createStatement().executeQuery("select 1")).isInstanceOf(SQLException.class)
        .satisfies(failure -> assertThat(((SQLException) failure).getSQLState()).startsWith("08"));
  }
}

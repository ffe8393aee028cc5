// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.testing.FakeServer;
import dev.sextant.jdbc.testing.Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class StatementTest {
  private final FakeServer server = new FakeServer();
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url());
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    server.close();
  }

  private long count() throws SQLException {
    try (ResultSet rows = statement.executeQuery("select n from t")) {
      long count = 0;
      while (rows.next()) {
        assertThat(rows.getLong("N")).isEqualTo(count++);
      }
      return count;
    }
  }

  @Test
  void rowsComeInOrderOverManyBatches() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.numbers(100_000)));
    assertThat(count()).isEqualTo(100_000);
    assertThat(count()).isEqualTo(100_000);
  }

  @Test
  void aResultKnowsWhereItStands() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.numbers(2)));
    ResultSet rows = statement.executeQuery("x");
    assertThat(rows.isBeforeFirst()).isTrue();
    assertThat(rows.next()).isTrue();
    assertThat(rows.isFirst()).isTrue();
    assertThat(rows.isLast()).isFalse();
    assertThat(rows.getRow()).isEqualTo(1);
    assertThat(rows.next()).isTrue();
    assertThat(rows.isLast()).isTrue();
    assertThat(rows.next()).isFalse();
    assertThat(rows.isAfterLast()).isTrue();
  }

  @Test
  void anEmptyResultStandsBeforeNoRow() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.noNumbers()));
    ResultSet rows = statement.executeQuery("x");
    assertThat(rows.isBeforeFirst()).isFalse();
    assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
    assertThat(rows.next()).isFalse();
  }

  @Test
  void columnsAreDescribedInFull() throws SQLException {
    ResultSetMetaData columns = statement.executeQuery("x").getMetaData();
    assertThat(columns.getColumnLabel(1)).isEqualTo("n");
    assertThat(columns.getColumnName(1)).isEqualTo("n");
    assertThat(columns.getColumnTypeName(1)).isEqualTo("BIGINT");
    assertThat(columns.getColumnClassName(1)).isEqualTo("java.lang.Long");
    assertThat(columns.getPrecision(1)).isEqualTo(19);
    assertThat(columns.isSigned(1)).isTrue();
    assertThat(columns.getTableName(1)).isEmpty();
    assertThat(columns.getSchemaName(1)).isEmpty();
    assertThat(columns.getCatalogName(1)).isEmpty();
    assertThat(columns.isReadOnly(1)).isTrue();
    assertThatThrownBy(() -> columns.getColumnLabel(2)).isInstanceOf(SQLException.class).hasMessageContaining("no column 2");
  }

  @Test
  void commandsGiveNoResult() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.nothing()));
    assertThat(statement.execute("set x = 1")).isFalse();
    assertThat(statement.getResultSet()).isNull();
    assertThat(statement.getUpdateCount()).isZero();
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.executeUpdate("set x = 1")).isZero();
    assertThatThrownBy(() -> statement.executeQuery("set x = 1")).isInstanceOf(SQLException.class);
  }

  @Test
  void queriesGiveOneResult() throws SQLException {
    assertThat(statement.execute("select 1 as n")).isTrue();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.getResultSet().next()).isTrue();
    assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)).isFalse();
    assertThat(statement.getResultSet().isClosed()).isFalse();
    assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThatThrownBy(() -> statement.executeUpdate("select 1")).isInstanceOf(SQLException.class).hasMessageContaining("executeQuery");
    assertThat(statement.getGeneratedKeys().next()).isFalse();
  }

  @Test
  void errorsKeepTheirStateAndTheirClass() {
    server.answer((asked, reply) -> reply.error(400, "42703", "There is no column 'x'."));
    assertThatThrownBy(() -> statement.executeQuery("x")).isInstanceOf(SQLSyntaxErrorException.class)
        .hasMessage("There is no column 'x'. (line 2, column 7)")
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("42703");
    server.answer((asked, reply) -> reply.error(422, "0A000", "Not yet."));
    assertThatThrownBy(() -> statement.execute("x")).isInstanceOf(SQLFeatureNotSupportedException.class);
    server.answer((asked, reply) -> reply.error(400, "22012", "Division by zero."));
    assertThatThrownBy(() -> connection.prepareStatement("x").executeQuery()).isInstanceOf(SQLDataException.class);
  }

  @Test
  void severalErrorsFollowEachOther() {
    server.answer((asked, reply) -> reply.send(400, "application/json",
        "{\"error\":{\"message\":\"one\"},\"errors\":[{\"message\":\"one\",\"sqlstate\":\"42000\"},{\"message\":\"two\"}]}".getBytes(
            java.nio.charset.StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> statement.executeQuery("x")).hasMessage("one")
        .asInstanceOf(type(SQLException.class))
        .satisfies(failure -> assertThat(failure.getNextException().getMessage()).isEqualTo("two"));
  }

  @Test
  void theStatementCanBeUsedAfterAnError() throws SQLException {
    server.answer((asked, reply) -> reply.error(400, "42000", "No."));
    assertThatThrownBy(() -> statement.executeQuery("x")).isInstanceOf(SQLException.class);
    server.answer((asked, reply) -> reply.arrow(Tables.numbers(3)));
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void aBrokenAnswerIsAnErrorWhateverTheTransportSays() throws SQLException {
    byte[] whole = Tables.numbers(5_000);
    byte[] withoutMark = java.util.Arrays.copyOf(whole, whole.length - 8);
    server.answer((asked, reply) -> reply.arrow(withoutMark));
    assertThatThrownBy(this::count).isInstanceOf(SQLException.class).hasMessageContaining("is not all");
    server.answer((asked, reply) -> reply.brokenArrow(java.util.Arrays.copyOf(whole, whole.length / 2)));
    assertThatThrownBy(this::count).isInstanceOf(SQLException.class)
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("08006");
    server.answer((asked, reply) -> reply.arrow(whole));
    assertThat(count()).isEqualTo(5_000);
  }

  @Test
  void theServerTellsWhyAnAnswerBroke() {
    byte[] whole = Tables.numbers(5_000);
    server.answer((asked, reply) -> reply.brokenArrow(java.util.Arrays.copyOf(whole, whole.length / 2)));
    server.reason("{\"query_id\":\"x\",\"status\":\"failed\",\"error\":{\"message\":\"Division by zero.\",\"sqlstate\":\"22012\"}}");
    assertThatThrownBy(this::count).isInstanceOf(SQLDataException.class).hasMessage("Division by zero.");
  }

  @Test
  void warningsAreHandedOn() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.numbers(1, Map.of("sextant.warnings", "Metric 'a' is old.\nSo is 'b'."))));
    statement.executeQuery("x");
    assertThat(statement.getWarnings().getMessage()).isEqualTo("Metric 'a' is old.");
    assertThat(statement.getWarnings().getSQLState()).isEqualTo("01000");
    assertThat(statement.getWarnings().getNextWarning().getMessage()).isEqualTo("So is 'b'.");
    statement.clearWarnings();
    assertThat((Object) statement.getWarnings()).isNull();
    server.answer((asked, reply) -> reply.arrow(Tables.numbers(1)));
    statement.executeQuery("x");
    assertThat((Object) statement.getWarnings()).isNull();
  }

  @Test
  void limitsReachTheServer() throws SQLException {
    statement.setMaxRows(17);
    statement.setQueryTimeout(3);
    statement.executeQuery("select \"a\\b\"\n from t");
    assertThat(server.lastAsked().sql()).isEqualTo("select \"a\\b\"\n from t");
    assertThat(String.valueOf(server.lastAsked().body().get("max_rows"))).isEqualTo("17");
    assertThat(server.lastAsked().header("Sextant-timeout")).isEqualTo("3s");
    assertThat(server.lastAsked().header("Accept")).contains("arrow");
  }

  @Test
  void aNewResultClosesTheOneBefore() throws SQLException {
    ResultSet first = statement.executeQuery("x");
    ResultSet second = statement.executeQuery("y");
    assertThat(first.isClosed()).isTrue();
    assertThat(second.next()).isTrue();
    statement.close();
    assertThat(second.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.executeQuery("z")).isInstanceOf(SQLException.class)
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("HY010");
    assertThatThrownBy(second::next).isInstanceOf(SQLException.class);
  }

  @Test
  void aStatementMayCloseWithItsResult() throws SQLException {
    statement.closeOnCompletion();
    ResultSet rows = statement.executeQuery("x");
    rows.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> statement.setFetchSize(-1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.setQueryTimeout(-1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.setMaxRows(-1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.getMoreResults(99)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> statement.executeBatch()).isInstanceOf(SQLFeatureNotSupportedException.class);
    assertThatThrownBy(() -> statement.unwrap(String.class)).isInstanceOf(SQLException.class);
  }
}

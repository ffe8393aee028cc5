// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.testing.FakeServer;
import dev.sextant.jdbc.testing.Tables;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConnectionTest {
  private final FakeServer server = new FakeServer();

  @AfterEach
  void close() {
    server.close();
  }

  private Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(server.url() + parameters);
  }

  @Test
  void theDriverIsFoundByItsUrl() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:sextant://host");
    assertThat(driver).isInstanceOf(SextantDriver.class);
    assertThat(driver.connect("jdbc:other:x", new Properties())).isNull();
    assertThat(driver.jdbcCompliant()).isFalse();
  }

  @Test
  void toolsLearnTheParameters() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:sextant://host");
    DriverPropertyInfo[] properties = driver.getPropertyInfo("jdbc:sextant://host/?view=sales&ssl=true", new Properties());
    assertThat(properties).extracting(property -> property.name)
        .containsExactly("token", "user", "password", "view", "ssl", "timeout", "connect_timeout", "network_timeout", "compression",
            "time_zone");
    assertThat(properties).filteredOn(property -> property.name.equals("view")).extracting(property -> property.value).contains("sales");
    assertThat(properties).filteredOn(property -> property.name.equals("ssl"))
        .extracting(property -> Arrays.asList(property.choices))
        .contains(List.of("false", "true"));
    assertThat(driver.getPropertyInfo(null, null)).allMatch(property -> !property.description.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      jdbc:sextant:host                      | no URL of this driver
      jdbc:sextant://                        | no URL of this driver
      jdbc:sextant://host:99999              | port 99999 is out of range
      jdbc:sextant://host/?tokn=x            | parameter 'tokn' is not known; there are token, user
      jdbc:sextant://host/?ssl=maybe         | 'ssl' is one of false, true, not 'maybe'
      jdbc:sextant://host/?timeout=soon      | 'timeout' is a number of seconds, not 'soon'
      jdbc:sextant://host/?time_zone=Nowhere | 'time_zone' is a zone
      jdbc:sextant://host/?token=%zz         | write %25
      """)
  void wrongUrlsSayWhatIsWrong(String url, String hint) {
    assertThatThrownBy(() -> DriverManager.getConnection(url)).isInstanceOf(SQLException.class)
        .hasMessageContaining(hint)
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("08001");
  }

  @Test
  void theTokenIsSentAndNotShown() throws SQLException {
    try (Connection connection = connect("?token=a%2Bb+c%25&user=ada")) {
      assertThat(server.lastAsked().header("Authorization")).isEqualTo("Bearer a+b+c%");
      assertThat(connection.getMetaData().getURL()).endsWith("/?token=..&user=ada");
      assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
    }
    try (Connection connection = DriverManager.getConnection(server.url(), "ada", "secret")) {
      assertThat(server.lastAsked().header("Authorization")).isEqualTo("Bearer secret");
      assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
    }
  }

  @Test
  void aRefusedTokenIsToldAtOnce() {
    FakeServer refusing = new FakeServer();
    refusing.refuse(401);
    assertThatThrownBy(() -> DriverManager.getConnection(refusing.url())).hasMessageContaining("add ?token=..")
        .extracting(failure -> ((SQLException) failure).getSQLState())
        .isEqualTo("28000");
    refusing.refuse(403);
    assertThatThrownBy(() -> DriverManager.getConnection(refusing.url() + "?token=x")).hasMessageContaining("check the connection's token");
    refusing.close();
  }

  @Test
  void aServerThatIsNotThereIsToldAtOnce() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(stateOf("jdbc:sextant://localhost:" + port)).isEqualTo("08001");
    assertThat(stateOf("jdbc:sextant://no.such.host.invalid")).isEqualTo("08001");
  }

  private static String stateOf(String url) {
    return catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url)).getSQLState();
  }

  @Test
  void whatIsNoSextantServerIsRecognized() throws SQLException {
    try (Connection connection = connect(""); Statement statement = connection.createStatement()) {
      server.answer((asked, reply) -> reply.send(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
      assertThatThrownBy(() -> statement.executeQuery("x")).hasMessageContaining("is it a Sextant server?");
      server.answer((asked, reply) -> reply.send(502, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
      assertThatThrownBy(() -> statement.executeQuery("x")).hasMessageContaining("HTTP 502");
    }
  }

  @Test
  void validityIsAskedOfTheServer() throws SQLException {
    Connection connection = connect("");
    assertThat(connection.isValid(1)).isTrue();
    assertThat(server.lastAsked().sql()).isEqualTo("select 1");
    assertThatThrownBy(() -> connection.isValid(-1)).isInstanceOf(SQLException.class);
    server.close();
    assertThat(connection.isValid(1)).isFalse();
    connection.close();
    assertThat(connection.isValid(1)).isFalse();
  }

  @Test
  void settingsAreKept() throws SQLException {
    try (Connection connection = connect("?timeout=7&network_timeout=3")) {
      assertThat(connection.createStatement().getQueryTimeout()).isEqualTo(7);
      assertThat(connection.getNetworkTimeout()).isEqualTo(3000);
      connection.setAutoCommit(false);
      assertThat(connection.getAutoCommit()).isFalse();
      connection.commit();
      connection.rollback();
      connection.setReadOnly(true);
      assertThat(connection.isReadOnly()).isTrue();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
      assertThatThrownBy(() -> connection.setTransactionIsolation(99)).isInstanceOf(SQLException.class);
      connection.setClientInfo("ApplicationName", "tests");
      assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("tests");
      assertThat(connection.nativeSQL("select 1")).isEqualTo("select 1");
      assertThat(connection.getTypeMap()).isEmpty();
    }
  }

  @Test
  void whatCannotBeIsToldAsSuch() throws SQLException {
    try (Connection connection = connect("")) {
      assertThatThrownBy(connection::setSavepoint).isInstanceOf(SQLFeatureNotSupportedException.class).hasMessageContaining("Savepoints");
      assertThatThrownBy(connection::createClob).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> connection.prepareCall("x")).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> connection.unwrap(String.class)).isInstanceOf(SQLException.class);
      assertThat(connection.unwrap(SextantConnection.class)).isSameAs(connection);
      Statement scrolling = connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
      assertThat(scrolling.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
      assertThat(connection.getWarnings().getSQLState()).isEqualTo("01S02");
      connection.clearWarnings();
      assertThat((Object) connection.getWarnings()).isNull();
    }
  }

  @Test
  void aClosedConnectionClosesAllOfIts() throws SQLException {
    Connection connection = connect("");
    Statement statement = connection.createStatement();
    ResultSet rows = statement.executeQuery("x");
    connection.close();
    assertThat(statement.isClosed()).isTrue();
    assertThat(rows.isClosed()).isTrue();
    assertThat(catchThrowableOfType(SQLException.class, connection::createStatement).getSQLState()).isEqualTo("08003");
    connection.close();
  }

  @Test
  void answersMayBeCompressed() throws SQLException {
    server.answer((asked, reply) -> {
      assertThat(asked.header("Accept-encoding")).isEqualTo("gzip");
      reply.gzipped(Tables.numbers(5_000));
    });
    try (Connection connection = connect("?compression=gzip"); Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("x");
      int count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isEqualTo(5_000);
    }
  }

  @Test
  void theCatalogAndSchemaAreTheServersOwn() throws SQLException {
    server.answer((asked, reply) -> reply.arrow(Tables.texts(List.of("a", "b"), List.of(List.of("shop", "public")))));
    try (Connection connection = connect("")) {
      assertThat(connection.getCatalog()).isEqualTo("shop");
      assertThat(connection.getSchema()).isEqualTo("public");
      connection.setSchema("public");
      assertThat(connection.getSchema()).isEqualTo("public");
    }
  }
}

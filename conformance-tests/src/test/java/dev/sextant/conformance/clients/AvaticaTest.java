// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Avatica's own thin client, in both of its encodings. */
class AvaticaTest {

  private static Connection connect(String serialization) throws SQLException {
    return DriverManager.getConnection("jdbc:avatica:remote:url=http://127.0.0.1:" + RetailServer.project().server().httpPort()
        + "/avatica;serialization=" + serialization);
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    List<String> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next()) {
      List<String> cells = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        cells.add(String.valueOf(result.getString(i)));
      }
      rows.add(String.join("|", cells));
    }
    result.close();
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void theAnswerIsThatOfTheDriver(String serialization) throws SQLException {
    String sql = "select customer_country, measure(revenue) as revenue from sales group by 1 order by 2 desc, 1";
    try (Connection avatica = connect(serialization);
        Connection own = RetailServer.connect();
        Statement statement = avatica.createStatement();
        Statement expected = own.createStatement()) {
      List<String> rows = rows(statement.executeQuery(sql));
      assertThat(rows).isEqualTo(rows(expected.executeQuery(sql))).hasSizeGreaterThan(3);
      statement.setMaxRows(2);
      assertThat(rows(statement.executeQuery(sql))).hasSize(2);
      assertThat(statement.execute("set search_path = public")).isFalse();
      avatica.setAutoCommit(false);
      avatica.commit();
      avatica.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void preparedStatementsTellTheirColumnsAndTakeValues(String serialization) throws SQLException {
    String sql = "select metric_time, measure(revenue) as revenue from sales where customer_country = ? and metric_time >= ? group by 1 order by 1";
    try (Connection connection = connect(serialization); PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData told = statement.getMetaData();
      assertThat(told.getColumnLabel(2)).isEqualTo("revenue");
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
      statement.setString(1, "DE");
      statement.setDate(2, Date.valueOf("2025-01-01"));
      try (ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
        assertThat(result.getMetaData().getColumnType(2)).isEqualTo(told.getColumnType(2));
        assertThat(result.getTimestamp(1)).isAfterOrEqualTo(java.sql.Timestamp.valueOf("2025-01-01 00:00:00"));
        assertThat(result.getObject(2)).isInstanceOf(BigDecimal.class);
      }
      statement.setString(1, "no such country' or 1 = 1 --");
      assertThat(rows(statement.executeQuery())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void longAnswersComeInFrames(String serialization) throws SQLException {
    String sql = "select a.n * 100 + b.n as n from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) a(n), "
        + "(values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) b(n) order by 1";
    try (Connection connection = connect(serialization); Statement statement = connection.createStatement()) {
      statement.setFetchSize(7);
      List<String> rows = rows(statement.executeQuery(sql));
      assertThat(rows).hasSize(100).startsWith("0", "1").endsWith("908", "909");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void tablesAndColumnsAreListed(String serialization) throws SQLException {
    try (Connection connection = connect(serialization)) {
      DatabaseMetaData metaData = connection.getMetaData();
      assertThat(rows(metaData.getCatalogs())).isNotEmpty();
      assertThat(rows(metaData.getSchemas())).hasSize(2);
      assertThat(rows(metaData.getTableTypes())).containsExactly("TABLE");
      assertThat(rows(metaData.getTypeInfo())).isNotEmpty();
      assertThat(rows(metaData.getTables(null, "public", "sal%", null))).anyMatch(row -> row.contains("|sales|TABLE|"));
      assertThat(rows(metaData.getColumns(null, null, "sales", "revenue"))).singleElement().asString().contains("|revenue|3|DECIMAL|");
      assertThat(connection.getSchema()).isEqualTo("public");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void mistakesKeepTheirStateAndPlaceWithoutStackTraces(String serialization) throws SQLException {
    try (Connection connection = connect(serialization); Statement statement = connection.createStatement()) {
      SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.executeQuery("select revenu from sales"));
      assertThat(failure.getSQLState()).isEqualTo("42703");
      assertThat((Throwable) failure).hasMessageContaining("'revenue'").hasMessageContaining("line 1, column 8");
      StringWriter printed = new StringWriter();
      failure.printStackTrace(new PrintWriter(printed, true));
      assertThat(printed.toString()).doesNotContain("dev.sextant.server", "dev.sextant.query");
      SQLException unsupported = catchThrowableOfType(SQLException.class, () -> statement.execute("create temporary table t (a int)"));
      assertThat(unsupported.getSQLState()).isEqualTo("0A000");
      assertThat(rows(statement.executeQuery("select 1"))).containsExactly("1");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The stock JDBC driver of Arrow Flight SQL, which prepares every statement. */
class FlightJdbcDriverTest {
  @TempDir private Path folder;
  private FlightUnderTest flight;
  private Connection connection;

  @BeforeEach
  void open() throws Exception {
    flight = FlightUnderTest.open(folder);
    connection = DriverManager.getConnection("jdbc:arrow-flight-sql://localhost:" + flight.port() + "/?useEncryption=false");
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    flight.close();
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }

  @Test
  void statementsAreAnswered() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sale__country AS c, MEASURE(revenue) AS r FROM sales GROUP BY 1 ORDER BY 2")) {
      ResultSetMetaData about = rows.getMetaData();
      assertThat(about.getColumnLabel(2)).isEqualTo("r");
      assertThat(about.getColumnType(2)).isEqualTo(Types.DECIMAL);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isNull();
      assertThat(rows.getBigDecimal("r")).isEqualByComparingTo(new BigDecimal("7.25"));
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void preparingTellsTheColumnsWithoutRunning() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement("SELECT metric_time, MEASURE(average_sale) FROM sales GROUP BY 1")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(flight.operations().queries().count()).isZero();
    }
  }

  @Test
  void textParametersAreBound() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement("SELECT MEASURE(revenue) FROM sales WHERE sale__country = ?")) {
      for (String country : List.of("DE", "FR")) {
        statement.setString(1, country);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getBigDecimal(1)).isEqualByComparingTo(country.equals("DE") ? "31.50" : "105.00");
        }
      }
    }
  }

  /** Sets the values of parameters. */
  private interface Binding {
    void set(PreparedStatement statement) throws SQLException;
  }

  private String first(String sql, Binding binding) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.set(statement);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
      }
    }
  }

  @Test
  void parametersAreBoundAsWhatTheyAreUsedAs() throws Exception {
    assertThat(first("SELECT MEASURE(revenue) FROM sales WHERE sale__sold_at >= ? AND sale__pieces > ?", statement -> {
      statement.setDate(1, Date.valueOf("2026-02-01"));
      statement.setInt(2, 3);
    })).isEqualTo("101.00");
    assertThat(first("SELECT COUNT(*) FROM sales WHERE sale__price < ?", statement -> statement.setDouble(1, 2.5))).isEqualTo("2");
    assertThat(first("SELECT sale__country FROM sales GROUP BY 1 HAVING MEASURE(revenue) > ?",
        statement -> statement.setBigDecimal(1, new BigDecimal("31.5")))).isEqualTo("FR");
    assertThat(first("SELECT COUNT(*) FROM sales WHERE sale__pieces > ?", statement -> statement.setNull(1, Types.INTEGER))).isEqualTo("0");
  }

  @Test
  void aLongOfMoreThanAnIntegerStaysItself() throws Exception {
    assertThat(first("SELECT COUNT(*) FROM sales WHERE sale__pieces < ?", statement -> statement.setLong(1, 1L << 32))).isEqualTo("5");
  }

  @Test
  void aFractionIsBoundWhereTheStatementSaysThatItMayBeOne() throws Exception {
    assertThat(first("SELECT COUNT(*) FROM sales WHERE sale__pieces < CAST(? AS DOUBLE)", statement -> statement.setDouble(1, 3.5)))
        .isEqualTo("3");
  }

  @Test
  void commandsRunAndChangesAreRefused() throws Exception {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute("SET search_path TO public")).isFalse();
      assertThatThrownBy(() -> statement.execute("CREATE TEMP TABLE t (a int)")).isInstanceOf(SQLException.class)
          .hasMessageContaining("read-only");
    }
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("SELECT 1 AS one")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void metadataIsTold() throws Exception {
    DatabaseMetaData about = connection.getMetaData();
    assertThat(about.getDatabaseProductName()).isEqualTo("Sextant");
    assertThat(about.isReadOnly()).isTrue();
    assertThat(column(about.getCatalogs(), "TABLE_CAT")).containsExactly("small");
    assertThat(column(about.getSchemas(), "TABLE_SCHEM")).contains("public");
    assertThat(column(about.getTables(null, null, "%", null), "TABLE_NAME")).contains("sales", "metrics");
    assertThat(column(about.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
    assertThat(column(about.getColumns(null, "public", "sales", "%"), "COLUMN_NAME")).contains("metric_time", "sale__country", "revenue");
    assertThat(column(about.getPrimaryKeys(null, "public", "sales"), "COLUMN_NAME")).containsExactly("sale");
    assertThat(column(about.getImportedKeys(null, "public", "sales"), "FKCOLUMN_NAME")).isEmpty();
  }

  @Test
  void aMillionRowsAreReadAndABrokenMillionIsAnError() throws Exception {
    long rows = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT big, big__customer_name FROM big LIMIT 1000000")) {
      while (result.next()) {
        rows++;
      }
    }
    assertThat(rows).isEqualTo(1_000_000);
    assertThatThrownBy(() -> {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT fail__payload FROM failing")) {
        while (result.next()) {
          continue;
        }
      }
    }).hasMessageContaining("row 899999 is broken");
  }
}

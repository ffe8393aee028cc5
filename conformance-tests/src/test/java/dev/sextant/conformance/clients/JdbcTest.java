// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.clients;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plain JDBC against a real server. */
class JdbcTest {
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = RetailServer.connect();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
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

  @Test
  void metricsAreColumns() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> rows = rows(statement.executeQuery(
          "select customer_country, measure(revenue) as revenue from sales group by customer_country order by revenue desc"));
      assertThat(rows).hasSizeGreaterThan(3);
    }
  }

  @Test
  void whatIsPreparedIsWhatRuns() throws SQLException {
    String sql = "select metric_time, measure(revenue) as revenue from sales where customer_country = ? and metric_time >= ? group by 1 order by 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData told = statement.getMetaData();
      assertThat(told.getColumnCount()).isEqualTo(2);
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(2);
      statement.setString(1, "DE");
      statement.setObject(2, java.time.LocalDate.of(2025, 1, 1));
      ResultSet result = statement.executeQuery();
      for (int i = 1; i <= 2; i++) {
        assertThat(result.getMetaData().getColumnType(i)).isEqualTo(told.getColumnType(i));
        assertThat(result.getMetaData().getColumnLabel(i)).isEqualTo(told.getColumnLabel(i));
        assertThat(result.getMetaData().getColumnClassName(i)).isEqualTo(told.getColumnClassName(i));
      }
      assertThat(result.next()).isTrue();
      assertThat(result.getObject(2)).isInstanceOf(BigDecimal.class);
    }
  }

  @Test
  void tablesAndColumnsAreListed() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    List<String> tables = new ArrayList<>();
    try (ResultSet result = metaData.getTables(null, null, "%", new String[] {"TABLE"})) {
      while (result.next()) {
        tables.add(result.getString("TABLE_NAME"));
      }
    }
    assertThat(tables).contains("sales", "metrics");
    List<String> measures = new ArrayList<>();
    try (ResultSet result = metaData.getColumns(null, "public", "sales", null)) {
      while (result.next()) {
        assertThat(result.getInt("DATA_TYPE")).as(result.getString("COLUMN_NAME")).isNotEqualTo(Types.OTHER);
        if (result.getString("REMARKS").startsWith("measure")) {
          measures.add(result.getString("COLUMN_NAME"));
        }
      }
    }
    assertThat(measures).contains("revenue");
    assertThat(connection.getCatalog()).isEqualTo("retail");
    assertThat(connection.getSchema()).isEqualTo("public");
  }

  @Test
  void mistakesKeepTheirStateAndPlace() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select revenu from sales")).isInstanceOf(SQLSyntaxErrorException.class)
          .hasMessageContaining("'revenue'")
          .hasMessageContaining("line 1, column 8");
      assertThatThrownBy(() -> statement.executeQuery("create temporary table t (a int)")).isInstanceOf(
          SQLFeatureNotSupportedException.class);
      assertThat(rows(statement.executeQuery("select 1"))).containsExactly("1");
    }
  }

  @Test
  void commandsAndLimitsWork() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute("set search_path = public")).isFalse();
      statement.setMaxRows(2);
      assertThat(rows(statement.executeQuery("select customer_country from sales group by 1 order by 1"))).hasSize(2);
    }
    assertThat(connection.isValid(5)).isTrue();
    assertThat(connection.getMetaData().getDatabaseProductVersion()).isNotEmpty();
  }
}

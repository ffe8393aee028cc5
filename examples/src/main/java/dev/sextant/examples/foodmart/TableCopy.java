// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.foodmart;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Locale;
import java.util.StringJoiner;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Copies a table of a JDBC database into DuckDB, row by row, with its columns' names in lower case. */
record TableCopy(String schema, String table) {

  void run(Connection source, DuckDBConnection duckdb) throws SQLException {
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery("select * from \"" + schema + "\".\"" + table + "\"")) {
      ResultSetMetaData columns = rows.getMetaData();
      try (Statement create = duckdb.createStatement()) {
        create.execute("create table \"" + table + "\" (" + definitions(columns) + ")");
      }
      try (DuckDBAppender appender = duckdb.createAppender("main", table)) {
        while (rows.next()) {
          appender.beginRow();
          for (int column = 1; column <= columns.getColumnCount(); column++) {
            append(appender, rows.getObject(column));
          }
          appender.endRow();
        }
      }
    }
  }

  private static String definitions(ResultSetMetaData columns) throws SQLException {
    StringJoiner definitions = new StringJoiner(", ");
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      definitions.add("\"" + columns.getColumnName(column).toLowerCase(Locale.ROOT) + "\" " + type(columns, column));
    }
    return definitions.toString();
  }

  /** HSQLDB hands out integers for its small integers. */
  private static String type(ResultSetMetaData columns, int column) throws SQLException {
    String type = columns.getColumnTypeName(column);
    return switch (type) {
      case "SMALLINT" -> "INTEGER";
      case "DECIMAL" -> "DECIMAL(" + columns.getPrecision(column) + ", " + columns.getScale(column) + ")";
      default -> type;
    };
  }

  private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
    switch (value) {
      case null -> appender.appendNull();
      case Boolean truth -> appender.append(truth);
      case Integer number -> appender.append(number);
      case Long number -> appender.append(number);
      case Double number -> appender.append(number);
      case BigDecimal number -> appender.append(number);
      case Date day -> appender.append(day.toLocalDate());
      case Timestamp instant -> appender.append(instant.toLocalDateTime());
      default -> appender.append(value.toString());
    }
  }
}

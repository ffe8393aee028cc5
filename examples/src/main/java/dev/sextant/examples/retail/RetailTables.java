// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The web shop's tables in a DuckDB database in memory, made by {@code tables.sql}. */
final class RetailTables implements AutoCloseable {
  private final Connection duckdb;
  private final List<String> names;

  private RetailTables(Connection duckdb, List<String> names) {
    this.duckdb = duckdb;
    this.names = List.copyOf(names);
  }

  static RetailTables make(long seed, int scale) throws SQLException {
    if (scale < 1) {
      throw new IllegalArgumentException("The scale is " + scale + " but must be 1 or more");
    }
    Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("set variable seed = " + seed);
      statement.execute("set variable scale = " + scale);
      statement.execute(script());
      return new RetailTables(duckdb, column(duckdb, "select table_name from duckdb_tables() order by table_name"));
    } catch (SQLException failure) {
      duckdb.close();
      throw failure;
    }
  }

  private static String script() {
    try (InputStream script = RetailTables.class.getResourceAsStream("tables.sql")) {
      if (script == null) {
        throw new IllegalStateException("tables.sql is missing from the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The tables' names in alphabetical order. */
  List<String> names() {
    return names;
  }

  /** A table's columns and their DuckDB types, in order. */
  Map<String, String> columns(String table) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement statement = duckdb.createStatement(); ResultSet rows = statement.executeQuery("describe " + table)) {
      while (rows.next()) {
        columns.put(rows.getString(1), rows.getString(2));
      }
    }
    return columns;
  }

  /** Writes a table to a file in the given format of DuckDB's COPY. */
  void export(String table, Path file, String format) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("copy " + table + " to '" + file.toString().replace("'", "''") + "' (" + format + ")");
    }
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }
}

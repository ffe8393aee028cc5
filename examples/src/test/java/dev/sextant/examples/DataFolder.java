// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks the generated files of a folder. */
public final class DataFolder implements AutoCloseable {
  private final Connection duckdb;

  private DataFolder(Connection duckdb) {
    this.duckdb = duckdb;
  }

  public static DataFolder in(Path folder) throws SQLException {
    Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckdb.createStatement()) {
      for (String file : files(statement, folder)) {
        String table = Path.of(file).getFileName().toString().replace(".parquet", "");
        statement.execute("create view " + table + " as from read_parquet('" + file + "')");
      }
    }
    return new DataFolder(duckdb);
  }

  private static List<String> files(Statement statement, Path folder) throws SQLException {
    List<String> files = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("select file from glob('" + folder + "/*.parquet')")) {
      while (rows.next()) {
        files.add(rows.getString(1));
      }
    }
    return files;
  }

  public String text(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  public double number(String sql) throws SQLException {
    return Double.parseDouble(text(sql));
  }

  /** The share of a table's rows that a condition holds for. */
  public double share(String condition, String table) throws SQLException {
    return number("select count(*) filter (where " + condition + ") / count(*) from " + table);
  }

  /** Says whether two tables hold the same rows. */
  public String checksum(String table) throws SQLException {
    return text("select count(*) || ' rows ' || sum(hash(t)) from " + table + " t");
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks the generated files of a folder. */
record Shop(Path folder) {

  String text(String sql) throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement()) {
      statement.execute("set file_search_path = '" + folder + "'");
      statement.execute("create macro parquet(name) as table from read_parquet(name || '.parquet')");
      for (String table : tables(statement)) {
        statement.execute("create view " + table + " as from parquet('" + table + "')");
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return String.valueOf(rows.getString(1));
      }
    }
  }

  double number(String sql) throws SQLException {
    return Double.parseDouble(text(sql));
  }

  /** The share of a table's rows that a condition holds for. */
  double share(String condition, String table) throws SQLException {
    return number("select count(*) filter (where " + condition + ") / count(*) from " + table);
  }

  /** Says whether two tables hold the same rows. */
  String checksum(String table) throws SQLException {
    return text("select count(*) || ' rows ' || sum(hash(t)) from " + table + " t");
  }

  private String[] tables(Statement statement) throws SQLException {
    try (ResultSet rows = statement
        .executeQuery("select string_agg(parse_filename(file, true), ',' order by file) from glob('" + folder + "/*')")) {
      rows.next();
      return rows.getString(1).split(",");
    }
  }
}

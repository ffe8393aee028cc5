// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Makes the web shop's data where it is missing, by the script that the examples' own generator runs. */
final class DemoData {
  private static final String SCRIPT = "../src/main/resources/dev/sextant/examples/retail/tables.sql";
  private static final String SETTINGS = "set variable seed = 42; set variable scale = 1;";

  private DemoData() {}

  /** Whether the project's data has been made. */
  static boolean isThere(Path project) {
    return Files.isRegularFile(project.resolve("data/orders.parquet"));
  }

  /** Writes a Parquet file per table into the project's {@code data} folder. */
  static void make(Path project) throws IOException, SQLException {
    Path data = Files.createDirectories(project.resolve("data"));
    String script = Files.readString(project.resolve(SCRIPT).normalize());
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement()) {
      statement.execute(SETTINGS);
      statement.execute(script);
      for (String table : tables(statement)) {
        Path unfinished = data.resolve(table + ".parquet.unfinished");
        statement.execute("copy " + table + " to '" + unfinished.toString().replace("'", "''") + "' (format parquet)");
        Files.move(unfinished, data.resolve(table + ".parquet"), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("select table_name from duckdb_tables() order by table_name")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}

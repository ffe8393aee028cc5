// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.foodmart;

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
import org.duckdb.DuckDBConnection;

/** Turns FoodMart, as published for HSQLDB on Maven Central (net.hydromatic:foodmart-data-hsqldb), into Parquet files. */
public final class FoodmartData {
  private static final String SCHEMA = "foodmart";

  private FoodmartData() {}

  /** Writes the data to a folder: {@code [FOLDER]}, by default {@code examples/foodmart/data}. */
  public static void main(String[] args) throws IOException, SQLException {
    Path folder = Path.of(args.length > 0 ? args[0] : "examples/foodmart/data");
    List<String> tables = write(folder);
    System.out.println("Wrote " + tables.size() + " tables to " + folder + ": " + String.join(", ", tables));
  }

  /** Writes a Parquet file per table, each whole before it takes its name, and returns the tables' names. */
  public static List<String> write(Path folder) throws IOException, SQLException {
    Files.createDirectories(folder);
    try (FoodmartScript script = FoodmartScript.unpack();
        Connection foodmart = script.open();
        DuckDBConnection duckdb = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class)) {
      List<String> tables = tables(foodmart);
      for (String table : tables) {
        new TableCopy(SCHEMA, table).run(foodmart, duckdb);
        export(duckdb, table, folder);
      }
      return tables;
    }
  }

  /** All tables but the ready-made aggregates: those are what rollups are for. */
  private static List<String> tables(Connection foodmart) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows = foodmart.getMetaData().getTables(null, SCHEMA, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        tables.add(rows.getString("TABLE_NAME"));
      }
    }
    return tables.stream().filter(table -> !table.startsWith("agg_")).sorted().toList();
  }

  private static void export(Connection duckdb, String table, Path folder) throws IOException, SQLException {
    Path unfinished = folder.resolve(table + ".parquet.unfinished");
    try (Statement statement = duckdb.createStatement()) {
      statement.execute("copy \"" + table + "\" to '" + unfinished.toString().replace("'", "''") + "' (format parquet)");
      statement.execute("drop table \"" + table + "\"");
    }
    Files.move(unfinished, folder.resolve(table + ".parquet"), StandardCopyOption.REPLACE_EXISTING);
  }
}

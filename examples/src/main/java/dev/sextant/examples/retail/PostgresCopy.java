// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Carries a table of the web shop from DuckDB to PostgreSQL as CSV. */
final class PostgresCopy {

  private PostgresCopy() {}

  /** Replaces the table of the same name. */
  static void copy(RetailTables tables, String table, Connection postgres) throws IOException, SQLException {
    String columns = tables.columns(table)
        .entrySet()
        .stream()
        .map(column -> column.getKey() + " " + postgresType(column.getValue()))
        .collect(Collectors.joining(", "));
    try (Statement statement = postgres.createStatement()) {
      statement.execute("drop table if exists " + table);
      statement.execute("create table " + table + " (" + columns + ")");
    }
    Path csv = Files.createTempFile("retail", ".csv");
    try {
      tables.export(table, csv, "format csv, header false, nullstr '\\N'");
      try (InputStream rows = Files.newInputStream(csv)) {
        postgres.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin (format csv, null '\\N')", rows);
      }
    } finally {
      Files.delete(csv);
    }
  }

  private static String postgresType(String duckdbType) {
    return switch (duckdbType) {
      case "VARCHAR" -> "text";
      case "DOUBLE" -> "double precision";
      case "HUGEINT" -> "numeric";
      default -> duckdbType;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.ValueText;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Carries all tables and views of a DuckDB over to PostgreSQL, each under its schema and name. */
record TableCopy(Warehouse duckdb, Connection postgres, Path folder) {
  private static final String TABLES = """
      select table_schema, table_name from information_schema.tables
      where table_catalog = current_database() order by table_schema, table_name""";

  void all() throws SQLException, IOException {
    for (List<Value> table : rows(TABLES)) {
      copy(ValueText.of(table.get(0)), ValueText.of(table.get(1)));
    }
  }

  private void copy(String schema, String table) throws SQLException, IOException {
    String target = "\"" + (schema.equals("main") ? "public" : schema) + "\".\"" + table + "\"";
    String source = "\"" + schema + "\".\"" + table + "\"";
    String columns = rows("select column_name, column_type from (describe " + source + ")").stream()
        .map(column -> "\"" + ValueText.of(column.get(0)) + "\" " + type(ValueText.of(column.get(1))))
        .collect(Collectors.joining(", "));
    try (Statement statement = postgres.createStatement()) {
      statement.execute("create schema if not exists " + target.substring(0, target.indexOf('.')));
      statement.execute("create table " + target + " (" + columns + ")");
    }
    Path csv = Files.createTempFile(folder, "table", ".csv");
    try {
      rows("copy " + source + " to '" + csv.toAbsolutePath() + "' (format csv, header false, nullstr '\\N')");
      try (InputStream rows = Files.newInputStream(csv)) {
        postgres.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin (format csv, null '\\N')", rows);
      }
    } finally {
      Files.delete(csv);
    }
  }

  private List<List<Value>> rows(String sql) {
    try (ArrowBatches batches = duckdb.run(sql, QueryControl.unlimited("copy"))) {
      Table table = ArrowTables.read(batches);
      return table.rows();
    }
  }

  private static String type(String duckdb) {
    return switch (duckdb) {
      case "VARCHAR" -> "text";
      case "DOUBLE" -> "double precision";
      case "FLOAT" -> "real";
      case "TINYINT", "UTINYINT" -> "smallint";
      case "USMALLINT" -> "integer";
      case "UINTEGER" -> "bigint";
      case "HUGEINT", "UBIGINT" -> "numeric";
      case "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S" -> "timestamp";
      default -> duckdb;
    };
  }
}

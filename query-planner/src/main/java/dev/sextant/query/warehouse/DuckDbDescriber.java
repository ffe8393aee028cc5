// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks DuckDB for the columns of a source. */
final class DuckDbDescriber {
  private static final String NAMES = """
      select case when schema_name = 'main' then '' else schema_name || '.' end || table_name
      from (select schema_name, table_name, internal from duckdb_tables() union all select schema_name, view_name, internal from duckdb_views())
      where not internal order by 1""";

  private final String warehouse;
  private final Connection connection;
  private final DuckDbErrors errors;

  DuckDbDescriber(String warehouse, Connection connection, DuckDbErrors errors) {
    this.warehouse = warehouse;
    this.connection = connection;
    this.errors = errors;
  }

  TableColumns describe(Source source, ProjectPaths paths) throws SQLException {
    return switch (source) {
      case Source.Table table -> describe(table);
      case Source.Query query -> {
        try {
          yield columns("describe select * from (\n" + paths.absolute(query.sql()) + "\n)");
        } catch (SQLException failure) {
          throw errors.failure(failure);
        }
      }
    };
  }

  private TableColumns describe(Source.Table table) throws SQLException {
    try {
      return columns("describe " + quoted(table));
    } catch (SQLException failure) {
      SextantException known = errors.failure(failure);
      throw known.issue().code() == QueryIssue.WAREHOUSE_SCHEMA && missing(table) ? noSuchTable(table) : known;
    }
  }

  /** A view over something missing fails in the same way as a missing table. */
  private boolean missing(Source.Table table) throws SQLException {
    return names().stream().noneMatch(name -> name.equalsIgnoreCase(table.name()) || name.equalsIgnoreCase(table.toString()));
  }

  private SextantException noSuchTable(Source.Table table) throws SQLException {
    List<String> names = names();
    Stream<String> sameName = names.stream().filter(name -> name.endsWith("." + table.name()));
    List<String> near = Stream.concat(sameName, NearestNames.to(table.toString(), names).stream()).distinct().limit(3).toList();
    return new SextantException(new Issue(QueryIssue.WAREHOUSE_SCHEMA,
        "table '" + table + "' is not in warehouse '" + warehouse + "'." + NearestNames.question(near), Position.NOWHERE, near));
  }

  private List<String> names() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(NAMES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private TableColumns columns(String describe) throws SQLException {
    List<TableColumns.Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(describe)) {
      while (rows.next()) {
        columns.add(new TableColumns.Column(rows.getString(1), DuckDbTypes.parse(rows.getString(2))));
      }
    }
    return new TableColumns(columns);
  }

  private static String quoted(Source.Table table) {
    return Stream.of(table.database().stream(), table.schema().stream(), Stream.of(table.name())).flatMap(part -> part)
        .map(part -> '"' + part.replace("\"", "\"\"") + '"').collect(Collectors.joining("."));
  }
}

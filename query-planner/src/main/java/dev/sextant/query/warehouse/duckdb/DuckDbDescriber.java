// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.warehouse.statement.TableNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks DuckDB for the columns of a source. */
final class DuckDbDescriber {
  private static final String NAMES = """
      select case when schema_name = 'main' then '' else schema_name || '.' end || table_name
      from (select schema_name, table_name, internal from duckdb_tables() union all select schema_name, view_name, internal from duckdb_views())
      where not internal order by 1""";

  private static final String STORED = """
      select exists (from duckdb_tables() where lower(table_name) = lower(?)) and not exists (from duckdb_views() where lower(view_name) = lower(?))""";

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
      return new TableColumns(columns("describe " + TableNames.quoted(table)).columns(), isStored(table));
    } catch (SQLException failure) {
      SextantException known = errors.failure(failure);
      throw known.issue().code() == QueryIssue.WAREHOUSE_SCHEMA && missing(table) ? TableNames.missing(table, warehouse, names()) : known;
    }
  }

  /** Nothing says what a name means where several schemas have it, so one view is enough for doubt. */
  private boolean isStored(Source.Table table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      statement.setString(1, table.name());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** A view over something missing fails in the same way as a missing table. */
  private boolean missing(Source.Table table) throws SQLException {
    return names().stream().noneMatch(name -> name.equalsIgnoreCase(table.name()) || name.equalsIgnoreCase(table.toString()));
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
}

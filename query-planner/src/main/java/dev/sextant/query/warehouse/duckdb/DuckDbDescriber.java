// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.warehouse.statement.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Asks DuckDB for the columns of a source. */
final class DuckDbDescriber {
  private static final String NAMES = """
      select case when schema_name = 'main' then '' else schema_name || '.' end || table_name
      from (select schema_name, table_name, internal from duckdb_tables() union all select schema_name, view_name, internal from duckdb_views())
      where not internal order by 1""";

  private static final Pattern OUTER_JOIN = Pattern.compile("\"Join Type\": *\"(?!INNER)");

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
          yield columns("(\n" + paths.absolute(query.sql()) + "\n)");
        } catch (SQLException failure) {
          throw errors.failure(failure);
        }
      }
    };
  }

  private TableColumns describe(Source.Table table) throws SQLException {
    try {
      return columns(TableNames.quoted(table));
    } catch (SQLException failure) {
      SextantException known = errors.failure(failure);
      throw known.issue().code() == QueryIssue.WAREHOUSE_SCHEMA && missing(table) ? TableNames.missing(table, warehouse, names()) : known;
    }
  }

  /** Looks for outer joins in the plan before it is made better, which holds what views and queries are made of. */
  private boolean isPlain(String rows) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set explain_output = 'all'");
      try (ResultSet plans = statement.executeQuery("explain (format json) select * from " + rows)) {
        while (plans.next()) {
          if (plans.getString(1).equals("logical_plan")) {
            return !OUTER_JOIN.matcher(plans.getString(2)).find();
          }
        }
      }
    }
    return false;
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

  private TableColumns columns(String rows) throws SQLException {
    List<TableColumns.Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet described = statement.executeQuery("describe select * from " + rows)) {
      while (described.next()) {
        columns.add(new TableColumns.Column(described.getString(1), DuckDbTypes.parse(described.getString(2))));
      }
    }
    return new TableColumns(columns, isPlain(rows));
  }
}

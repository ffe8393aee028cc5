// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.warehouse.statement.TableNames;
import java.sql.SQLException;
import java.util.List;

/** Asks PostgreSQL for the columns of a source. */
record PostgresDescriber(String warehouse, PostgresSession session, PostgresErrors errors) {
  private static final String NAMES = """
      select case when pg_table_is_visible(c.oid) then '' else n.nspname || '.' end || c.relname
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
      order by 1""";

  TableColumns describe(Source source) throws SQLException {
    return switch (source) {
      case Source.Table table -> describe(table);
      case Source.Query query -> columns("select * from (\n" + PostgresWarehouse.withoutEnd(query.sql()) + "\n) as source");
    };
  }

  private TableColumns describe(Source.Table table) throws SQLException {
    try {
      return columns("select * from " + TableNames.quoted(table));
    } catch (SQLException failure) {
      SextantException known = errors.failure(failure);
      throw known.issue().code() == QueryIssue.WAREHOUSE_SCHEMA ? TableNames.missing(table, warehouse, session.texts(NAMES)) : known;
    }
  }

  private TableColumns columns(String sql) throws SQLException {
    PostgresColumns columns = session.describe(sql).orElseGet(() -> new PostgresColumns(List.of()));
    return new TableColumns(columns.columns().stream().map(column -> new TableColumns.Column(column.name(), column.type())).toList());
  }
}

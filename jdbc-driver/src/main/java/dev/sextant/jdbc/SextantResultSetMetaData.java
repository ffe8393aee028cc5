// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.SqlErrors;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** What is known of an answer's columns; the framework's own fails on wrong numbers with exceptions that are not SQL's. */
final class SextantResultSetMetaData implements ResultSetMetaData {
  private final List<ColumnMetaData> columns;

  SextantResultSetMetaData(List<ColumnMetaData> columns) {
    this.columns = List.copyOf(columns);
  }

  private ColumnMetaData at(int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      throw SqlErrors.of("There is no column " + column + "; the answer has " + columns.size() + ".", "07009");
    }
    return columns.get(column - 1);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return at(column).autoIncrement;
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return at(column).caseSensitive;
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return at(column).searchable;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    return at(column).currency;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return at(column).nullable;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return at(column).signed;
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return Math.max(at(column).displaySize, 0);
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return text(at(column).label);
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return text(at(column).columnName);
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    return text(at(column).schemaName);
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return at(column).precision;
  }

  @Override
  public int getScale(int column) throws SQLException {
    return at(column).scale;
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return text(at(column).tableName);
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    return text(at(column).catalogName);
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return at(column).type.id;
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return at(column).type.name;
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return at(column).readOnly;
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return at(column).writable;
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return at(column).definitelyWritable;
  }

  @Override
  public String getColumnClassName(int column) throws SQLException {
    return at(column).columnClassName;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    throw SqlErrors.of("This metadata is no " + wanted.getName() + ".", "HY000");
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }
}

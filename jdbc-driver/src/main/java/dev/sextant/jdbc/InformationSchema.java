// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.http.Setting;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the server's information schema, by the names of its columns. */
final class InformationSchema {
  private final SextantConnection connection;

  InformationSchema(SextantConnection connection) {
    this.connection = connection;
  }

  /** A row; what a server does not tell is absent. */
  static final class Entry {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** The first of some columns that there is. */
    Optional<String> text(String... names) {
      for (String name : names) {
        String value = values.get(name);
        if (value != null && !value.isEmpty()) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }

    String required(String name) {
      return text(name).orElse("");
    }

    @Nullable
    Integer number(String name) {
      return text(name).map(Double::valueOf).map(Double::intValue).orElse(null);
    }
  }

  /** The rows of a table; none if the server has no such table. */
  List<Entry> read(String table, String where) throws SQLException {
    String sql = "select * from information_schema." + table + (where.isEmpty() ? "" : " where " + where);
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      List<Entry> entries = new ArrayList<>();
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        Entry entry = new Entry();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          String value = rows.getString(i);
          if (value != null) {
            entry.values.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
          }
        }
        entries.add(entry);
      }
      return entries;
    } catch (SQLSyntaxErrorException noSuchTable) {
      return List.of();
    }
  }

  /** Whether the connection's settings let a table be seen. */
  boolean shows(String table) {
    return connection.settings().text(Setting.VIEW).map(view -> view.equalsIgnoreCase(table)).orElse(true);
  }

  /** A condition on a column, if only one value is wanted. */
  static String equal(String column, Optional<String> value) {
    return value.map(text -> column + " = '" + text.replace("'", "''") + "'").orElse("");
  }
}

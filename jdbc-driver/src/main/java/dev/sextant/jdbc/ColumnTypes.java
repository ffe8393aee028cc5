// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.InformationSchema.Entry;
import dev.sextant.jdbc.arrow.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types that columns have when they are asked for; the information schema tells some of them only roughly. */
final class ColumnTypes {
  private static final String CONNECTION_FAILED = "08";

  private final SextantConnection connection;

  ColumnTypes(SextantConnection connection) {
    this.connection = connection;
  }

  /** The types of a table's columns by name, as far as a query can have them together. */
  Map<String, ColumnType> of(String schema, String table, List<Entry> columns) throws SQLException {
    List<String> dimensions = new ArrayList<>();
    List<String> measures = new ArrayList<>();
    for (Entry column : columns) {
      (Catalog.isMeasure(column) ? measures : dimensions).add(column.required("column_name"));
    }
    Map<String, ColumnType> types = new HashMap<>();
    String from = " from " + quoted(schema) + "." + quoted(table);
    ask(dimensions, "", "", from, types);
    ask(measures, "measure(", ")", from, types);
    return types;
  }

  private void ask(List<String> names, String before, String after, String from, Map<String, ColumnType> types) throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    List<String> items = new ArrayList<>();
    for (String name : names) {
      items.add(before + quoted(name) + after + " as " + quoted(name));
    }
    try (Answer answer = connection.prepare("select " + String.join(", ", items) + from)) {
      for (int i = 0; i < names.size(); i++) {
        types.put(names.get(i), answer.types().get(i));
      }
    } catch (SQLException noSuchQuery) {
      if (String.valueOf(noSuchQuery.getSQLState()).startsWith(CONNECTION_FAILED)) {
        throw noSuchQuery;
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

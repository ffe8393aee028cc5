// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import dev.sextant.jdbc.InformationSchema.Entry;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists primary and foreign keys, as far as the server's information schema knows them. */
final class Keys {
  static final int[] BY_PARENT = {0, 1, 2, 8};
  static final int[] BY_CHILD = {4, 5, 6, 8};

  private final InformationSchema schema;

  Keys(InformationSchema schema) {
    this.schema = schema;
  }

  Listing primary(Scope scope) throws SQLException {
    Listing listing = Listing.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ short", "PK_NAME");
    Map<String, List<Entry>> columns = columnsByConstraint();
    for (Entry key : constraints("PRIMARY KEY")) {
      if (scope.holds(key.required("table_catalog"), key.required("table_schema"), key.required("table_name"))) {
        for (Entry column : columns.getOrDefault(name(key, "constraint_"), List.of())) {
          listing.add(key.required("table_catalog"), key.required("table_schema"), key.required("table_name"),
              column.required("column_name"), position(column), key.required("constraint_name"));
        }
      }
    }
    return listing.sorted(3);
  }

  /** Foreign keys from tables in {@code children} to tables in {@code parents}. */
  Listing foreign(Scope parents, Scope children, int[] order) throws SQLException {
    Listing listing = Listing.of("PKTABLE_CAT", "PKTABLE_SCHEM", "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_CAT", "FKTABLE_SCHEM",
        "FKTABLE_NAME", "FKCOLUMN_NAME", "KEY_SEQ short", "UPDATE_RULE short", "DELETE_RULE short", "FK_NAME", "PK_NAME",
        "DEFERRABILITY short");
    Map<String, List<Entry>> columns = columnsByConstraint();
    for (Entry reference : schema.read("referential_constraints", "")) {
      List<Entry> from = columns.getOrDefault(name(reference, "constraint_"), List.of());
      List<Entry> to = columns.getOrDefault(name(reference, "unique_constraint_"), List.of());
      for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
        if (holds(children, from.get(i)) && holds(parents, to.get(i))) {
          add(reference, to.get(i), from.get(i), listing);
        }
      }
    }
    return listing.sorted(order);
  }

  private static void add(Entry reference, Entry parent, Entry child, Listing listing) {
    listing.add(parent.required("table_catalog"), parent.required("table_schema"), parent.required("table_name"),
        parent.required("column_name"), child.required("table_catalog"), child.required("table_schema"), child.required("table_name"),
        child.required("column_name"), position(child), (short) DatabaseMetaData.importedKeyNoAction,
        (short) DatabaseMetaData.importedKeyNoAction, reference.required("constraint_name"), reference.required("unique_constraint_name"),
        (short) DatabaseMetaData.importedKeyNotDeferrable);
  }

  private List<Entry> constraints(String type) throws SQLException {
    List<Entry> found = new ArrayList<>();
    for (Entry each : schema.read("table_constraints", "")) {
      if (each.required("constraint_type").equalsIgnoreCase(type)) {
        found.add(each);
      }
    }
    return found;
  }

  private Map<String, List<Entry>> columnsByConstraint() throws SQLException {
    Map<String, List<Entry>> columns = new LinkedHashMap<>();
    for (Entry each : schema.read("key_column_usage", "")) {
      columns.computeIfAbsent(name(each, "constraint_"), name -> new ArrayList<>()).add(each);
    }
    columns.values().forEach(all -> all.sort((left, right) -> Short.compare(position(left), position(right))));
    return columns;
  }

  private static String name(Entry entry, String prefix) {
    return entry.required(prefix + "catalog") + "\n" + entry.required(prefix + "schema") + "\n" + entry.required(prefix + "name");
  }

  private static boolean holds(Scope scope, Entry column) {
    return scope.holds(column.required("table_catalog"), column.required("table_schema"), column.required("table_name"));
  }

  private static short position(Entry column) {
    Integer position = column.number("ordinal_position");
    return position == null ? 1 : position.shortValue();
  }
}

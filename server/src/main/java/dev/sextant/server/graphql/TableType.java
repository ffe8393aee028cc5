// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.TableEntry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A virtual table as a type: its field of Query, the names of its types, and its columns by their fields. */
record TableType(TableEntry table, String field, String type, Map<String, TableEntry.Column> columns,
    Map<String, DerivedField> derived, EnumNames names) {
  private static final List<String> SUFFIXES = List.of("", "Where", "Having", "OrderBy", "Item", "Metric", "Top");
  private static final List<String> COMBINING = List.of("and", "or", "not");

  TableType {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    derived = Collections.unmodifiableMap(new LinkedHashMap<>(derived));
  }

  /** Names all tables; what is named already keeps its name. */
  static List<TableType> of(List<TableEntry> tables, UniqueNames fields, UniqueNames types) {
    return tables.stream().map(table -> of(table, fields, types)).toList();
  }

  private static TableType of(TableEntry table, UniqueNames fields, UniqueNames types) {
    UniqueNames names = new UniqueNames(COMBINING);
    Map<String, TableEntry.Column> columns = new LinkedHashMap<>();
    table.columns().forEach(column -> columns.put(names.take(column.name()), column));
    Map<String, DerivedField> derived = new LinkedHashMap<>();
    columns.forEach((name, column) -> {
      for (DerivedField.Kind kind : DerivedField.Kind.values()) {
        if (DerivedField.has(column, kind, hasMetrics(columns))) {
          derived.put(names.take(name + kind.suffix()), new DerivedField(column, kind));
        }
      }
    });
    return new TableType(table, fields.take(table.name()), types.takePascal(table.name(), SUFFIXES), columns, derived,
        EnumNames.of(columns));
  }

  Optional<TableEntry.Column> column(String field) {
    return Optional.ofNullable(columns.get(field));
  }

  /** The field of a column. */
  String fieldOf(TableEntry.Column column) {
    return columns.entrySet()
        .stream()
        .filter(entry -> entry.getValue().equals(column))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(column.name());
  }

  /** The derived field of a name that is a number. */
  Optional<DerivedField> number(String field) {
    return Optional.ofNullable(derived.get(field)).filter(found -> found.kind().isNumber());
  }

  boolean hasMetrics() {
    return hasMetrics(columns);
  }

  private static boolean hasMetrics(Map<String, TableEntry.Column> columns) {
    return columns.values().stream().anyMatch(column -> column.role() == TableEntry.Role.METRIC);
  }
}

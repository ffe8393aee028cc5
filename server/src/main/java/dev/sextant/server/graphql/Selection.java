// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a question selects of a table: group-by items under the keys of their columns, and metrics. */
final class Selection {
  private final TableType table;
  private final List<String> items = new ArrayList<>();
  private final List<String> metrics = new ArrayList<>();
  private final Map<TableEntry.Column, List<String>> itemsOf = new LinkedHashMap<>();
  private final Map<TableEntry.Column, List<String>> partsOf = new LinkedHashMap<>();

  Selection(TableType table) {
    this.table = table;
  }

  /** Adds a selected column; a grain makes it another item. */
  void add(TableEntry.Column column, Optional<String> grain) {
    if (column.role() == TableEntry.Role.METRIC) {
      addOnce(metrics, column.of());
    } else {
      String item = item(column, grain);
      addOnce(items, item);
      addOnce(itemsOf.computeIfAbsent(column, any -> new ArrayList<>()), item);
    }
  }

  /** Adds a derived field: a part of a time is an item, a flag needs its item, a number needs its metric. */
  void add(DerivedField derived, Optional<String> part, Optional<String> grain) {
    switch (derived.kind()) {
      case PART -> {
        String item = derived.item(part.orElseThrow());
        addOnce(items, item);
        addOnce(partsOf.computeIfAbsent(derived.column(), any -> new ArrayList<>()), item);
      }
      case IS_TOTAL, IS_OTHERS, PREVIOUS, CHANGE, CHANGE_SHARE, SHARE, RUNNING -> add(derived.column(), grain);
    }
  }

  /** The items that a column is selected in. */
  List<String> itemsOf(TableEntry.Column column) {
    return itemsOf.getOrDefault(column, List.of());
  }

  /** The name of a group-by item. */
  static String item(TableEntry.Column column, Optional<String> grain) {
    return column.of() + grain.map(label -> "__" + label).orElse("");
  }

  private static void addOnce(List<String> names, String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
  }

  /**
   * The columns of the result that a field means in an order: metrics and their numbers join the selection, a dimension must be in it, and a
   * time means every grain it is selected in.
   */
  List<String> orderable(String field) {
    Optional<DerivedField> number = table.number(field);
    if (number.isPresent()) {
      addOnce(metrics, number.get().column().of());
      return List.of(number.get().added());
    }
    Optional<DerivedField> part = Optional.ofNullable(table.derived().get(field));
    TableEntry.Column column = part.map(DerivedField::column).or(() -> table.column(field)).orElseThrow();
    if (column.role() == TableEntry.Role.METRIC) {
      addOnce(metrics, column.of());
      return List.of(column.of());
    }
    List<String> selected = part.isPresent() ? partsOf.getOrDefault(column, List.of()) : itemsOf(column);
    if (selected.isEmpty()) {
      List<String> known = itemsOf.keySet().stream().map(table::fieldOf).toList();
      List<String> near = NearestNames.to(field, known);
      throw new SextantException(new Issue(QueryIssue.INVALID_ORDER_BY, "Cannot order by '" + field
          + "': it is not selected, and selecting it would change the groups." + NearestNames.question(near), Position.NOWHERE, near));
    }
    return List.copyOf(selected);
  }

  List<String> items() {
    return List.copyOf(items);
  }

  List<String> metrics() {
    return List.copyOf(metrics);
  }
}

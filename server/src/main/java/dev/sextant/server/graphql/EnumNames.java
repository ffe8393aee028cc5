// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.TableEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the enums of a table call its columns: the names of their fields, where enums may have them. */
record EnumNames(Map<String, TableEntry.Column> items, String all, Map<String, TableEntry.Column> metrics) {

  static EnumNames of(Map<String, TableEntry.Column> columns) {
    UniqueNames names = new UniqueNames(List.of("true", "false", "null"));
    Map<String, TableEntry.Column> items = new LinkedHashMap<>();
    Map<String, TableEntry.Column> metrics = new LinkedHashMap<>();
    columns.forEach((field, column) -> (column.role() == TableEntry.Role.METRIC ? metrics : items).put(names.take(field), column));
    return new EnumNames(items, names.take("ALL"), metrics);
  }

  /** The column of an item; none stands for all of them. */
  Optional<TableEntry.Column> item(String name) {
    return Optional.ofNullable(items.get(name));
  }

  TableEntry.Column metric(String name) {
    return Objects.requireNonNull(metrics.get(name));
  }
}

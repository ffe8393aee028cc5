// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.Documentation;
import dev.sextant.query.TableEntry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A column of a virtual table, under the name Cube's clients know it by. */
record CubeMember(TableEntry table, TableEntry.Column column) {

  String name() {
    return table.name() + "." + column.name();
  }

  boolean isMeasure() {
    return column.role() == TableEntry.Role.METRIC;
  }

  boolean isTime() {
    return type().equals("time");
  }

  /** Cube's word for the type. */
  String type() {
    if (column.role() == TableEntry.Role.TIME) {
      return "time";
    }
    return switch (column.type().kind()) {
      case BOOLEAN -> "boolean";
      case INTEGER, BIGINT, DECIMAL, DOUBLE -> "number";
      case DATE, TIMESTAMP, TIMESTAMP_TZ -> "time";
      case STRING, NULL, TIME, INTERVAL, BINARY -> "string";
      case OTHER -> isMeasure() ? "number" : "string";
    };
  }

  /** The group-by item that holds the values themselves: a time in its finest grain. */
  String item() {
    return column.grains().isEmpty() ? column.of() : item(column.grains().getFirst());
  }

  /** The group-by item of a grain. */
  String item(String grain) {
    return column.of() + "__" + grain;
  }

  String shortTitle() {
    return title(column.name(), column.documentation());
  }

  String title() {
    return tableTitle(table) + " " + shortTitle();
  }

  static String tableTitle(TableEntry table) {
    return title(table.name(), table.documentation());
  }

  /** The label, or the name in words: {@code order__status} is Order Status. */
  private static String title(String name, Documentation documentation) {
    return documentation.label()
        .orElseGet(() -> Arrays.stream(name.split("_"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining(" ")));
  }

  Optional<String> description() {
    return Optional.of(column.documentation().description()).filter(text -> !text.isBlank());
  }
}

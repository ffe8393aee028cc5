// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Destination.Row;
import dev.sextant.model.Sync;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements that write rows of a sync into a table: the key's columns and the mapped fields. */
final class TableStatements {
  private final String table;
  private final List<String> keys;
  private final List<String> fields;
  private final boolean isMatched;

  /** The key's column is the match of the sync if there is one, else the names of its key. */
  TableStatements(String table, Sync sync) {
    this.table = java.util.Arrays.stream(table.split("\\.", -1)).map(TableStatements::quoted).collect(Collectors.joining("."));
    this.keys = sync.match().map(List::of).orElse(sync.key());
    LinkedHashSet<String> others = new LinkedHashSet<>(sync.map().keySet());
    keys.forEach(others::remove);
    this.isMatched = sync.match().filter(match -> !sync.key().contains(match)).isPresent();
    this.fields = List.copyOf(others);
  }

  String of(Operation operation) {
    return switch (operation) {
      case INSERT, APPEND -> insert();
      case UPSERT -> insert() + " on conflict (" + names(keys) + ") do " + (fields.isEmpty() ? "nothing"
          : "update set " + fields.stream().map(field -> quoted(field) + " = excluded." + quoted(field)).collect(Collectors.joining(", ")));
      case UPDATE -> "update " + table + " set " + assigned(fields, "?") + where();
      case DELETE, ARCHIVE -> "delete from " + table + where();
      case CLEAR -> "update " + table + " set " + assigned(fields, "null") + where();
    };
  }

  private String insert() {
    List<String> all = new ArrayList<>(keys);
    all.addAll(fields);
    return "insert into " + table + " (" + names(all) + ") values (" + all.stream().map(name -> "?").collect(Collectors.joining(", "))
        + ")";
  }

  private String where() {
    return " where " + keys.stream().map(key -> quoted(key) + " = ?").collect(Collectors.joining(" and "));
  }

  private static String assigned(List<String> names, String value) {
    return names.stream().map(name -> quoted(name) + " = " + value).collect(Collectors.joining(", "));
  }

  /** The values in the order of the statement's parameters. */
  List<Optional<Object>> values(Operation operation, Row row) {
    List<Optional<Object>> key = keys.stream().map(name -> value(row, name)).toList();
    List<Optional<Object>> values = new ArrayList<>();
    boolean keyFirst = operation == Operation.INSERT || operation == Operation.APPEND || operation == Operation.UPSERT;
    if (keyFirst) {
      values.addAll(key);
    }
    if (!operation.isRemoval()) {
      fields.forEach(name -> values.add(value(row, name)));
    }
    if (!keyFirst) {
      values.addAll(key);
    }
    return values;
  }

  /** Of a row that has left the query only the key is known, and what the table calls it: the value of the match when it arrived. */
  private Optional<Object> value(Row row, String name) {
    if (row.operation().isRemoval()) {
      return isMatched ? row.remoteId().map(Object.class::cast) : Optional.ofNullable(row.keys().get(name));
    }
    Object field = row.fields().get(name);
    return Optional.ofNullable(field != null ? field : row.keys().get(name));
  }

  /** What the table calls a row that has arrived, if that is not its key. */
  Optional<String> remoteId(Row row) {
    return isMatched && !row.operation().isRemoval() ? value(row, keys.getFirst()).map(String::valueOf) : Optional.empty();
  }

  /** Whether it is known which row of the table is meant. */
  boolean names(Row row) {
    return keys.stream().allMatch(key -> value(row, key).isPresent());
  }

  private static String names(List<String> names) {
    return names.stream().map(TableStatements::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}

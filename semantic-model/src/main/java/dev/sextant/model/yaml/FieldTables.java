// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the keys of definition records as Markdown tables. */
public final class FieldTables {

  private FieldTables() {}

  /** The table of a record, with the keys of its inline records. */
  public static String table(Class<? extends Record> type) {
    Map<String, String> rows = new LinkedHashMap<>();
    addRows(Shapes.of(type), rows);
    return "| key | value | meaning |\n|---|---|---|\n" + String.join("", rows.values());
  }

  /** The record and all records that stand in it, in the order they are met. */
  public static List<Class<? extends Record>> reachable(Class<? extends Record> type) {
    Map<Class<? extends Record>, Shape.Fields> found = new LinkedHashMap<>();
    collect(Shapes.of(type), found);
    return List.copyOf(found.keySet());
  }

  private static void collect(Shape shape, Map<Class<? extends Record>, Shape.Fields> found) {
    switch (shape) {
      case Shape.Any any -> {
      }
      case Shape.Text any -> {
      }
      case Shape.Maybe maybe -> collect(maybe.inner(), found);
      case Shape.Items items -> collect(items.item(), found);
      case Shape.Entries entries -> collect(entries.value(), found);
      case Shape.Fields fields -> {
        if (found.putIfAbsent(fields.type(), fields) == null) {
          fields.all().forEach(field -> collect(field.shape(), found));
        }
      }
    }
  }

  private static void addRows(Shape.Fields fields, Map<String, String> rows) {
    for (Shape.Field field : fields.all()) {
      if (field.shape() instanceof Shape.Fields inner && field.inline()) {
        addRows(inner, rows);
      } else if (!field.documentation().isEmpty()) {
        rows.putIfAbsent(field.key(), row(field));
      }
    }
  }

  private static String row(Shape.Field field) {
    String keys = field.rest()
        ? "others"
        : Stream.concat(Stream.of(field.key()), field.also().stream()).map(key -> "`" + key + "`").collect(Collectors.joining(" or "));
    return "| " + keys + (field.isRequired() ? ", required" : "") + " | " + value(field.shape()) + " | "
        + field.documentation().replace("|", "\\|") + " |\n";
  }

  private static String value(Shape shape) {
    return switch (shape) {
      case Shape.Any any -> "anything";
      case Shape.Text text -> text.type().isEnum() ? String.join(", ", Scalars.names(text.type())) : Scalars.expected(text.type());
      case Shape.Maybe maybe -> value(maybe.inner());
      case Shape.Items items -> (items.lone() ? "one or a list: " : "list: ") + value(items.item());
      case Shape.Entries entries -> "names, each with " + value(entries.value());
      case Shape.Fields fields -> fields.label() + (fields.shorthand().isEmpty() ? "" : ", or its `" + fields.shorthand() + "` alone");
    };
  }
}

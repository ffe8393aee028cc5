// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the keys of definition records as Markdown tables, one per record. */
public final class FieldTables {

  private FieldTables() {}

  /** The table of a record; keys of inline records stand in it, nested records get tables of their own below. */
  public static String write(Class<? extends Record> type) {
    Map<Class<?>, Shape.Fields> open = new LinkedHashMap<>();
    open.put(type, Shapes.of(type));
    StringBuilder text = new StringBuilder();
    Map<Class<?>, Shape.Fields> done = new LinkedHashMap<>();
    while (!open.isEmpty()) {
      Shape.Fields next = open.values().iterator().next();
      open.remove(next.type());
      if (done.putIfAbsent(next.type(), next) == null) {
        text.append(text.isEmpty() ? "" : "\n**").append(text.isEmpty() ? "" : next.label() + "**\n\n").append(table(next, open));
      }
    }
    return text.toString();
  }

  private static String table(Shape.Fields fields, Map<Class<?>, Shape.Fields> open) {
    StringBuilder rows = new StringBuilder("| key | value | meaning |\n|---|---|---|\n");
    rows(fields, rows, open, new LinkedHashMap<>());
    return rows.toString();
  }

  private static void rows(Shape.Fields fields, StringBuilder rows, Map<Class<?>, Shape.Fields> open, Map<String, String> seen) {
    for (Shape.Field field : fields.all()) {
      if (field.inline()) {
        rows((Shape.Fields) field.shape(), rows, open, seen);
      } else if (!field.documentation().isEmpty() && seen.putIfAbsent(field.key(), "") == null) {
        String keys = field.rest()
            ? "*others*"
            : Stream.concat(Stream.of(field.key()), field.also().stream())
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(" or "));
        rows.append("| ")
            .append(keys)
            .append(field.isRequired() ? " (required)" : "")
            .append(" | ")
            .append(value(field.shape(), open))
            .append(" | ")
            .append(field.documentation().replace("|", "\\|"))
            .append(" |\n");
      }
    }
  }

  private static String value(Shape shape, Map<Class<?>, Shape.Fields> open) {
    return switch (shape) {
      case Shape.Any any -> "anything";
      case Shape.Text text -> text.type().isEnum() ? String.join(", ", Scalars.names(text.type())) : Scalars.expected(text.type());
      case Shape.Maybe maybe -> value(maybe.inner(), open);
      case Shape.Items items -> (items.lone() ? "one or a list: " : "list: ") + value(items.item(), open);
      case Shape.Entries entries -> "names with " + value(entries.value(), open);
      case Shape.Fields fields -> {
        open.putIfAbsent(fields.type(), fields);
        yield fields.label() + (fields.shorthand().isEmpty() ? "" : ", or its `" + fields.shorthand() + "`");
      }
    };
  }
}

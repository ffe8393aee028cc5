// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Documentation;
import dev.sextant.query.TableEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes the types of tables in GraphQL's schema language. */
final class TableSdl {
  /** What a definition's meta says of it when something else should be used. */
  private static final String DEPRECATED = "deprecated";

  private final StringBuilder out = new StringBuilder();

  private TableSdl() {}

  /** The types of all tables and their fields of Query; {@code grains} are the names of the enum of grains. */
  static String write(List<TableType> tables, List<String> grains) {
    TableSdl sdl = new TableSdl();
    sdl.out.append("\"A grain of time, finest first; custom ones last.\"\nenum TimeGrain { ")
        .append(String.join(" ", grains))
        .append(" }\n");
    tables.forEach(sdl::table);
    return sdl.out.toString();
  }

  private void table(TableType table) {
    describe(table.table().documentation());
    open("type " + table.type());
    table.columns().forEach((name, column) -> field(name + grain(column) + ": " + scalar(column), column));
    table.derived().forEach(this::derived);
    out.append("}\n\"Conditions on rows; all must hold.\"\n");
    open("input " + table.type() + "Where");
    combining(table.type() + "Where");
    each(columns(table, false), column -> scalar(column) + "Filter");
    out.append("}\n");
    if (table.hasMetrics()) {
      withMetrics(table);
    }
    out.append("\"One column to order by; times in the grains and parts they are selected in.\"\n");
    open("input " + table.type() + "OrderBy @oneOf");
    each(table.columns(), column -> "Direction");
    derived(table, DerivedField.Kind::isOrdered, derived -> "Direction");
    out.append("}\n");
    query(table);
  }

  private void withMetrics(TableType table) {
    out.append("\"Conditions on the finished result; all must hold.\"\n");
    open("input " + table.type() + "Having");
    combining(table.type() + "Having");
    each(columns(table, true), column -> scalar(column) + "Filter");
    derived(table, DerivedField.Kind::isNumber, derived -> scalar(derived) + "Filter");
    out.append("}\n\"What rows can be grouped by.\"\nenum ").append(table.type()).append("Item { ");
    out.append(String.join(" ", table.names().items().keySet())).append(" \"All that are selected.\" ").append(table.names().all());
    out.append(" }\nenum ").append(table.type()).append("Metric { ").append(String.join(" ", table.names().metrics().keySet()));
    out.append(" }\n\"The n values of an item with the largest metric: by, or the first selected one.\"\ninput ").append(table.type());
    out.append("Top { item: ").append(table.type()).append("Item!, n: Int!, by: ").append(table.type());
    out.append("Metric, \"Whether all other values make one row.\" others: Boolean = true }\n");
  }

  private void open(String head) {
    out.append(head).append(" {\n");
  }

  private void combining(String type) {
    out.append("  and: [").append(type).append("!]\n  or: [").append(type).append("!]\n  not: ").append(type).append('\n');
  }

  private void field(String text, TableEntry.Column column) {
    out.append("  ");
    describe(column.documentation());
    out.append("  ").append(text);
    String reason = column.documentation().meta().getOrDefault(DEPRECATED, "");
    if (!reason.isEmpty()) {
      out.append(" @deprecated(reason: ");
      quoted(reason);
      out.append(')');
    }
    out.append('\n');
  }

  private static Map<String, TableEntry.Column> columns(TableType table, boolean metrics) {
    Map<String, TableEntry.Column> columns = new LinkedHashMap<>(table.columns());
    columns.values().removeIf(column -> (column.role() == TableEntry.Role.METRIC) != metrics);
    return columns;
  }

  private void each(Map<String, TableEntry.Column> columns, Function<TableEntry.Column, String> type) {
    columns.forEach((name, column) -> out.append("  ").append(name).append(": ").append(type.apply(column)).append('\n'));
  }

  private void derived(TableType table, Predicate<DerivedField.Kind> which, Function<DerivedField, String> type) {
    table.derived().forEach((name, derived) -> {
      if (which.test(derived.kind())) {
        out.append("  ").append(name).append(": ").append(type.apply(derived)).append('\n');
      }
    });
  }

  private void derived(String name, DerivedField derived) {
    out.append("  \"").append(switch (derived.kind()) {
      case PART -> "A part of the date as a number, such as the month; days of the week count from Monday = 1.";
      case IS_TOTAL -> "Whether the row is a total over all values of " + derived.column().name() + ".";
      case IS_OTHERS -> "Whether the row stands for all values but the top ones.";
      case PREVIOUS -> "The value at the earlier time that the argument compare says.";
      case CHANGE -> "The value less the earlier one.";
      case CHANGE_SHARE -> "The change as a share of the earlier value: 0.1 is ten percent more.";
      case SHARE -> "The value as a share of that over the items of the argument share: 0.1 is ten percent.";
      case RUNNING -> "The values up to this one, along the time that the argument running says.";
    }).append("\"\n  ").append(name);
    out.append(switch (derived.kind()) {
      case PART -> "(part: DatePart!)";
      case IS_TOTAL -> grain(derived.column());
      case IS_OTHERS, PREVIOUS, CHANGE, CHANGE_SHARE, SHARE, RUNNING -> "";
    }).append(": ").append(scalar(derived)).append('\n');
  }

  private static String grain(TableEntry.Column column) {
    return column.grains().isEmpty() ? "" : "(\"Truncates to a coarser grain.\" grain: TimeGrain)";
  }

  private static String scalar(TableEntry.Column column) {
    return Scalars.of(column.type()).getName();
  }

  private static String scalar(DerivedField derived) {
    return switch (derived.kind()) {
      case PART -> "BigInt";
      case IS_TOTAL, IS_OTHERS -> "Boolean";
      case PREVIOUS, CHANGE, RUNNING -> scalar(derived.column());
      case CHANGE_SHARE, SHARE -> "Float";
    };
  }

  private void query(TableType table) {
    String type = table.type();
    out.append("extend type Query {\n");
    describe(table.table().documentation());
    out.append(table.field()).append("(where: [").append(type).append("Where!]");
    if (table.hasMetrics()) {
      out.append(", having: [").append(type).append("Having!], ");
      out.append("\"Adds rows: totals over these items, the last one first.\" totals: [").append(type).append("Item!], ");
      out.append("\"Only the most important values; all others make one row.\" top: ").append(type).append("Top, ");
      out.append("\"Adds to each metric its share of its value over these items: revenue__share.\" share: [")
          .append(type)
          .append("Item!], ");
      out.append("\"Adds each metric up along a time: revenue__running.\" running: ").append(type).append("Item, ");
      out.append("\"How far back to compare with, such as 1 year: revenue__previous, revenue__change.\" compare: String, ");
      out.append("\"Whether periods without data get rows.\" fill: Boolean");
    }
    out.append(", order_by: [").append(type).append("OrderBy!], limit: Int, offset: Int, time_range: TimeRange, ");
    out.append("\"An IANA name such as Europe/Berlin.\" time_zone: String, ");
    out.append("\"How old the answer may be, such as 5m.\" max_age: String, cache: CacheUse, rollups: RollupUse): [").append(type);
    out.append("!]\n}\n");
  }

  private void describe(Documentation documentation) {
    String text = documentation.description().isBlank() ? documentation.label().orElse("") : documentation.description();
    String unit = documentation.unit().map(name -> " (" + name + ")").orElse("");
    if (!text.isBlank()) {
      quoted(text.strip() + unit);
      out.append('\n');
    }
  }

  private void quoted(String text) {
    out.append('"');
    text.codePoints().forEach(this::escaped);
    out.append('"');
  }

  private void escaped(int letter) {
    if (letter == '"' || letter == '\\') {
      out.append('\\').appendCodePoint(letter);
    } else if (letter == '\n') {
      out.append("\\n");
    } else if (letter < ' ' || Character.getType(letter) == Character.SURROGATE) {
      out.append(' ');
    } else {
      out.appendCodePoint(letter);
    }
  }
}

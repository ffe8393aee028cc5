// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Documentation;
import dev.sextant.query.TableEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Writes the types of tables in GraphQL's schema language. */
final class TableSdl {
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
    block("type " + table.type(), table, column -> true,
        column -> (column.grains().isEmpty() ? "" : "(\"Truncates to a coarser grain.\" grain: TimeGrain)") + ": " + scalar(column), "");
    out.setLength(out.length() - 2);
    table.derived().forEach(this::derived);
    out.append("}\n");
    String combining = "and: [" + table.type() + "%1$s!]\n  or: [" + table.type() + "%1$s!]\n  not: " + table.type() + "%1$s\n";
    out.append("\"Conditions on rows; all must hold.\"\n");
    block("input " + table.type() + "Where", table, TableSdl::isItem, column -> ": " + scalar(column) + "Filter",
        combining.formatted("Where"));
    if (table.hasMetrics()) {
      out.append("\"Conditions on the finished result; all must hold.\"\n");
      block("input " + table.type() + "Having", table, column -> !isItem(column), column -> ": " + scalar(column) + "Filter",
          combining.formatted("Having"));
    }
    out.append("\"One column to order by; times in the grain they are selected in.\"\n");
    block("input " + table.type() + "OrderBy @oneOf", table, column -> true, column -> ": Direction", "");
    field(table);
  }

  private void derived(String name, DerivedField field) {
    out.append(switch (field.kind()) {
      case PART -> "  \"A part of the date as a number, such as the month; days of the week count from Monday = 1.\"\n  " + name
          + "(part: DatePart!): BigInt\n";
      case PREVIOUS ->
          "  \"The value at the earlier time that the argument compare says.\"\n  " + name + ": " + scalar(field.column()) + "\n";
      case CHANGE -> "  \"The value less the earlier one.\"\n  " + name + ": " + scalar(field.column()) + "\n";
      case CHANGE_SHARE -> "  \"The change as a share of the earlier value: 0.1 is ten percent more.\"\n  " + name + ": Float\n";
    });
  }

  private static boolean isItem(TableEntry.Column column) {
    return column.role() != TableEntry.Role.METRIC;
  }

  private static String scalar(TableEntry.Column column) {
    return Scalars.of(column.type()).getName();
  }

  /** What follows the name of a column's field. */
  private interface FieldType {
    String of(TableEntry.Column column);
  }

  private void block(String head, TableType table, Predicate<TableEntry.Column> wanted, FieldType type, String more) {
    out.append(head).append(" {\n  ").append(more);
    for (Map.Entry<String, TableEntry.Column> column : table.columns().entrySet()) {
      if (wanted.test(column.getValue())) {
        out.append("  ");
        if (more.isEmpty()) {
          describe(column.getValue().documentation());
        }
        out.append("  ").append(column.getKey()).append(type.of(column.getValue())).append('\n');
      }
    }
    out.append("}\n");
  }

  private void field(TableType table) {
    out.append("extend type Query {\n");
    describe(table.table().documentation());
    out.append(table.field()).append("(where: [").append(table.type()).append("Where!]");
    if (table.hasMetrics()) {
      out.append(", having: [").append(table.type()).append("Having!]");
    }
    out.append(", order_by: [").append(table.type()).append("OrderBy!], limit: Int, offset: Int, time_range: TimeRange, ");
    out.append("\"An IANA name such as Europe/Berlin.\" time_zone: String, \"Whether periods without data get rows.\" fill: Boolean, ");
    out.append("\"How far back to compare with, such as 1 year; fields such as revenue__previous show it.\" compare: String, ");
    out.append("\"How old the answer may be, such as 5m.\" max_age: String, cache: CacheUse, rollups: RollupUse): [").append(table.type());
    out.append("!]\n}\n");
  }

  private void describe(Documentation documentation) {
    String text = documentation.description().isBlank() ? documentation.label().orElse("") : documentation.description();
    String unit = documentation.unit().map(name -> " (" + name + ")").orElse("");
    if (!text.isBlank()) {
      out.append('"');
      (text.strip() + unit).codePoints().forEach(this::escaped);
      out.append("\"\n");
    }
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a question as semantic SQL in the manner of a tool, in sub-queries that rename and filter on the way. */
final class ToolSql implements SqlBlocks.Block {

  /** Who writes: each has habits of quoting, grouping, wrapping and spelling aggregates. */
  enum Tool {
    PLAIN, TABLEAU, POWER_BI, LOOKER_STUDIO, SUPERSET, METABASE
  }

  private final Tool tool;
  private final int depth;
  private final Random random;
  private int aliases;

  ToolSql(Tool tool, int depth, Random random) {
    this.tool = tool;
    this.depth = depth;
    this.random = random;
  }

  static String of(SqlAsk ask, Tool tool, int depth, Random random) {
    return new SqlBlocks(new ToolSql(tool, depth, random)).write(ask);
  }

  /** FROM and WHERE of a block, and what each column is called in it. */
  private record Source(String from, String where, Function<String, String> names) {}

  @Override
  public String write(SqlAsk ask, String grouping, Function<List<String>, String> more, Function<List<String>, String> having) {
    Source source = source(ask);
    List<String> keys = keys(ask, source);
    List<String> metrics = ask.metrics().stream().map(metric -> aggregate(metric, source.names().apply(metric))).toList();
    String condition = having.apply(metrics);
    String guard = tool == Tool.TABLEAU && !keys.isEmpty() && grouping.isEmpty() ? "(COUNT(1) > 0)" : "";
    List<String> conditions = List.of(condition, guard).stream().filter(text -> !text.isEmpty()).toList();
    return "select " + items(keys, metrics) + more.apply(metrics) + source.from() + source.where() + groupBy(keys, grouping)
        + (conditions.isEmpty() ? "" : " having " + String.join(" and ", conditions));
  }

  @Override
  public String rows(SqlAsk ask) {
    Source source = source(ask);
    return "select " + items(keys(ask, source), ask.metrics().stream().map(source.names()).toList()) + source.from() + source.where();
  }

  @Override
  public String distinct(SqlAsk ask) {
    Source source = source(ask);
    return "select distinct " + items(keys(ask, source), List.of()) + source.from() + source.where();
  }

  @Override
  public String inContext(SqlAsk ask) {
    Source source = source(ask);
    List<String> keys = keys(ask, source);
    List<String> metrics = ask.metrics().stream().map(metric -> aggregate(metric, source.names().apply(metric))).toList();
    return "select " + items(keys, metrics) + ", " + metrics.getFirst() + " at (" + AtContexts.modifiers(ask, source.names()) + ")"
        + as("c1")
        + source.from() + source.where() + groupBy(keys, "");
  }

  private static List<String> keys(SqlAsk ask, Source source) {
    return ask.keys().stream().map(key -> key.over(source.names().apply(key.column()))).toList();
  }

  private String items(List<String> keys, List<String> metrics) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      items.add(keys.get(i) + as("k" + (i + 1)));
    }
    for (int i = 0; i < metrics.size(); i++) {
      items.add(metrics.get(i) + as("m" + (i + 1)));
    }
    return String.join(", ", items);
  }

  private String as(String name) {
    return switch (tool) {
      case PLAIN -> " " + name;
      case LOOKER_STUDIO -> " AS " + name;
      case TABLEAU, POWER_BI, SUPERSET, METABASE -> " AS \"" + name + "\"";
    };
  }

  /** The table within as many sub-queries as asked, each with some of the conditions and under new names. */
  private Source source(SqlAsk ask) {
    Set<String> used = new LinkedHashSet<>();
    ask.keys().forEach(key -> used.add(key.column()));
    ask.conditions().forEach(condition -> used.add(condition.column()));
    used.addAll(ask.metrics());
    Map<String, String> names = new LinkedHashMap<>();
    used.forEach(name -> names.put(name, '"' + name + '"'));
    List<SqlAsk.Part> left = new ArrayList<>(ask.conditions());
    String table = tool == Tool.TABLEAU || tool == Tool.METABASE ? "\"public\".\"orders\"" : "orders";
    String alias = alias();
    String from = " from " + table + " " + alias;
    for (int level = 0; level < depth; level++) {
      List<SqlAsk.Part> now = AtContexts.concerns(ask) ? List.of() : left.stream().filter(any -> random.nextBoolean()).toList();
      left.removeAll(now);
      boolean renames = random.nextBoolean();
      String within = alias;
      List<String> items = new ArrayList<>();
      Map<String, String> renamed = new LinkedHashMap<>();
      names.forEach((name, current) -> {
        String next = renames && !name.equals("order") ? '"' + name + "_" + aliases + '"' : current;
        items.add(qualified(within, current) + (next.equals(current) ? "" : " as " + next));
        renamed.put(name, next);
      });
      boolean everything = !renames && now.isEmpty() && random.nextBoolean();
      String inner = "select " + (everything ? "*" : String.join(", ", items)) + from
          + where(now, name -> qualified(within, names.getOrDefault(name, name)));
      names.putAll(renamed);
      alias = alias();
      from = " from (" + inner + ") " + (tool == Tool.POWER_BI ? "" : "as ") + alias;
    }
    String last = alias;
    Function<String, String> named = name -> qualified(last, names.getOrDefault(name, name));
    return new Source(from, where(left, named), named);
  }

  private static String where(List<SqlAsk.Part> conditions, Function<String, String> names) {
    return conditions.isEmpty() ? ""
        : " where "
            + conditions.stream().map(part -> "(" + part.over(names.apply(part.column())) + ")").collect(Collectors.joining(" and "));
  }

  private String alias() {
    aliases++;
    return switch (tool) {
      case PLAIN -> "q" + aliases;
      case TABLEAU -> "\"Custom SQL Query " + aliases + "\"";
      case POWER_BI -> "\"_" + aliases + "\"";
      case LOOKER_STUDIO -> "t" + aliases;
      case SUPERSET -> "virtual_table" + aliases;
      case METABASE -> "\"source:" + aliases + "\"";
    };
  }

  private String qualified(String alias, String column) {
    return tool == Tool.PLAIN || tool == Tool.SUPERSET ? column : alias + "." + column;
  }

  private String aggregate(String metric, String column) {
    String own = FlatOrders.ADDITIVE.getOrDefault(metric, List.of("sum", "avg", "min", "max").get(random.nextInt(4)));
    return switch (tool) {
      case PLAIN -> "measure(" + column + ")";
      case LOOKER_STUDIO -> "AGGREGATE(" + column + ")";
      case TABLEAU, METABASE -> own.toUpperCase(java.util.Locale.ROOT) + "(" + column + ")";
      case SUPERSET -> random.nextBoolean() ? "AGG(" + column + ")" : own + "(" + column + ")";
      case POWER_BI -> random.nextBoolean() ? own + "(cast(" + column + " as double))"
          : own + "(case when " + column + " is not null then " + column + " end)";
    };
  }

  private String groupBy(List<String> keys, String grouping) {
    if (keys.isEmpty()) {
      return "";
    }
    String repeated = String.join(", ", keys);
    return " group by " + switch (grouping) {
      case "rollup" -> "rollup(" + repeated + ")";
      case "grouping sets" -> "grouping sets ((" + repeated + "), (" + keys.getFirst() + "), ())";
      default -> tool == Tool.TABLEAU || tool == Tool.POWER_BI
          ? IntStream.rangeClosed(1, keys.size()).mapToObj(Integer::toString).collect(Collectors.joining(", "))
          : repeated;
    };
  }
}

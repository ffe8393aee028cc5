// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a question as plain SQL over the flat rows. */
final class FlatSql implements SqlBlocks.Block {

  static String of(SqlAsk ask) {
    String body = new SqlBlocks(new FlatSql()).write(ask);
    return body.startsWith("with ") ? FlatOrders.WITH.stripTrailing() + ", " + body.substring("with ".length()) : FlatOrders.WITH + body;
  }

  @Override
  public String write(SqlAsk ask, String grouping, Function<List<String>, String> more, Function<List<String>, String> having) {
    List<String> metrics = ask.metrics().stream().map(metric -> "(" + FlatOrders.METRICS.get(metric) + ")").toList();
    String condition = having.apply(metrics);
    return "select " + list(ask, metrics) + more.apply(metrics) + " from flat" + where(ask) + groupBy(ask, grouping)
        + (condition.isEmpty() ? "" : " having " + condition);
  }

  @Override
  public String rows(SqlAsk ask) {
    SqlAsk alone = ask.with(ask.keys(), ask.metrics(), ask.conditions());
    List<String> metrics = alone.metrics().stream().map(metric -> "(" + FlatOrders.METRICS.get(metric) + ")").toList();
    return "select " + list(alone, metrics) + " from flat" + where(ask) + " group by order_id, "
        + keys(ask).stream().collect(Collectors.joining(", "));
  }

  @Override
  public String distinct(SqlAsk ask) {
    return "select distinct " + list(ask, List.of()) + " from flat" + where(ask);
  }

  @Override
  public String inContext(SqlAsk ask) {
    List<String> conditions = AtContexts.conditions(ask);
    return "select g.*, (select " + FlatOrders.METRICS.get(ask.metrics().getFirst()) + " from flat"
        + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions)) + ") as c1 from ("
        + write(ask, "", any -> "", any -> "") + ") as " + AtContexts.GROUP;
  }

  private static List<String> keys(SqlAsk ask) {
    return ask.keys().stream().map(key -> key.over('"' + key.column() + '"')).toList();
  }

  private static String list(SqlAsk ask, List<String> metrics) {
    List<String> items = new ArrayList<>();
    List<String> keys = keys(ask);
    for (int i = 0; i < keys.size(); i++) {
      items.add(keys.get(i) + " as k" + (i + 1));
    }
    for (int i = 0; i < metrics.size(); i++) {
      items.add(metrics.get(i) + " as m" + (i + 1));
    }
    return String.join(", ", items);
  }

  private static String where(SqlAsk ask) {
    return ask.conditions().isEmpty() ? ""
        : " where " + ask.conditions()
            .stream()
            .map(condition -> "(" + condition.over('"' + condition.column() + '"') + ")")
            .collect(Collectors.joining(" and "));
  }

  private static String groupBy(SqlAsk ask, String grouping) {
    String keys = String.join(", ", keys(ask));
    return keys.isEmpty() ? "" : " group by " + switch (grouping) {
      case "rollup" -> "rollup(" + keys + ")";
      case "grouping sets" -> "grouping sets ((" + keys + "), (" + keys(ask).getFirst() + "), ())";
      default -> keys;
    };
  }
}

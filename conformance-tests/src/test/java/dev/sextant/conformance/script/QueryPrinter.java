// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.query.MetricQuery;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a metric query as scripts do; {@link QueryText} reads it back. */
public final class QueryPrinter {

  private QueryPrinter() {}

  public static String print(MetricQuery query) {
    StringBuilder text = new StringBuilder("query");
    items(text, " ", query.metrics());
    items(text, " by ", query.groupBy());
    query.where().forEach(condition -> text.append(" where ").append(condition));
    query.having().forEach(condition -> text.append(" having ").append(condition));
    if (!query.orderBy().isEmpty()) {
      text.append(" order by ").append(query.orderBy().stream().map(QueryPrinter::order).collect(Collectors.joining(", ")));
    }
    query.limit().ifPresent(limit -> text.append(" limit ").append(limit));
    query.offset().ifPresent(offset -> text.append(" offset ").append(offset));
    query.timeRange().ifPresent(range -> text.append(" from ").append(range.start()).append(" to ").append(range.end()));
    query.timeZone().ifPresent(zone -> text.append(" zone ").append(zone));
    additions(text, query.extras());
    return text.toString();
  }

  private static void additions(StringBuilder text, MetricQuery.Extras extras) {
    text.append(extras.fill() ? " fill" : "");
    extras.compare().ifPresent(offset -> text.append(" compare ").append(offset));
    text.append(extras.totals().isEmpty() ? "" : " totals " + String.join(", ", extras.totals()));
    extras.top()
        .ifPresent(top -> text.append(" top ")
            .append(top.n())
            .append(' ')
            .append(top.item())
            .append(top.by().map(by -> " by " + by).orElse(""))
            .append(top.others() ? "" : " without others"));
    text.append(extras.share().isEmpty() ? "" : " share " + String.join(", ", extras.share()));
    extras.running().ifPresent(time -> text.append(" running ").append(time));
  }

  private static void items(StringBuilder text, String before, List<MetricQuery.Item> items) {
    if (!items.isEmpty()) {
      text.append(before).append(items.stream().map(QueryPrinter::item).collect(Collectors.joining(", ")));
    }
  }

  private static String item(MetricQuery.Item item) {
    return item.name() + item.alias().map(alias -> " as " + alias).orElse("");
  }

  private static String order(String item) {
    return item.startsWith("-") ? item.substring(1) + " desc" : item;
  }
}

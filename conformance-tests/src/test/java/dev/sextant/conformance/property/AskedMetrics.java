// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Table;
import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metric query that asks what a question of semantic SQL asks, where there is one. Its last metric, without a filter of its own, is not asked
 * for: it keeps the groups whose rows no other metric's filter lets through, as SQL does.
 */
final class AskedMetrics {
  /**
   * Metrics that make something of nothing. Where a group has rows but none that the metric's filters let through, SQL counts 0 of them; a metric
   * query has no such group in the metric's own branch, and NULL beside other metrics' groups.
   */
  private static final List<String> OF_NOTHING = List.of("gold_orders", "open_minus_paid");
  private static final Pattern TRUNCATED = Pattern.compile("date_trunc\\('(\\w+)', @\\)");

  private AskedMetrics() {}

  static Optional<MetricQuery> of(SqlAsk ask) {
    boolean plain = ask.metrics().stream().noneMatch(OF_NOTHING::contains) && ask.above() == SqlAsk.Above.NOTHING
        && ask.conditions().stream().noneMatch(part -> part.column().equals("metric_time") || part.sql().contains("(@)"));
    List<MetricQuery.Item> items = new ArrayList<>();
    for (SqlAsk.Part key : ask.keys()) {
      Matcher truncated = TRUNCATED.matcher(key.sql());
      if (truncated.matches()) {
        items.add(MetricQuery.Item.of(key.column() + "__" + truncated.group(1)));
      } else if (key.sql().equals("@")) {
        items.add(MetricQuery.Item.of(key.column()));
      } else {
        plain = false;
      }
    }
    return plain ? Optional.of(new MetricQuery(metrics(ask), items,
        ask.conditions().stream().map(part -> part.over(part.column())).toList(), List.of(), List.of(), OptionalLong.empty(),
        OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), MetricQuery.Mode.DISTINCT, MetricQuery.Extras.NONE,
        MetricQuery.Options.DEFAULT)) : Optional.empty();
  }

  private static List<MetricQuery.Item> metrics(SqlAsk ask) {
    List<MetricQuery.Item> metrics = new ArrayList<>(ask.metrics().stream().map(MetricQuery.Item::of).toList());
    metrics.add(new MetricQuery.Item("order_rows", Optional.of("all_rows")));
    return metrics;
  }

  /** The answer without the metric that was not asked for. */
  static Table asked(Table answer) {
    int last = answer.columns().size() - 1;
    return new Table(answer.columns().subList(0, last), answer.rows().stream().map(row -> row.subList(0, last)).toList());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code query revenue by customer__country where ..} as a metric query. */
public final class QueryText {
  private final List<Clause> clauses;

  private QueryText(List<Clause> clauses) {
    this.clauses = clauses;
  }

  /** The metric query a text such as {@code query revenue by metric_time__month limit 3} means. */
  public static MetricQuery parse(String text) {
    return new QueryText(Clauses.of(text)).query();
  }

  private MetricQuery query() {
    return new MetricQuery(items("query"), items("by"), texts("where"), texts("having"), orderBy(), number("limit"), number("offset"),
        range(), single("zone"), single("saved"), mode(), extras(), options());
  }

  private List<MetricQuery.Item> items(String keyword) {
    return parts(keyword).stream().map(QueryText::item).toList();
  }

  private static MetricQuery.Item item(String text) {
    String[] halves = text.split("\\s+as\\s+", 2);
    return new MetricQuery.Item(halves[0], halves.length > 1 ? Optional.of(halves[1].strip()) : Optional.empty());
  }

  private List<String> parts(String keyword) {
    List<String> parts = new ArrayList<>();
    texts(keyword).stream().filter(text -> !text.isEmpty()).forEach(text -> parts.addAll(Clauses.split(text)));
    return parts;
  }

  private List<String> texts(String keyword) {
    return clauses.stream().filter(clause -> clause.keyword().equals(keyword)).map(Clause::text).toList();
  }

  private List<String> orderBy() {
    return parts("order by").stream()
        .map(text -> text.endsWith(" desc") ? "-" + text.substring(0, text.length() - 5).strip() : text)
        .map(text -> text.endsWith(" asc") ? text.substring(0, text.length() - 4).strip() : text)
        .toList();
  }

  private OptionalLong number(String keyword) {
    return single(keyword).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
  }

  private Optional<String> single(String keyword) {
    return texts(keyword).stream().findFirst();
  }

  private Optional<MetricQuery.TimeRange> range() {
    return single("from").map(text -> text.split("\\s+to\\s+", 2))
        .map(ends -> new MetricQuery.TimeRange(ends[0], ends.length > 1 ? ends[1] : ""));
  }

  private MetricQuery.Mode mode() {
    if (single("min max").isPresent()) {
      return MetricQuery.Mode.MIN_MAX;
    }
    return single("all rows").isPresent() ? MetricQuery.Mode.ALL_ROWS : MetricQuery.Mode.DISTINCT;
  }

  private MetricQuery.Extras extras() {
    return new MetricQuery.Extras(single("fill").isPresent(), single("compare"), parts("totals"), single("top").map(QueryText::top),
        parts("share"), single("running"));
  }

  private static MetricQuery.Top top(String text) {
    return MetricQuery.Top.parse(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no top"));
  }

  private MetricQuery.Options options() {
    MetricQuery.RollupUse rollups = single("rollups").map(text -> MetricQuery.RollupUse.valueOf(text.toUpperCase(java.util.Locale.ROOT)))
        .orElse(MetricQuery.RollupUse.USE);
    return new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.USE, rollups);
  }
}

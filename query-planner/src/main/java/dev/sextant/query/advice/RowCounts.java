// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.advice;

import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import dev.sextant.query.rollup.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** How many rows tables and groups have, each counted once. */
public final class RowCounts {
  private static final String TIME = "metric_time";

  private final QueryEngine engine;
  private final Caller caller;
  private final ToLongFunction<String> tables;
  private final Map<String, Long> rows = new LinkedHashMap<>();
  private final Map<MetricQuery, Long> groups = new LinkedHashMap<>();

  /** {@code tables} counts the rows of a dataset by its name; {@code engine} is asked for groups as {@code caller}. */
  public RowCounts(QueryEngine engine, Caller caller, ToLongFunction<String> tables) {
    this.engine = engine;
    this.caller = caller;
    this.tables = tables;
  }

  long rows(String dataset) {
    return rows.computeIfAbsent(dataset, tables::applyAsLong);
  }

  /** The groups of a wished rollup; no more than its dataset has rows. */
  long groups(Wish wish) {
    List<String> items = new ArrayList<>(wish.items().values());
    wish.grain().ifPresent(grain -> items.add(TIME + "__" + grain.label()));
    return counted(wish, items);
  }

  /** What the groups can be at most: as many as combinations of values. */
  long atMost(Wish wish) {
    Stream<List<String>> all = Stream.concat(wish.items().values().stream().map(List::of),
        wish.grain().stream().map(grain -> List.of(TIME + "__" + grain.label())));
    double product = all.mapToDouble(item -> counted(wish, item)).reduce(1, (a, b) -> a * b);
    return (long) Math.min(product, rows(wish.dataset()));
  }

  private long counted(Wish wish, List<String> items) {
    long most = Math.max(1, rows(wish.dataset()));
    MetricQuery plain = MetricQuery.of(List.of(wish.metrics().getFirst()), items);
    return items.isEmpty() ? 1 : groups.computeIfAbsent(limited(plain, most), this::count);
  }

  private static MetricQuery limited(MetricQuery plain, long most) {
    return new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), plain.orderBy(), OptionalLong.of(most),
        plain.offset(), plain.timeRange(), plain.timeZone(), plain.savedQuery(), plain.mode(), plain.extras(), plain.options());
  }

  private long count(MetricQuery query) {
    long count = 0;
    try (QueryResult result = engine.run(query, caller, QueryControl.unlimited("advise"))) {
      while (result.loadNext()) {
        count += result.root().getRowCount();
      }
    }
    return count;
  }
}

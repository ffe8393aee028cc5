// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Leaves out parts of a query for as long as it still fails. */
final class QueryShrinker {
  private final Predicate<MetricQuery> fails;

  QueryShrinker(Predicate<MetricQuery> fails) {
    this.fails = fails;
  }

  MetricQuery shrink(MetricQuery query) {
    for (MetricQuery smaller : smaller(query)) {
      if (fails.test(smaller)) {
        return shrink(smaller);
      }
    }
    return query;
  }

  private static List<MetricQuery> smaller(MetricQuery q) {
    List<MetricQuery> smaller = new ArrayList<>();
    if (q.limit().isPresent()) {
      smaller.add(with(q, q.metrics(), q.groupBy(), q.where(), q.having(), q.orderBy(), OptionalLong.empty(), q.timeRange(), q.timeZone()));
    }
    if (!q.orderBy().isEmpty()) {
      smaller.add(with(q, q.metrics(), q.groupBy(), q.where(), q.having(), List.of(), OptionalLong.empty(), q.timeRange(), q.timeZone()));
    }
    if (q.timeRange().isPresent()) {
      smaller.add(with(q, q.metrics(), q.groupBy(), q.where(), q.having(), q.orderBy(), q.limit(), Optional.empty(), q.timeZone()));
    }
    if (q.timeZone().isPresent()) {
      smaller.add(with(q, q.metrics(), q.groupBy(), q.where(), q.having(), q.orderBy(), q.limit(), q.timeRange(), Optional.empty()));
    }
    without(q.having()).forEach(
        having -> smaller.add(with(q, q.metrics(), q.groupBy(), q.where(), having, q.orderBy(), q.limit(), q.timeRange(), q.timeZone())));
    without(q.where()).forEach(
        where -> smaller.add(with(q, q.metrics(), q.groupBy(), where, q.having(), q.orderBy(), q.limit(), q.timeRange(), q.timeZone())));
    if (q.metrics().size() > 1) {
      without(q.metrics()).forEach(metrics -> smaller
          .add(with(q, metrics, q.groupBy(), q.where(), List.of(), q.orderBy(), q.limit(), q.timeRange(), q.timeZone())));
    }
    without(q.groupBy()).forEach(
        items -> smaller
            .add(with(q, q.metrics(), items, q.where(), q.having(), List.of(), OptionalLong.empty(), q.timeRange(), q.timeZone())));
    return smaller;
  }

  private static MetricQuery with(MetricQuery q, List<MetricQuery.Item> metrics, List<MetricQuery.Item> groupBy, List<String> where,
      List<String> having, List<String> orderBy, OptionalLong limit, Optional<MetricQuery.TimeRange> range, Optional<String> zone) {
    return new MetricQuery(metrics, groupBy, where, having, orderBy, limit, q.offset(), range, zone, q.savedQuery(), q.mode(), q.extras(),
        q.options());
  }

  private static <T> List<List<T>> without(List<T> all) {
    List<List<T>> without = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<T> rest = new ArrayList<>(all);
      rest.remove(i);
      without.add(rest);
    }
    return without;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    simpler(q.extras()).forEach(extras -> smaller.add(withExtras(q, extras)));
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

  private static List<MetricQuery.Extras> simpler(MetricQuery.Extras e) {
    return Stream.of(new MetricQuery.Extras(false, e.compare(), e.totals(), e.top(), e.share(), e.running()),
        new MetricQuery.Extras(e.fill(), Optional.empty(), e.totals(), e.top(), e.share(), e.running()),
        new MetricQuery.Extras(e.fill(), e.compare(), List.of(), e.top(), e.share(), e.running()),
        new MetricQuery.Extras(e.fill(), e.compare(), e.totals(), Optional.empty(), e.share(), e.running()),
        new MetricQuery.Extras(e.fill(), e.compare(), e.totals(), e.top(), List.of(), e.running()),
        new MetricQuery.Extras(e.fill(), e.compare(), e.totals(), e.top(), e.share(), Optional.empty()))
        .filter(any -> !any.equals(e))
        .toList();
  }

  private static MetricQuery withExtras(MetricQuery q, MetricQuery.Extras extras) {
    return new MetricQuery(q.metrics(), q.groupBy(), q.where(), q.having(), q.orderBy(), q.limit(), q.offset(), q.timeRange(), q.timeZone(),
        q.savedQuery(), q.mode(), extras, q.options());
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

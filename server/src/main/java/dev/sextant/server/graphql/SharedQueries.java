// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fewer queries that answer many: those that differ in nothing but their metrics become one where every metric is certain to have the same
 * groups, because it aggregates all the rows of the same dataset by the same time.
 */
record SharedQueries(List<MetricQuery> queries, List<Integer> places) {

  static SharedQueries of(List<MetricQuery> asked, SemanticModel model) {
    Map<Object, Integer> placeOf = new LinkedHashMap<>();
    List<MetricQuery> queries = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (MetricQuery query : asked) {
      if (repeatsItself(query)) {
        queries.add(query);
        places.add(queries.size() - 1);
        continue;
      }
      Object key = rows(query, model).<Object>map(rows -> new Shape(withMetrics(query, List.of()), rows)).orElse(query);
      int place = placeOf.computeIfAbsent(key, any -> {
        queries.add(withMetrics(query, List.of()));
        return queries.size() - 1;
      });
      Set<Item> metrics = new LinkedHashSet<>(queries.get(place).metrics());
      metrics.addAll(query.metrics());
      queries.set(place, withMetrics(query, List.copyOf(metrics)));
      places.add(place);
    }
    return new SharedQueries(List.copyOf(queries), List.copyOf(places));
  }

  /** What asks for a metric twice is left for the engine to refuse. */
  private static boolean repeatsItself(MetricQuery query) {
    return query.metrics().stream().distinct().count() < query.metrics().size();
  }

  /** A query without its metrics, and the rows these read. */
  private record Shape(MetricQuery query, Rows rows) {}

  /** The rows of a dataset, by one of its times. */
  private record Rows(String dataset, Optional<String> time) {}

  /** The place of the query that answers the {@code i}-th asked one. */
  int placeOf(int i) {
    return places.get(i);
  }

  /** The rows all metrics of a query read; empty if they might have different groups. */
  private static Optional<Rows> rows(MetricQuery query, SemanticModel model) {
    boolean plain = query.extras().equals(Extras.NONE) && query.savedQuery().isEmpty();
    return plain ? only(query.metrics().stream().map(item -> model.metric(item.name()).flatMap(metric -> rows(metric, model))))
        : Optional.empty();
  }

  private static Optional<Rows> rows(Metric metric, SemanticModel model) {
    boolean filtered = !metric.filters().isEmpty();
    return filtered ? Optional.empty() : switch (metric) {
      case Metric.Simple simple -> simple.joinToTimeSpine() || simple.measure().nonAdditive().isPresent() ? Optional.empty()
          : Optional.of(new Rows(simple.measure().dataset(), simple.measure().timeDimension()));
      case Metric.Ratio ratio -> only(Stream.of(ratio.numerator(), ratio.denominator()).map(input -> rows(input, model)));
      case Metric.Derived derived -> only(derived.inputs().stream().map(input -> rows(input, model)));
      case Metric.Cumulative cumulative -> Optional.empty();
      case Metric.Conversion conversion -> Optional.empty();
    };
  }

  private static Optional<Rows> rows(MetricInput input, SemanticModel model) {
    boolean moved = !input.filters().isEmpty() || input.offsetWindow().isPresent() || input.offsetToGrain().isPresent();
    return moved ? Optional.empty() : model.anyMetric(input.metric()).flatMap(metric -> rows(metric, model));
  }

  private static Optional<Rows> only(Stream<Optional<Rows>> rows) {
    Set<Optional<Rows>> all = rows.collect(Collectors.toCollection(LinkedHashSet::new));
    return all.size() == 1 ? all.iterator().next() : Optional.empty();
  }

  private static MetricQuery withMetrics(MetricQuery query, List<Item> metrics) {
    return new MetricQuery(metrics, query.groupBy(), query.where(), query.having(), query.orderBy(), query.limit(), query.offset(),
        query.timeRange(), query.timeZone(), query.savedQuery(), query.mode(), query.extras(), query.options());
  }
}

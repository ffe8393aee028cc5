// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes metric queries as semantic SQL knows them from dbt: {@code select * from {{ semantic_layer.query(metrics=['revenue']) }}}. */
final class MetricQueryToTemplate {

  private MetricQueryToTemplate() {}

  /** Nothing, where the call has no words for a part of the query. */
  static Optional<String> write(MetricQuery query) {
    return isSayable(query) ? Optional.of("select * from {{ semantic_layer.query(" + arguments(query) + ") }}") : Optional.empty();
  }

  private static boolean isSayable(MetricQuery query) {
    MetricQuery plain = MetricQuery.of(List.of(), List.of());
    boolean said = query.having().isEmpty() && query.offset().isEmpty() && query.timeRange().isEmpty() && query.timeZone().isEmpty()
        && query.mode() == plain.mode() && query.extras().equals(plain.extras()) && query.options().equals(plain.options());
    boolean named = Stream.concat(query.metrics().stream(), query.groupBy().stream()).noneMatch(item -> item.alias().isPresent());
    // What is in quotes there has none inside, and the rows of a sub-query come in no order.
    boolean quotable = texts(query).noneMatch(text -> text.contains("\"") || text.contains("]") || text.contains("}}"));
    return said && named && quotable && query.orderBy().isEmpty() && query.limit().isEmpty();
  }

  private static Stream<String> texts(MetricQuery query) {
    return Stream.of(names(query.metrics()), names(query.groupBy()), query.where()).flatMap(List::stream);
  }

  private static List<String> names(List<MetricQuery.Item> items) {
    return items.stream().map(MetricQuery.Item::name).toList();
  }

  private static String arguments(MetricQuery query) {
    List<String> arguments = new ArrayList<>();
    list("metrics", names(query.metrics())).ifPresent(arguments::add);
    list("group_by", names(query.groupBy())).ifPresent(arguments::add);
    list("where", query.where()).ifPresent(arguments::add);
    query.savedQuery().ifPresent(name -> arguments.add("saved_query=\"" + name + "\""));
    return String.join(", ", arguments);
  }

  private static Optional<String> list(String name, List<String> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(", ", name + "=[", "]")));
  }
}

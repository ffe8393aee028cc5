// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The arguments of a field in dbt's form; null means absent. */
record DbtInput(Map<String, ? extends @Nullable Object> arguments) {

  /** The question of {@code createQuery} and its like. */
  MetricQuery query() {
    List<Item> metrics = objects("metrics").stream().map(one -> new Item(text(one, "name"), optional(one, "alias"))).toList();
    return new MetricQuery(metrics, groupBy("groupBy").stream().map(Item::of).toList(),
        objects("where").stream().map(one -> text(one, "sql")).toList(), List.of(),
        objects("orderBy").stream().map(DbtInput::order).toList(),
        arguments.get("limit") instanceof Number limit ? OptionalLong.of(limit.longValue()) : OptionalLong.empty(), OptionalLong.empty(),
        Optional.empty(), Optional.empty(), optional(arguments, "savedQuery"), Mode.DISTINCT, Extras.NONE, options());
  }

  /** The question for the values of dimensions; metrics say only whose dimensions they are. */
  MetricQuery values() {
    return MetricQuery.of(List.of(), groupBy("groupBy"));
  }

  private Options options() {
    return new Options(Optional.empty(), Boolean.FALSE.equals(arguments.get("readCache")) ? CacheUse.REFRESH : CacheUse.USE,
        RollupUse.EXACT);
  }

  List<String> metrics() {
    return objects("metrics").stream().map(one -> text(one, "name")).toList();
  }

  /** Group-by items under their full names. */
  List<String> groupBy(String argument) {
    return objects(argument).stream().map(DbtInput::item).toList();
  }

  Optional<String> text(String argument) {
    return optional(arguments, argument);
  }

  private static String item(Map<String, ? extends @Nullable Object> one) {
    String name = text(one, "name");
    Optional<String> part = optional(one, "datePart").map(text -> "__extract_" + text.toLowerCase(Locale.ROOT));
    Optional<
        String> grain = optional(one, "timeGranularity").or(() -> optional(one, "grain")).map(text -> "__" + text.toLowerCase(Locale.ROOT));
    return name + part.or(() -> grain.filter(suffix -> !name.toLowerCase(Locale.ROOT).endsWith(suffix))).orElse("");
  }

  private static String order(Map<String, ? extends @Nullable Object> one) {
    Map<String, Object> metric = object(one, "metric");
    Map<String, Object> item = object(one, "groupBy");
    if (metric.isEmpty() == item.isEmpty()) {
      throw Problem.of(QueryIssue.INVALID_ORDER_BY, "An item of orderBy names a metric or a groupBy, one of them.");
    }
    String name = metric.isEmpty() ? item(item) : optional(metric, "alias").orElseGet(() -> text(metric, "name"));
    return (Boolean.TRUE.equals(one.get("descending")) ? "-" : "") + name;
  }

  private static String text(Map<String, ? extends @Nullable Object> from, String name) {
    return String.valueOf(from.get(name));
  }

  private static Optional<String> optional(Map<String, ? extends @Nullable Object> from, String name) {
    return Optional.ofNullable(from.get(name)).map(String::valueOf).filter(text -> !text.isEmpty());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Map<String, ? extends @Nullable Object> from, String name) {
    return from.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> objects(String name) {
    return arguments.get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }
}

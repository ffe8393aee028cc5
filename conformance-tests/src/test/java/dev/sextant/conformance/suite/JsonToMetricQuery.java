// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.query.MetricQuery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/** Reads a case's request as a metric query. */
public final class JsonToMetricQuery {

  private JsonToMetricQuery() {}

  public static MetricQuery read(JsonNode request) {
    MetricQuery.Mode mode = request.path("min_max_only").asBoolean() ? MetricQuery.Mode.MIN_MAX : MetricQuery.Mode.DISTINCT;
    return new MetricQuery(items(request.path("metrics")), items(request.path("group_by")), texts(request.path("where")),
        texts(request.path("having")), texts(request.path("order_by")),
        request.has("limit") ? OptionalLong.of(request.get("limit").asLong()) : OptionalLong.empty(), OptionalLong.empty(),
        range(request.path("time_range")), Optional.empty(), Optional.empty(), mode, MetricQuery.Extras.NONE, MetricQuery.Options.DEFAULT);
  }

  private static List<MetricQuery.Item> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonToMetricQuery::item).toList();
  }

  private static MetricQuery.Item item(JsonNode item) {
    return item.isTextual()
        ? MetricQuery.Item.of(item.asText())
        : new MetricQuery.Item(item.path("name").asText(), Optional.ofNullable(item.get("alias")).map(JsonNode::asText));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static Optional<MetricQuery.TimeRange> range(JsonNode range) {
    return range.isObject()
        ? Optional.of(new MetricQuery.TimeRange(range.path("start").asText(), range.path("end").asText()))
        : Optional.empty();
  }
}

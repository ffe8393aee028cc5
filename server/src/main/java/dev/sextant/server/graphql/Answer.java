// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.ResultSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole answer: its columns, its rows, and where the asked items and metrics stand in them. */
record Answer(ResultSchema schema, List<@Nullable Object[]> rows, QueryFacts facts, Map<String, Integer> places) {

  /** Group-by items come first, in the order of the query; then metrics under their names, each with what it is compared to. */
  static Answer of(MetricQuery query, ResultSchema schema, List<@Nullable Object[]> rows, QueryFacts facts) {
    Map<String, Integer> places = new HashMap<>();
    query.groupBy().forEach(item -> places.put(itemKey(item.name()), places.size()));
    for (int i = query.groupBy().size(); i < schema.columns().size(); i++) {
      places.put(metricKey(schema.columns().get(i).name()), i);
    }
    return new Answer(schema, rows, facts, places);
  }

  static String itemKey(String name) {
    return "item " + name;
  }

  static String metricKey(String name) {
    return "metric " + name;
  }

  /** One row of an answer. */
  record Row(Answer answer, @Nullable Object[] values) {
    @Nullable
    Object value(String key) {
      Integer place = answer.places.get(key);
      if (place == null) {
        throw new IllegalStateException("'" + key + "' was not asked for");
      }
      return values[place];
    }
  }
}

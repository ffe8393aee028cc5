// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.AddedNames;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.ResultSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole answer: its columns, its rows, and where the asked items and metrics stand in them. */
record Answer(ResultSchema schema, List<@Nullable Object[]> rows, QueryFacts facts, Map<String, Integer> places) {

  /**
   * Group-by items come first, in the order of the query, one with top values followed by whether it stands for the others; then what tells
   * totals, and metrics under their names, each with what is added to it.
   */
  static Answer of(MetricQuery query, ResultSchema schema, List<@Nullable Object[]> rows, QueryFacts facts) {
    Map<String, Integer> places = new HashMap<>();
    Map<String, String> flags = new HashMap<>();
    int place = 0;
    for (MetricQuery.Item item : query.groupBy()) {
      String column = name(schema, place);
      places.put(itemKey(item.name()), place++);
      flags.put(AddedNames.isTotal(column), totalKey(item.name()));
      if (name(schema, place).equals(AddedNames.isOthers(column))) {
        places.put(othersKey(item.name()), place++);
      }
    }
    for (; place < schema.columns().size(); place++) {
      places.put(flags.getOrDefault(name(schema, place), metricKey(name(schema, place))), place);
    }
    return new Answer(schema, rows, facts, places);
  }

  private static String name(ResultSchema schema, int place) {
    return place < schema.columns().size() ? schema.columns().get(place).name() : "";
  }

  static String itemKey(String name) {
    return "item " + name;
  }

  /** Whether a row is a total over an item. */
  static String totalKey(String item) {
    return "total " + item;
  }

  /** Whether a row stands for the values of an item that are not among the top ones. */
  static String othersKey(String item) {
    return "others " + item;
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A query in Cube's form, dates resolved: what is asked, and how the client wants it written. */
record CubeQuery(List<String> measures, List<String> dimensions, List<TimeDimension> timeDimensions, List<CubeFilter> filters,
    List<Order> order, OptionalLong limit, OptionalLong offset, boolean total, String timezone, Shape shape) {

  /** A time to group by, to filter by, or both. */
  record TimeDimension(String dimension, Optional<String> granularity, Optional<DateRange> dateRange, List<DateRange> compare) {

    /** The name its column has in an answer. */
    String key() {
      return granularity.map(grain -> dimension + "." + grain).orElse(dimension);
    }
  }

  /** A member to order by. */
  record Order(String member, boolean descending) {}

  /** How rows are written. */
  enum Shape {
    DEFAULT, COMPACT, COLUMNAR
  }

  CubeQuery {
    measures = List.copyOf(measures);
    dimensions = List.copyOf(dimensions);
    timeDimensions = List.copyOf(timeDimensions);
    filters = List.copyOf(filters);
    order = List.copyOf(order);
  }

  /** One query for each range that is compared; itself if none is. */
  List<CubeQuery> parts() {
    for (int i = 0; i < timeDimensions.size(); i++) {
      TimeDimension compared = timeDimensions.get(i);
      if (!compared.compare.isEmpty()) {
        int place = i;
        return compared.compare.stream().map(range -> with(place, range)).toList();
      }
    }
    return List.of(this);
  }

  private CubeQuery with(int place, DateRange range) {
    List<TimeDimension> changed = new ArrayList<>(timeDimensions);
    TimeDimension was = changed.get(place);
    changed.set(place, new TimeDimension(was.dimension, was.granularity, Optional.of(range), List.of()));
    return new CubeQuery(measures, dimensions, changed, filters, order, limit, offset, total, timezone, shape);
  }

  boolean compares() {
    return timeDimensions.stream().anyMatch(time -> !time.compare.isEmpty());
  }

  /** The query as clients expect it to be echoed. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("measures", measures);
    json.put("dimensions", dimensions);
    json.put("timeDimensions", timeDimensions.stream().map(CubeQuery::json).toList());
    json.put("segments", List.of());
    json.put("filters", filters.stream().map(CubeFilter::json).toList());
    json.put("order", order.stream().map(one -> Map.of("id", one.member, "desc", one.descending)).toList());
    limit.ifPresent(count -> json.put("limit", count));
    json.put("rowLimit", limit.isPresent() ? limit.getAsLong() : null);
    offset.ifPresent(count -> json.put("offset", count));
    if (total) {
      json.put("total", true);
    }
    json.put("timezone", timezone);
    if (shape != Shape.DEFAULT) {
      json.put("responseFormat", shape.name().toLowerCase(java.util.Locale.ROOT));
    }
    return json;
  }

  private static Map<String, Object> json(TimeDimension time) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("dimension", time.dimension);
    time.granularity.ifPresent(grain -> json.put("granularity", grain));
    time.dateRange.ifPresent(range -> json.put("dateRange", range.texts()));
    return json;
  }
}

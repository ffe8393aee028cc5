// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SextantException;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a query in Cube's form; {@code phrases} are how people write dates in a time zone. */
record JsonToCubeQuery(String ownZone, Function<String, DatePhrases> phrases) {
  private static final List<String> KEYS = List.of("measures", "dimensions", "timeDimensions", "filters", "segments", "order", "limit",
      "offset", "total", "timezone", "ungrouped", "renewQuery", "cache", "responseFormat");
  private static final List<String> TIME_KEYS = List.of("dimension", "granularity", "dateRange", "compareDateRange");
  private static final long MOST_ROWS = 50_000;
  private static final int DEEPEST = 20;
  private static final int MOST_RANGES = 20;

  CubeQuery read(JsonNode json) {
    checkKeys(json, KEYS, "a query");
    refuse(json);
    String zone = text(json, "timezone").orElse(ownZone);
    DatePhrases dates = phrases.apply(zone);
    List<CubeQuery.TimeDimension> times = new ArrayList<>();
    items(json, "timeDimensions").forEach(item -> times.add(time(item, dates)));
    List<String> dimensions = new ArrayList<>();
    for (String name : names(json, "dimensions")) {
      int grain = grainAt(name);
      if (grain < 0) {
        dimensions.add(name);
      } else {
        times.add(
            new CubeQuery.TimeDimension(name.substring(0, grain), Optional.of(name.substring(grain + 1)), Optional.empty(), List.of()));
      }
    }
    CubeQuery query = new CubeQuery(names(json, "measures"), dimensions, times, filters(json, "filters", 0), order(json), limit(json),
        count(json, "offset"), json.path("total").asBoolean(), zone, shape(json));
    if (query.measures().isEmpty() && dimensions.isEmpty() && times.stream().noneMatch(time -> time.granularity().isPresent())) {
      throw Problem.of(QueryIssue.EMPTY_QUERY,
          "Query should contain either measures, dimensions or timeDimensions with granularities in order to be valid");
    }
    return query;
  }

  private static void refuse(JsonNode json) {
    if (json.path("ungrouped").asBoolean()) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "Ungrouped queries are not answered here: a metric is a number of a group. "
          + "Ask for the rows of a view with SQL (POST /v1/sql), or group by its key.");
    }
    if (!json.path("segments").isEmpty()) {
      throw Problem.of(QueryIssue.INVALID_FILTER, "Segment '" + json.path("segments").path(0).asText()
          + "' is not defined: this server's models have no segments. Filter by members instead.");
    }
  }

  /** Where the grain begins in {@code table.column.grain}; -1 if there is none. */
  private static int grainAt(String name) {
    int last = name.lastIndexOf('.');
    return last > name.indexOf('.') ? last : -1;
  }

  private CubeQuery.TimeDimension time(JsonNode json, DatePhrases dates) {
    checkKeys(json, TIME_KEYS, "a time dimension");
    String dimension = text(json, "dimension").orElseThrow(() -> wrong("A time dimension has no 'dimension'."));
    List<DateRange> compared = new ArrayList<>();
    items(json, "compareDateRange").forEach(range -> compared.add(range(range, dates)));
    JsonNode range = json.path("dateRange");
    if (compared.size() > MOST_RANGES) {
      throw wrong("A query compares " + compared.size() + " date ranges; the most is " + MOST_RANGES + ".");
    }
    boolean has = !range.isMissingNode() && !range.isNull();
    if (has && !compared.isEmpty()) {
      throw wrong("A time dimension has a dateRange or a compareDateRange, not both.");
    }
    return new CubeQuery.TimeDimension(dimension, text(json, "granularity"), has ? Optional.of(range(range, dates)) : Optional.empty(),
        compared);
  }

  private static DateRange range(JsonNode json, DatePhrases dates) {
    if (json.isTextual()) {
      return dates.range(json.asText());
    }
    if (!json.isArray() || json.isEmpty() || json.size() > 2) {
      throw wrong("A date range is a phrase such as 'last 7 days', or a list of one or two dates, not " + json + ".");
    }
    return dates.between(json.get(0).asText(), json.get(json.size() - 1).asText());
  }

  private List<CubeFilter> filters(JsonNode json, String key, int depth) {
    if (depth > DEEPEST) {
      throw Problem.of(QueryIssue.INVALID_FILTER, "Filters are nested more than " + DEEPEST + " levels deep.");
    }
    List<CubeFilter> filters = new ArrayList<>();
    items(json, key).forEach(item -> filters.add(filter(item, depth)));
    return filters;
  }

  private CubeFilter filter(JsonNode json, int depth) {
    if (json.has("and")) {
      return new CubeFilter.All(filters(json, "and", depth + 1));
    }
    if (json.has("or")) {
      return new CubeFilter.Any(filters(json, "or", depth + 1));
    }
    checkKeys(json, List.of("member", "dimension", "operator", "values"), "a filter");
    String member = text(json, "member").or(() -> text(json, "dimension")).orElseThrow(() -> wrong("A filter has no 'member': " + json));
    String operator = text(json, "operator").orElseThrow(() -> wrong("Operator required for filter: " + json));
    List<@Nullable String> values = new ArrayList<>();
    items(json, "values").forEach(value -> values.add(value.isNull() ? null : value.asText()));
    return new CubeFilter.One(member, operator, values);
  }

  private static List<CubeQuery.Order> order(JsonNode json) {
    JsonNode order = json.path("order");
    List<CubeQuery.Order> all = new ArrayList<>();
    if (order.isObject()) {
      for (Map.Entry<String, JsonNode> one : order.properties()) {
        all.add(order(one.getKey(), one.getValue()));
      }
      return all;
    }
    items(json, "order").forEach(one -> all.add(one.isObject() ? new CubeQuery.Order(one.path("id").asText(), one.path("desc").asBoolean())
        : order(one.path(0).asText(), one.path(1))));
    return all;
  }

  private static CubeQuery.Order order(String member, JsonNode direction) {
    return switch (direction.asText().toLowerCase(Locale.ROOT)) {
      case "asc" -> new CubeQuery.Order(member, false);
      case "desc" -> new CubeQuery.Order(member, true);
      default -> throw wrong("The order of '" + member + "' is 'asc' or 'desc', not " + direction + ".");
    };
  }

  private static OptionalLong limit(JsonNode json) {
    OptionalLong limit = count(json, "limit");
    if (limit.orElse(0) > MOST_ROWS) {
      throw Problem.of(QueryIssue.INVALID_LIMIT,
          "'limit' must be at most " + MOST_ROWS + " here. POST /v1/query streams any number of rows.");
    }
    return limit;
  }

  private static OptionalLong count(JsonNode json, String key) {
    JsonNode count = json.path(key);
    if (count.isMissingNode() || count.isNull()) {
      return OptionalLong.empty();
    }
    if (!count.canConvertToLong() || !count.canConvertToExactIntegral() || count.asLong() < 0) {
      throw Problem.of(QueryIssue.INVALID_LIMIT, "'" + key + "' must be a whole number of 0 or more, not " + count + ".");
    }
    return OptionalLong.of(count.asLong());
  }

  private static CubeQuery.Shape shape(JsonNode json) {
    String wanted = text(json, "responseFormat").orElse("default");
    return Stream.of(CubeQuery.Shape.values())
        .filter(shape -> shape.name().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .orElseThrow(() -> wrong("'responseFormat' is default, compact or columnar, not '" + wanted + "'."));
  }

  private static List<String> names(JsonNode json, String key) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : items(json, key)) {
      if (!name.isTextual()) {
        throw wrong("Every item of '" + key + "' is a member's name such as 'sales.revenue', not " + name + ".");
      }
      if (!names.contains(name.asText())) {
        names.add(name.asText());
      }
    }
    return names;
  }

  private static Iterable<JsonNode> items(JsonNode json, String key) {
    JsonNode items = json.path(key);
    if (items.isMissingNode() || items.isNull() || items.isArray()) {
      return items;
    }
    throw wrong("'" + key + "' must be a list, not " + items + ".");
  }

  private static Optional<String> text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  private static void checkKeys(JsonNode json, List<String> allowed, String what) {
    if (!json.isObject()) {
      throw wrong("Invalid query format: " + what + " is a JSON object, not " + json + ".");
    }
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (!allowed.contains(member.getKey())) {
        List<String> near = NearestNames.to(member.getKey(), allowed);
        throw Problem.of(QueryIssue.INVALID_REQUEST, "Invalid query format: \"" + member.getKey() + "\" is not allowed in " + what + "."
            + NearestNames.question(near), near);
      }
    }
  }

  private static SextantException wrong(String message) {
    return Problem.of(QueryIssue.INVALID_REQUEST, message);
  }
}

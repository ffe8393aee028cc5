// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.MetricQuery.TimeRange;
import dev.sextant.query.MetricQuery.Top;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the body of {@code POST /v1/query}; everything wrong with it is told at once. */
public final class JsonToQueryRequest {

  /** The keys of a request. */
  public static final List<String> KEYS = List.of("metrics", "group_by", "where", "having", "order_by", "limit", "offset", "time_range",
      "time_zone", "fill", "compare", "totals", "top", "share", "running", "saved_query", "min_max_only", "distinct", "max_age", "cache",
      "rollups", "timeout");

  private JsonToQueryRequest() {}

  /** Reads a request, or throws its issues. */
  public static QueryRequest read(String text) {
    List<Issue> issues = new ArrayList<>();
    Fields fields = RequestFields.read(text, KEYS, "{\"metrics\": [..]}", issues);
    QueryRequest request = new QueryRequest(query(fields), RequestFields.timeout(fields));
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return request;
  }

  private static MetricQuery query(Fields fields) {
    return new MetricQuery(fields.items("metrics"), fields.items("group_by"), fields.texts("where"), fields.texts("having"),
        fields.texts("order_by"), fields.count("limit"), fields.count("offset"), timeRange(fields), fields.text("time_zone"),
        fields.text("saved_query"), mode(fields), extras(fields), RequestFields.options(fields));
  }

  private static Optional<TimeRange> timeRange(Fields fields) {
    Optional<Fields> range = fields.object("time_range", List.of("start", "end"));
    if (range.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> start = range.get().text("start");
    Optional<String> end = range.get().text("end");
    if (start.isEmpty() || end.isEmpty()) {
      fields.wrong("time_range", "'time_range' needs both a 'start' and an 'end'.");
      return Optional.empty();
    }
    return Optional.of(new TimeRange(start.get(), end.get()));
  }

  private static Mode mode(Fields fields) {
    boolean minMax = fields.flag("min_max_only", false);
    boolean distinct = fields.flag("distinct", true);
    if (minMax && !distinct) {
      fields.wrong("min_max_only", "'min_max_only' and 'distinct': false exclude each other.");
    }
    return minMax ? Mode.MIN_MAX : distinct ? Mode.DISTINCT : Mode.ALL_ROWS;
  }

  private static Extras extras(Fields fields) {
    return new Extras(fields.flag("fill", false), compare(fields), fields.texts("totals"), top(fields), fields.texts("share"),
        fields.text("running"));
  }

  private static Optional<Top> top(Fields fields) {
    Optional<Fields> top = fields.object("top", List.of("item", "n", "by", "others"));
    Optional<String> item = top.flatMap(inner -> inner.text("item"));
    OptionalLong n = top.map(inner -> inner.count("n")).orElse(OptionalLong.empty());
    if (top.isPresent() && (item.isEmpty() || n.isEmpty())) {
      fields.wrong("top", "'top' needs an 'item' and how many of its values, 'n'.");
      return Optional.empty();
    }
    return top.map(inner -> new Top(item.orElseThrow(), n.getAsLong(), inner.text("by"), inner.flag("others", true)));
  }

  private static Optional<String> compare(Fields fields) {
    if (!fields.holdsObject("compare")) {
      return fields.text("compare");
    }
    Optional<Fields> compare = fields.object("compare", List.of("offset"));
    if (compare.isPresent() && compare.get().isAbsent("offset")) {
      fields.wrong("compare", "'compare' needs an 'offset' such as '1 year'.");
    }
    return compare.flatMap(inner -> inner.text("offset"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.MetricQuery.TimeRange;
import dev.sextant.query.MetricQuery.Top;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The arguments of a field or the members of an input object; null means absent. */
record Arguments(Map<String, ? extends @Nullable Object> values) {

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(String::valueOf);
  }

  boolean flag(String name, boolean otherwise) {
    return values.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  OptionalLong count(String name) {
    return values.get(name) instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
  }

  List<String> texts(String name) {
    return values.get(name) instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  List<Item> items(String name) {
    return texts(name).stream().map(Item::of).toList();
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> objects(String name) {
    return values.get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  @SuppressWarnings("unchecked")
  Arguments object(String name) {
    return new Arguments(values.get(name) instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of());
  }

  Optional<TimeRange> timeRange() {
    Arguments range = object("time_range");
    return range.text("start").map(start -> new TimeRange(start, range.text("end").orElseThrow()));
  }

  Extras extras() {
    Arguments top = object("top");
    return new Extras(flag("fill", false), text("compare"), texts("totals"),
        top.text("item").map(item -> new Top(item, top.count("n").orElseThrow(), top.text("by"), top.flag("others", true))), texts("share"),
        text("running"));
  }

  /** {@code unasked} says what of rollups may answer where nothing is said of them. */
  Options options(RollupUse unasked) {
    return new Options(text("max_age"), text("cache").map(CacheUse::valueOf).orElse(CacheUse.USE),
        text("rollups").map(RollupUse::valueOf).orElse(unasked));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A question as asked, names and texts unresolved. {@code where} filters rows before aggregation, {@code having} the finished result;
 * {@code orderBy} items start with {@code -} for descending.
 */
public record MetricQuery(
    List<Item> metrics,
    List<Item> groupBy,
    List<String> where,
    List<String> having,
    List<String> orderBy,
    OptionalLong limit,
    OptionalLong offset,
    Optional<TimeRange> timeRange,
    Optional<String> timeZone,
    Optional<String> savedQuery,
    Mode mode,
    Extras extras,
    Options options) {

  /** A metric or group-by item, under an alias if there is one. */
  public record Item(String name, Optional<String> alias) {
    public static Item of(String name) {
      return new Item(name, Optional.empty());
    }
  }

  /** Both ends are part of the range, widened to whole periods of the finest asked grain; ISO 8601 texts. */
  public record TimeRange(String start, String end) {}

  /** What a query without metrics returns; with metrics only {@link #DISTINCT}. */
  public enum Mode {
    /** The distinct values of the group-by items. */
    DISTINCT,
    /** All rows of the group-by items, duplicates included. */
    ALL_ROWS,
    /** The smallest and largest value of the one group-by item. */
    MIN_MAX
  }

  /**
   * Additions to the finished result. {@code fill}: rows for periods without data; {@code compare}: an offset such as {@code 1 year};
   * {@code totals}: group-by items to add totals over.
   */
  public record Extras(boolean fill, Optional<String> compare, List<String> totals) {
    public static final Extras NONE = new Extras(false, Optional.empty(), List.of());

    public Extras {
      totals = List.copyOf(totals);
    }
  }

  /** How the answer may be found. */
  public record Options(Optional<String> maxAge, CacheUse cache, RollupUse rollups) {
    public static final Options DEFAULT = new Options(Optional.empty(), CacheUse.USE, RollupUse.USE);
  }

  /** Whether the result cache may answer. */
  public enum CacheUse {
    USE, REFRESH, OFF
  }

  /** Whether rollups may or must answer. */
  public enum RollupUse {
    USE, OFF, REQUIRE
  }

  public MetricQuery {
    metrics = List.copyOf(metrics);
    groupBy = List.copyOf(groupBy);
    where = List.copyOf(where);
    having = List.copyOf(having);
    orderBy = List.copyOf(orderBy);
  }

  /** A query for metrics by group-by items, without anything else. */
  public static MetricQuery of(List<String> metrics, List<String> groupBy) {
    return new MetricQuery(metrics.stream().map(Item::of).toList(), groupBy.stream().map(Item::of).toList(), List.of(), List.of(),
        List.of(),
        OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Mode.DISTINCT, Extras.NONE,
        Options.DEFAULT);
  }

  public MetricQuery withWhere(List<String> conditions) {
    return new MetricQuery(metrics, groupBy, conditions, having, orderBy, limit, offset, timeRange, timeZone, savedQuery, mode, extras,
        options);
  }
}

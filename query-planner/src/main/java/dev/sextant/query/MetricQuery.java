// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
   * {@code totals}: group-by items to add totals over, the last one first; {@code top}: the most important values of an item, and the others
   * together; {@code share}: group-by items over which each metric's share is wanted; {@code running}: the time along which metrics add up.
   */
  public record Extras(boolean fill, Optional<String> compare, List<String> totals, Optional<Top> top, List<String> share,
      Optional<String> running) {
    public static final Extras NONE = new Extras(false, Optional.empty(), List.of());
    /** Stands for all group-by items in {@code totals} and {@code share}. */
    public static final String ALL = "*";

    public Extras {
      totals = List.copyOf(totals);
      share = List.copyOf(share);
    }

    public Extras(boolean fill, Optional<String> compare, List<String> totals) {
      this(fill, compare, totals, Optional.empty(), List.of(), Optional.empty());
    }
  }

  /** The {@code n} values of a group-by item with the largest {@code by}, the first asked metric unless named; all others make one group. */
  public record Top(String item, long n, Optional<String> by, boolean others) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s+(\\S+)(?:\\s+by\\s+(\\S+))?(\\s+without\\s+others)?");

    /** Reads {@code 5 customer__country by revenue without others}; the last two parts may be missing. */
    public static Optional<Top> parse(String text) {
      Matcher matcher = FORM.matcher(text.strip());
      return matcher.matches()
          ? Optional.of(new Top(matcher.group(2), Long.parseLong(matcher.group(1)), Optional.ofNullable(matcher.group(3)),
              matcher.group(4) == null))
          : Optional.empty();
    }
  }

  /** How the answer may be found. */
  public record Options(Optional<String> maxAge, CacheUse cache, RollupUse rollups) {
    public static final Options DEFAULT = new Options(Optional.empty(), CacheUse.USE, RollupUse.USE);
    /** For who has no place to say that a number is an estimate. */
    public static final Options EXACT = new Options(Optional.empty(), CacheUse.USE, RollupUse.EXACT);

    /** The same without rollups, unless one must answer. */
    public Options fromRows() {
      return rollups == RollupUse.REQUIRE ? this : new Options(maxAge, cache, RollupUse.OFF);
    }
  }

  /** Whether the result cache may answer. */
  public enum CacheUse {
    USE, REFRESH, OFF
  }

  /** Whether rollups may or must answer; {@code EXACT} reads no estimates from them. */
  public enum RollupUse {
    USE, EXACT, OFF, REQUIRE
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

  public MetricQuery withOptions(Options others) {
    return new MetricQuery(metrics, groupBy, where, having, orderBy, limit, offset, timeRange, timeZone, savedQuery, mode, extras, others);
  }
}

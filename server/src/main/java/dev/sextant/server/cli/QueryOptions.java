// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Extras;
import dev.sextant.query.MetricQuery.Item;
import dev.sextant.query.MetricQuery.Mode;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import dev.sextant.query.MetricQuery.TimeRange;
import dev.sextant.query.MetricQuery.Top;
import dev.sextant.server.ask.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that put a question. */
final class QueryOptions {

  @Option(names = "--metrics", split = ",", paramLabel = "METRIC", description = "What to measure.") private List<
      String> metrics = new ArrayList<>();

  @Option(names = "--group-by", split = ",", paramLabel = "ITEM",
      description = "What to group by, such as customer__country or metric_time__month.") private List<String> groupBy = new ArrayList<>();

  @Option(names = "--where", paramLabel = "CONDITION", description = "A condition on rows; several must all hold.") private List<
      String> where = new ArrayList<>();

  @Option(names = "--having", paramLabel = "CONDITION", description = "A condition on the finished result.") private List<
      String> having = new ArrayList<>();

  @Option(names = "--order-by", split = ",", paramLabel = "[-]COLUMN",
      description = "What to sort by; - in front means descending.") private List<String> orderBy = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "ROWS", description = "How many rows at most.") private @Nullable Long limit;

  @Option(names = "--offset", paramLabel = "ROWS", description = "How many rows to skip.") private @Nullable Long offset;

  @Option(names = "--time-range", paramLabel = "FROM..TO", converter = RangeConverter.class,
      description = "The first and the last day or instant, such as 2026-01-01..2026-06-30.") private @Nullable TimeRange timeRange;

  @Option(names = "--time-zone", paramLabel = "ZONE",
      description = "The time zone of periods, such as Europe/Berlin.") private @Nullable String timeZone;

  @Option(names = "--saved-query", paramLabel = "NAME", description = "Start from a saved query.") private @Nullable String savedQuery;

  @Option(names = "--compare", paramLabel = "OFFSET",
      description = "Compare with an earlier period, such as '1 year'.") private @Nullable String compare;

  @Option(names = "--totals", split = ",", paramLabel = "ITEM",
      description = "Group-by items to add totals over, or * for all.") private List<String> totals = new ArrayList<>();

  @Option(names = "--top", paramLabel = "TOP", converter = TopConverter.class,
      description = "The values to show, such as '5 customer__country by revenue'; the others make one row.") private @Nullable Top top;

  @Option(names = "--share", split = ",", paramLabel = "ITEM",
      description = "Add each metric's share over these group-by items, or * for all.") private List<String> share = new ArrayList<>();

  @Option(names = "--running", paramLabel = "ITEM",
      description = "Add each metric up along this time, such as metric_time__month.") private @Nullable String running;

  @Option(names = "--fill", description = "Add rows for periods without data.") private boolean fill;

  @Option(names = "--all-rows", description = "Without metrics: keep duplicates.") private boolean allRows;

  @Option(names = "--min-max", description = "Without metrics: only the smallest and the largest value.") private boolean minMax;

  @Option(names = "--rollups", paramLabel = "USE", description = "use, exact, off or require.") private RollupUse rollups = RollupUse.USE;

  /** The question. */
  MetricQuery query() {
    Mode mode = minMax ? Mode.MIN_MAX : allRows ? Mode.ALL_ROWS : Mode.DISTINCT;
    return new MetricQuery(items(metrics), items(groupBy), where, having, orderBy, number(limit), number(offset),
        Optional.ofNullable(timeRange), Optional.ofNullable(timeZone), Optional.ofNullable(savedQuery), mode,
        new Extras(fill, Optional.ofNullable(compare), totals, Optional.ofNullable(top), share, Optional.ofNullable(running)),
        new Options(Optional.empty(), CacheUse.OFF, rollups));
  }

  private static List<Item> items(List<String> names) {
    return names.stream().map(String::strip).map(Item::of).toList();
  }

  private static OptionalLong number(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Reads {@code FROM..TO}. */
  static final class RangeConverter implements ITypeConverter<TimeRange> {
    @Override
    public TimeRange convert(String text) {
      String[] ends = text.split("\\.\\.", -1);
      if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
        throw new TypeConversionException("'" + text + "' is no range such as 2026-01-01..2026-06-30");
      }
      return new TimeRange(ends[0].strip(), ends[1].strip());
    }
  }

  /** Reads {@code N ITEM [by METRIC] [without others]}. */
  static final class TopConverter implements ITypeConverter<Top> {
    @Override
    public Top convert(String text) {
      return Top.parse(text)
          .orElseThrow(() -> new TypeConversionException(
              "'" + text + "' is no top such as '5 customer__country by revenue' (or ... without others)"));
    }
  }

  /** Reads options such as {@code --timeout 30s}. */
  static final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
      return Durations.read(text).orElseThrow(() -> new TypeConversionException("'" + text + "' is not " + Durations.EXPECTED));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.postgres;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.ValueText;
import dev.sextant.query.Catalog;
import dev.sextant.query.MetricQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Draws metric queries that go together; the same seed draws the same ones. Limits come with an order that leaves no choice. */
final class RandomQueries {
  private static final List<String> ZONES = List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata");
  private static final List<String> PARTS = List.of("year", "quarter", "month", "week", "day", "dow", "doy");
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

  private final Catalog catalog;
  private final Function<String, List<Value>> values;
  private final Random random;

  /** {@code values} gives the values of an item. */
  RandomQueries(Catalog catalog, Function<String, List<Value>> values, long seed) {
    this.catalog = catalog;
    this.values = values;
    this.random = new Random(seed);
  }

  MetricQuery next() {
    List<String> metrics = distinct(catalog.metrics().stream().map(Catalog.MetricEntry::name).toList(), random.nextInt(10) == 0 ? 0
        : 1 + random.nextInt(3));
    List<Catalog.ItemEntry> items = catalog.items(metrics);
    List<String> asked = new ArrayList<>();
    distinct(items, metrics.isEmpty() ? 1 + random.nextInt(2) : random.nextInt(4)).forEach(item -> asked.add(named(item)));
    if (!metrics.isEmpty() && random.nextInt(2) == 0) {
      asked.add("metric_time__" + pick(List.of("day", "week", "month", "quarter", "year")));
    }
    List<String> groups = asked.stream().distinct().toList();
    boolean ordered = random.nextInt(2) == 0 && !groups.isEmpty();
    List<String> order = ordered ? groups.stream().map(item -> (random.nextBoolean() ? "-" : "") + item).toList() : List.of();
    return new MetricQuery(plain(metrics), plain(groups), filters(items), having(metrics), order,
        ordered && random.nextBoolean() ? OptionalLong.of(1 + random.nextInt(20)) : OptionalLong.empty(), OptionalLong.empty(), range(),
        random.nextInt(6) == 0 ? Optional.of(pick(ZONES)) : Optional.empty(), Optional.empty(), MetricQuery.Mode.DISTINCT,
        MetricQuery.Extras.NONE, MetricQuery.Options.DEFAULT);
  }

  private static List<MetricQuery.Item> plain(List<String> names) {
    return names.stream().map(MetricQuery.Item::of).toList();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private <T> List<T> distinct(List<T> from, int count) {
    return from.isEmpty() ? List.of() : Stream.generate(() -> pick(from)).limit(count).distinct().toList();
  }

  private String named(Catalog.ItemEntry item) {
    if (item.grains().isEmpty()) {
      return item.name();
    }
    return item.name() + "__" + (random.nextInt(6) == 0 ? "extract_" + pick(PARTS) : pick(item.grains()));
  }

  private List<String> filters(List<Catalog.ItemEntry> items) {
    return Stream.generate(() -> filter(pick(items))).limit(Math.max(0, random.nextInt(5) - 2)).flatMap(Optional::stream).toList();
  }

  private Optional<String> filter(Catalog.ItemEntry item) {
    if (!item.grains().isEmpty()) {
      return Optional.of(item.name() + "__" + pick(List.of("day", "month", "year")) + " " + pick(COMPARISONS) + " '" + day() + "'");
    }
    List<Value> known = values.apply(item.name()).stream().filter(value -> !value.isNull()).toList();
    if (known.isEmpty() || random.nextInt(8) == 0) {
      return Optional.of(item.name() + (random.nextBoolean() ? " is null" : " is not null"));
    }
    return switch (pick(known)) {
      case Value.Text text -> Optional.of(onText(item.name(), text, known));
      case Value.Truth truth -> Optional.of((truth.value() ? "" : "not ") + item.name());
      case Value.Exact exact -> Optional.of(item.name() + " " + pick(COMPARISONS) + " " + ValueText.of(exact));
      case Value.Real real -> Optional.of(item.name() + " > " + ValueText.of(real));
      case Value.Day day -> Optional.of(item.name() + " " + pick(COMPARISONS) + " '" + day.value() + "'");
      case Value.Absent none -> Optional.empty();
      case Value.Moment moment -> Optional.empty();
      case Value.Point point -> Optional.empty();
    };
  }

  private String onText(String item, Value.Text text, List<Value> known) {
    String start = text.value().substring(0, Math.min(text.value().length(), 1 + random.nextInt(2)));
    return switch (random.nextInt(4)) {
      case 0 -> item + " in (" + quoted(text.value()) + ", " + quoted(((Value.Text) pick(known)).value()) + ")";
      case 1 -> item + " like " + quoted(start + "%");
      case 2 -> item + " ilike " + quoted("%" + start.toUpperCase(java.util.Locale.ROOT) + "%");
      default -> item + " " + pick(COMPARISONS) + " " + quoted(text.value());
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String day() {
    return java.time.LocalDate.of(2023, 1, 1).plusDays(random.nextInt(900)).toString();
  }

  private List<String> having(List<String> metrics) {
    return metrics.isEmpty() || random.nextInt(6) > 0 ? List.of() : List.of(metrics.getFirst() + " > " + random.nextInt(200));
  }

  private Optional<MetricQuery.TimeRange> range() {
    if (random.nextInt(3) > 0) {
      return Optional.empty();
    }
    String some = day();
    String other = day();
    return Optional.of(some.compareTo(other) < 0 ? new MetricQuery.TimeRange(some, other) : new MetricQuery.TimeRange(other, some));
  }
}

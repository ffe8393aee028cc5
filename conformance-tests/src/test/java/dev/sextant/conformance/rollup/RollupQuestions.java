// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.model.Rollup;
import dev.sextant.query.Catalog;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.engine.ModelCatalog;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Draws questions that a rollup may answer, and some that one all but answers; the same seed draws the same ones. */
final class RollupQuestions {
  private static final List<String> GRAINS = List.of("hour", "day", "week", "month", "quarter", "year");
  private static final List<String> PARTS = List.of("extract_month", "extract_dow", "extract_quarter", "extract_hour");
  private static final List<String> ZONES = List.of("Europe/Berlin", "Asia/Kolkata");

  private final RolledUpShop shop;
  private final Catalog catalog;
  private final Function<String, List<String>> values;
  private final Random random;

  /** {@code values} gives some texts of an item, as literals. */
  RollupQuestions(RolledUpShop shop, Function<String, List<String>> values, long seed) {
    this.shop = shop;
    this.catalog = new ModelCatalog(shop::model);
    this.values = values;
    this.random = new Random(seed);
  }

  MetricQuery next() {
    List<Rollup> rollups = shop.model().definitions().rollups();
    Rollup rollup = pick(rollups);
    Set<String> metrics = new LinkedHashSet<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      metrics.add(chance(8) ? related(rollup) : pick(rollup.metrics()));
    }
    List<String> asked = List.copyOf(metrics);
    Set<String> items = new LinkedHashSet<>();
    for (String dimension : rollup.dimensions()) {
      if (chance(2)) {
        items.add(named(dimension));
      }
    }
    if (chance(12)) {
      List<Catalog.ItemEntry> all = catalog.items(asked);
      items.add(named(pick(all).name()));
    }
    boolean timed = !chance(3);
    if (timed) {
      items.add("metric_time__" + (chance(9) ? pick(PARTS) : pick(GRAINS)));
    }
    List<String> groups = List.copyOf(items);
    MetricQuery.Extras extras = extras(groups);
    // Others and a top value that is NULL have the same place in the order, so where it is cut is not determined.
    boolean cut = chance(5) && !groups.isEmpty() && extras.top().isEmpty();
    return new MetricQuery(plain(asked), plain(groups), filters(rollup), chance(8) ? List.of(asked.getFirst() + " > 100") : List.of(),
        cut ? groups : List.of(), cut ? OptionalLong.of(1 + random.nextInt(30)) : OptionalLong.empty(), OptionalLong.empty(), range(),
        chance(9) ? Optional.of(pick(ZONES)) : Optional.empty(), Optional.empty(), MetricQuery.Mode.DISTINCT, extras,
        MetricQuery.Options.DEFAULT);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<MetricQuery.Item> plain(List<String> names) {
    return names.stream().map(MetricQuery.Item::of).toList();
  }

  /** A metric made of others, over time or composed. */
  private String related(Rollup rollup) {
    return pick(List.of("average_order_value", "revenue_last_30_days", "revenue_month_to_date", "revenue_growth_month",
        "revenue_last_month",
        "net_revenue", "cancellation_rate", "gift_share", "revenue_to_date", "buyers_last_28_days", "stock_turnover", "revenue_per_visit",
        pick(rollup.metrics())));
  }

  private String named(String item) {
    return catalog.items(List.of())
        .stream()
        .filter(entry -> entry.name().equals(item) && !entry.grains().isEmpty())
        .findFirst()
        .map(entry -> item + "__" + pick(entry.grains()))
        .orElse(item);
  }

  private List<String> filters(Rollup rollup) {
    List<String> filters = new ArrayList<>();
    for (String dimension : rollup.dimensions()) {
      if (chance(4)) {
        filter(dimension).ifPresent(filters::add);
      }
    }
    if (rollup.name().equals("lines_in_germany") && !chance(4)) {
      filters.add(chance(3) ? "customer__country in ('DE')" : "customer__country = 'DE'");
    }
    if (chance(5)) {
      filters.add("metric_time__" + pick(List.of("day", "week", "month")) + " " + pick(List.of(">=", "<", "=", "<>")) + " '" + day() + "'");
    }
    if (chance(20)) {
      filters.add("{{ Metric('orders', group_by=['customer']) }} > 1");
    }
    return filters;
  }

  private Optional<String> filter(String item) {
    List<String> known = values.apply(item);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(switch (random.nextInt(4)) {
      case 0 -> item + " is null";
      case 1 -> item + " in (" + pick(known) + ", " + pick(known) + ")";
      case 2 -> item + " <> " + pick(known);
      default -> item + " = " + pick(known);
    });
  }

  private static String day(LocalDate date) {
    return date.toString();
  }

  private String day() {
    return day(LocalDate.of(2023, 6, 1).plusDays(random.nextInt(800)));
  }

  private Optional<MetricQuery.TimeRange> range() {
    if (!chance(3)) {
      return Optional.empty();
    }
    LocalDate first = LocalDate.of(2023, 6, 1).plusDays(random.nextInt(500));
    LocalDate start = chance(3) ? first : first.withDayOfMonth(1);
    LocalDate end = start.plusMonths(1 + random.nextInt(14)).minusDays(1);
    return Optional.of(new MetricQuery.TimeRange(day(start), day(end)));
  }

  private MetricQuery.Extras extras(List<String> groups) {
    Optional<String> time = groups.stream().filter(name -> name.startsWith("metric_time__") && !name.contains("extract")).findFirst();
    if (groups.isEmpty() || !chance(5)) {
      return MetricQuery.Extras.NONE;
    }
    return switch (random.nextInt(5)) {
      case 0 -> new MetricQuery.Extras(false, Optional.empty(), List.of(groups.getFirst()));
      case 1 -> new MetricQuery.Extras(time.isPresent(), Optional.empty(), List.of());
      case 2 -> new MetricQuery.Extras(false, time.map(any -> "1 year"), List.of());
      case 3 -> new MetricQuery.Extras(false, Optional.empty(), List.of(), MetricQuery.Top.parse("3 " + groups.getFirst()), List.of(),
          Optional.empty());
      default -> new MetricQuery.Extras(false, Optional.empty(), List.of(), Optional.empty(), List.of(groups.getFirst()), Optional.empty());
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
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

/** Draws questions, and for each some that its answer may hold or all but holds; the same seed draws the same ones. */
final class NestedQuestions {
  private static final List<String> GRAINS = List.of("hour", "day", "week", "month", "quarter", "year");
  private static final List<String> ZONES = List.of("Europe/Berlin", "Asia/Kolkata");
  private static final String TIME = "metric_time__";

  private final Catalog catalog;
  private final List<String> additive;
  private final Function<String, List<String>> values;
  private final Random random;

  /** {@code values} gives some texts of an item, as literals. */
  NestedQuestions(SemanticModel model, Function<String, List<String>> values, long seed) {
    this.catalog = new ModelCatalog(() -> model);
    this.additive = model.metrics()
        .stream()
        .filter(metric -> metric instanceof Metric.Simple simple && simple.measure().aggregation().merges()
            && simple.measure().nonAdditive().isEmpty())
        .map(Metric::name)
        .toList();
    this.values = values;
    this.random = new Random(seed);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private List<String> some(List<String> from) {
    List<String> picked = new ArrayList<>(from);
    picked.removeIf(any -> random.nextBoolean());
    return picked;
  }

  /** A question with many groups, most often of one dataset. */
  MetricQuery wide() {
    String first = chance(6) ? pick(catalog.metrics()).name() : pick(additive);
    Set<String> metrics = new LinkedHashSet<>(List.of(first));
    for (int i = random.nextInt(3); i > 0; i--) {
      metrics.add(chance(12) ? pick(catalog.metrics()).name() : beside(first));
    }
    List<String> asked = List.copyOf(metrics);
    List<Catalog.ItemEntry> all = catalog.items(asked).stream().filter(item -> !item.name().equals("metric_time")).toList();
    Set<String> items = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(3); i > 0 && !all.isEmpty(); i--) {
      items.add(named(pick(all)));
    }
    if (!chance(3)) {
      items.add(TIME + pick(GRAINS.subList(0, 4)));
    }
    List<String> groups = List.copyOf(items);
    List<String> where = chance(3) && !all.isEmpty() ? filter(pick(all).name()).stream().toList() : List.of();
    return question(asked, groups, where, chance(3) ? Optional.of(range()) : Optional.empty());
  }

  private static MetricQuery question(List<String> metrics, List<String> groups, List<String> where,
      Optional<MetricQuery.TimeRange> range) {
    return new MetricQuery(metrics.stream().map(MetricQuery.Item::of).toList(), groups.stream().map(MetricQuery.Item::of).toList(), where,
        List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(), range, Optional.empty(), Optional.empty(),
        MetricQuery.Mode.DISTINCT, MetricQuery.Extras.NONE, MetricQuery.Options.DEFAULT);
  }

  /** Another metric of the same dataset. */
  private String beside(String metric) {
    List<String> datasets = catalog.metrics().stream().filter(one -> one.name().equals(metric)).findFirst().orElseThrow().datasets();
    boolean any = chance(4);
    return pick(catalog.metrics()
        .stream()
        .filter(one -> one.datasets().equals(datasets) && (any || additive.contains(one.name()) || one.name().equals(metric)))
        .toList()).name();
  }

  /** A time mostly in a grain that everybody knows. */
  private String named(Catalog.ItemEntry item) {
    List<String> standard = item.grains().stream().filter(grain -> GRAINS.contains(grain) || chance(8)).toList();
    return standard.isEmpty() ? item.name() : item.name() + "__" + pick(standard);
  }

  private Optional<String> filter(String item) {
    List<String> known = values.apply(item);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(switch (random.nextInt(5)) {
      case 0 -> item + " is null";
      case 1 -> item + " in (" + pick(known) + ", " + pick(known) + ")";
      case 2 -> item + " <> " + pick(known);
      case 3 -> item + " like 'B%' or " + item + " is null";
      default -> item + " = " + pick(known);
    });
  }

  private MetricQuery.TimeRange range() {
    LocalDate first = LocalDate.of(2023, 6, 1).plusDays(random.nextInt(500));
    LocalDate start = chance(3) ? first : first.withDayOfMonth(1);
    return new MetricQuery.TimeRange(start.toString(), start.plusMonths(1 + random.nextInt(14)).minusDays(1).toString());
  }

  /** A question with fewer or coarser groups, or more filters, than {@code wide}; now and then with something that one has not. */
  MetricQuery narrow(MetricQuery wide) {
    List<String> known = wide.metrics().stream().map(MetricQuery.Item::name).toList();
    List<String> metrics = some(known);
    if (metrics.isEmpty() || chance(8)) {
      metrics.add(chance(3) ? beside(known.getFirst()) : pick(known));
    }
    metrics = metrics.stream().distinct().toList();
    List<String> items = wide.groupBy().stream().map(MetricQuery.Item::name).toList();
    List<String> groups = some(items).stream().map(this::coarser).distinct().toList();
    List<String> where = new ArrayList<>(wide.where());
    if (chance(3) && !items.isEmpty()) {
      String item = pick(items);
      (GRAINS.stream().anyMatch(grain -> item.endsWith("__" + grain)) ? Optional.of(timeFilter(item)) : filter(item)).ifPresent(where::add);
    }
    boolean cut = chance(5) && !groups.isEmpty();
    Optional<MetricQuery.TimeRange> range = wide.timeRange().isPresent() && !chance(8) ? wide.timeRange()
        : chance(4) ? Optional.of(range()) : Optional.empty();
    return new MetricQuery(metrics.stream().map(MetricQuery.Item::of).toList(), groups.stream().map(MetricQuery.Item::of).toList(), where,
        chance(8) ? List.of(metrics.getFirst() + " > 100") : List.of(), cut ? groups : List.of(),
        cut ? OptionalLong.of(1 + random.nextInt(30)) : OptionalLong.empty(), OptionalLong.empty(), range,
        chance(12) ? Optional.of(pick(ZONES)) : Optional.empty(), Optional.empty(), MetricQuery.Mode.DISTINCT, extras(groups),
        MetricQuery.Options.DEFAULT);
  }

  private String coarser(String item) {
    for (int i = 0; i < GRAINS.size(); i++) {
      String ending = "__" + GRAINS.get(i);
      if (item.endsWith(ending)) {
        return item.substring(0, item.length() - ending.length()) + "__"
            + (chance(12) ? "extract_month" : GRAINS.get(i + random.nextInt(GRAINS.size() - i)));
      }
    }
    return item;
  }

  private String timeFilter(String item) {
    return coarser(item).replace("extract_month", "month") + " " + pick(List.of(">=", "<", "=", "<>")) + " '"
        + LocalDate.of(2023, 6, 1).plusDays(random.nextInt(800)).withDayOfMonth(1) + "'";
  }

  private MetricQuery.Extras extras(List<String> groups) {
    if (groups.isEmpty() || !chance(6)) {
      return MetricQuery.Extras.NONE;
    }
    Optional<String> time = groups.stream().filter(name -> name.startsWith(TIME) && !name.contains("extract")).findFirst();
    return switch (random.nextInt(4)) {
      case 0 -> new MetricQuery.Extras(false, Optional.empty(), List.of(groups.getFirst()));
      case 1 -> new MetricQuery.Extras(time.isPresent(), Optional.empty(), List.of());
      case 2 -> new MetricQuery.Extras(false, time.map(any -> "1 year"), List.of());
      default -> new MetricQuery.Extras(false, Optional.empty(), List.of(), Optional.empty(), List.of(groups.getFirst()), Optional.empty());
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Dimension;
import dev.sextant.model.Documentation;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.Position;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.branch.Partials;
import dev.sextant.query.plan.time.Times;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The smallest rollup that would hold a branch, and what several branches share one by: the dataset and its time, the items by their meaning, the
 * grain, and the metrics. One whose measures do not merge is good for its very groups only.
 */
public record Wish(String dataset, Optional<String> time, Map<String, String> items, Optional<TimeGrain> grain, List<String> metrics,
    boolean merges) {
  private static final int NAMED = 3;

  public Wish {
    items = Collections.unmodifiableMap(new TreeMap<>(items));
    metrics = List.copyOf(metrics);
  }

  /** Nothing where no rollup can hold the branch, or none that a metric of its own would name. */
  static Optional<Wish> of(Needs needs) {
    SemanticModel model = needs.planning().model();
    List<Named> names = Stream
        .concat(needs.items().stream().flatMap(item -> item.names().stream()),
            needs.filters().stream().flatMap(one -> one.names().stream()))
        .toList();
    List<Optional<String>> metrics = needs.branch().measures().values().stream().map(measure -> metric(measure, model)).toList();
    boolean never = !needs.times().takesParts() || needs.key().nonAdditive().isPresent() || metrics.stream().anyMatch(Optional::isEmpty)
        || needs.filters().stream().anyMatch(Condition::onMetric)
        || names.stream().anyMatch(named -> named.member().filter(member -> member.path().fansOut()).isPresent());
    if (never) {
      return Optional.empty();
    }
    Map<String, String> items = new TreeMap<>();
    names.stream().filter(named -> !named.isOwnTime()).forEach(named -> items.putIfAbsent(named.memberKey(), named.name().base()));
    boolean merges = needs.branch().measures().values().stream().allMatch(measure -> Partials.of("", measure, List.of()).isPresent());
    return Optional.of(new Wish(needs.dataset().name(), needs.time().map(Dimension.Time::name), items, grain(needs, names),
        metrics.stream().flatMap(Optional::stream).distinct().sorted().toList(), merges));
  }

  private static Optional<String> metric(Measure measure, SemanticModel model) {
    return model.metrics()
        .stream()
        .filter(metric -> metric instanceof Metric.Simple simple && simple.measure().equals(measure) && metric.filters().isEmpty())
        .map(Metric::name)
        .findFirst();
  }

  private static Optional<TimeGrain> grain(Needs needs, List<Named> names) {
    List<TimeGrain> grains = new ArrayList<>(names.stream().filter(Named::isOwnTime).flatMap(named -> named.grain().stream()).toList());
    needs.times().grain().ifPresent(grains::add);
    Stream.concat(needs.times().bounds().from().stream(), needs.times().bounds().before().stream())
        .forEach(end -> grains.add(startedBy(end, needs)));
    return grains.stream().reduce(Wish::tilingBoth);
  }

  /** The longest standard period that starts at an instant. */
  private static TimeGrain startedBy(LocalDateTime end, Needs needs) {
    return Stream.of(TimeGrain.YEAR, TimeGrain.QUARTER, TimeGrain.MONTH, TimeGrain.DAY, TimeGrain.HOUR)
        .filter(grain -> Times.floor(end, grain, needs.planning().model().calendar()).equals(end))
        .findFirst()
        .orElse(TimeGrain.SECOND);
  }

  private static TimeGrain tilingBoth(TimeGrain one, TimeGrain other) {
    TimeGrain finer = TimeGrain.finer(one, other);
    return finer.tiles(TimeGrain.coarser(one, other)) ? finer : TimeGrain.DAY;
  }

  /** Whether one rollup for both is of use to both. */
  boolean goesWith(Wish other) {
    boolean same = items.equals(other.items) && grain.equals(other.grain);
    return dataset.equals(other.dataset) && time.equals(other.time) && (same || merges && other.merges);
  }

  /** The smallest rollup for both. */
  Wish and(Wish other) {
    Map<String, String> both = new TreeMap<>(items);
    other.items.forEach(both::putIfAbsent);
    Optional<TimeGrain> finest = Stream.concat(grain.stream(), other.grain.stream()).reduce(Wish::tilingBoth);
    return new Wish(dataset, time, both, finest,
        List.copyOf(new TreeSet<>(Stream.concat(metrics.stream(), other.metrics.stream()).toList())),
        merges && other.merges);
  }

  /** The rollup, named by what it keeps. */
  public Rollup rollup() {
    List<String> last = items.values().stream().limit(NAMED).map(Wish::lastTwo).toList();
    String name = dataset + (last.isEmpty() ? "" : "_by_" + String.join("_and_", last)) + grain.map(one -> "_" + one.label()).orElse("");
    return new Rollup(name.toLowerCase(Locale.ROOT), metrics, List.copyOf(items.values()), grain.map(one -> one), List.of(),
        Optional.empty(),
        new Rollup.Refresh(Optional.empty(), Optional.empty(), Optional.empty()), Rollup.Store.WAREHOUSE, false, Documentation.NONE,
        Position.NOWHERE);
  }

  private static String lastTwo(String item) {
    List<String> parts = List.of(item.split("__", -1));
    return String.join("_", parts.subList(Math.max(0, parts.size() - 2), parts.size()));
  }
}

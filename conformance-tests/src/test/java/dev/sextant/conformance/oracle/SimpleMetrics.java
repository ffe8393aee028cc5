// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Simple metrics: each row counts once in each of its groups. */
final class SimpleMetrics {
  private final MeasureRows rows;
  private final SemiAdditive semiAdditive;
  private final TableRows tables;
  private final Calendars calendars;

  SimpleMetrics(MeasureRows rows, SemiAdditive semiAdditive, TableRows tables, Calendars calendars) {
    this.calendars = calendars;
    this.rows = rows;
    this.semiAdditive = semiAdditive;
    this.tables = tables;
  }

  Groups evaluate(Metric.Simple metric, Asked outer) {
    Asked asked = outer.with(metric.filters());
    Groups groups = aggregate(metric.measure(), asked);
    Groups spined = metric.joinToTimeSpine() && !asked.metricTimes().isEmpty() ? joinedToSpine(groups, metric.measure(), asked) : groups;
    return metric.fillNullsWith().<Groups>map(number -> spined.filled(new Value.Exact(number))).orElse(spined);
  }

  private Groups aggregate(Measure measure, Asked asked) {
    Members members = new Members(tables, asked.times());
    List<MeasureRows.Counted> all = asked.isShifted() ? rows.all(measure, asked) : rows.of(measure, asked);
    List<MeasureRows.Counted> inRange = all.stream().filter(row -> !placed(row, asked, members).isEmpty()).toList();
    Map<List<Value>, List<List<Value>>> values = new LinkedHashMap<>();
    if (asked.items().isEmpty()) {
      values.put(List.of(), new ArrayList<>());
    }
    for (MeasureRows.Counted row : semiAdditive.choose(measure, inRange, asked)) {
      for (List<Value> group : placed(row, asked, members)) {
        values.computeIfAbsent(group, any -> new ArrayList<>()).add(row.arguments());
      }
    }
    return Groups.calculate(values.keySet(), group -> Aggregates.of(measure, values.getOrDefault(group, List.of())));
  }

  /** The groups of a row with its metric_time filled in, each once for every time it shows. */
  private static List<List<Value>> placed(MeasureRows.Counted row, Asked asked, Members members) {
    return places(row, asked).stream()
        .flatMap(time -> (asked.isShifted() ? row.groupsOn(Moments.day(time.orElseThrow())) : row.groups()).stream()
            .map(group -> withTime(group, time, asked, members)))
        .toList();
  }

  static List<Value> withTime(List<Value> group, Optional<LocalDateTime> time, Asked asked, Members members) {
    List<Value> placed = new ArrayList<>(group);
    for (int i = 0; i < placed.size(); i++) {
      ItemName item = asked.items().get(i);
      if (item.isMetricTime()) {
        placed.set(i, time.map(at -> members.period(at, item, TimeGrain.DAY)).orElse(Value.NULL));
      }
    }
    return List.copyOf(placed);
  }

  /** The times at which a row shows: none outside of the range, one or more where it is shifted. */
  static List<Optional<LocalDateTime>> places(MeasureRows.Counted row, Asked asked) {
    if (row.time().isEmpty()) {
      return asked.range().isPresent() || asked.isShifted() ? List.of() : List.of(Optional.empty());
    }
    LocalDateTime time = row.time().orElseThrow();
    List<LocalDateTime> shown = asked.isShifted()
        ? asked.shift().places(time, asked.finestGrain().orElse(TimeGrain.DAY), asked.times())
        : List.of(time);
    return shown.stream().filter(at -> asked.range().map(range -> range.contains(at)).orElse(true)).map(Optional::of).toList();
  }

  /** Adds the periods of the range, or of the calendar, in which nothing shows. */
  private Groups joinedToSpine(Groups groups, Measure measure, Asked asked) {
    if (asked.metricTimes().size() != asked.items().size()) {
      throw new UnknownToTheOracle("spines beside other items");
    }
    Span range = asked.range().orElseGet(() -> calendars.of(measure, asked.times()));
    Members members = new Members(tables, asked.times());
    Map<List<Value>, Value> values = new LinkedHashMap<>(groups.values());
    List<Value> blank = asked.items().stream().map(item -> Value.NULL).toList();
    for (LocalDateTime day = range.start(); day.isBefore(range.end()); day = day.plusDays(1)) {
      if (calendars.shows(day, asked)) {
        values.putIfAbsent(withTime(blank, Optional.of(day), asked, members), Value.NULL);
      }
    }
    return new Groups(values, groups.missing());
  }
}

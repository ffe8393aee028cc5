// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Grain;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cumulative metrics: for every day, all rows of its window; a longer period shows its first, last or average day. */
final class CumulativeMetrics {
  private final MeasureRows rows;
  private final TableRows tables;
  private final Calendars calendars;

  CumulativeMetrics(MeasureRows rows, TableRows tables, Calendars calendars) {
    this.calendars = calendars;
    this.rows = rows;
    this.tables = tables;
  }

  Groups evaluate(Metric.Cumulative metric, Asked outer) {
    Asked asked = outer.with(metric.input().filters());
    Measure measure = metric.input().measure();
    if (asked.metricTimes().isEmpty() || asked.isShifted() || measure.nonAdditive().isPresent()) {
      throw new UnknownToTheOracle("cumulative metrics without a time of their own");
    }
    if (asked.finestGrain().filter(grain -> grain.isFinerThan(TimeGrain.DAY)).isPresent()) {
      throw new UnknownToTheOracle("cumulative metrics by less than a day");
    }
    Span range = asked.range().orElseGet(() -> calendars.of(measure, asked.times()));
    Map<List<Value>, Map<LocalDateTime, Value>> days = days(metric, measure, asked, range);
    return Groups.calculate(days.keySet(), group -> period(metric.periodAggregation(), days.getOrDefault(group, Map.of())));
  }

  /** The value of each day of the range, by the group that shows it. */
  private Map<List<Value>, Map<LocalDateTime, Value>> days(Metric.Cumulative metric, Measure measure, Asked asked, Span range) {
    Members members = new Members(tables, asked.times());
    List<MeasureRows.Counted> counted = rows.all(measure, asked.within(Optional.empty()));
    Map<List<Value>, Map<LocalDateTime, Value>> days = new LinkedHashMap<>();
    for (LocalDateTime day = range.start(); day.isBefore(range.end()); day = day.plusDays(1)) {
      LocalDateTime at = day;
      Map<List<Value>, List<List<Value>>> values = new LinkedHashMap<>();
      for (MeasureRows.Counted row : counted) {
        if (row.time().map(Moments::day).filter(time -> isIn(metric, time, at, asked.times())).isPresent()) {
          row.groupsOn(at).forEach(group -> values.computeIfAbsent(group, any -> new ArrayList<>()).add(row.arguments()));
        }
      }
      gap(metric, values, asked, at)
          .ifPresent(fill -> days
              .computeIfAbsent(SimpleMetrics.withTime(blank(asked), Optional.of(at), asked, members), any -> new LinkedHashMap<>())
              .put(at, fill));
      values.forEach((group, all) -> days
          .computeIfAbsent(SimpleMetrics.withTime(group, Optional.of(at), asked, members), any -> new LinkedHashMap<>())
          .put(at, Aggregates.of(measure, all)));
    }
    return days;
  }

  /** What a day without rows has where every day of the calendar has a value. */
  private Optional<Value> gap(Metric.Cumulative metric, Map<List<Value>, List<List<Value>>> values, Asked asked, LocalDateTime day) {
    if (!metric.input().joinToTimeSpine() || metric.input().fillNullsWith().isEmpty()) {
      return Optional.empty();
    }
    if (asked.metricTimes().size() != asked.items().size()) {
      throw new UnknownToTheOracle("spines beside other items");
    }
    return values.isEmpty() && calendars.shows(day, asked) ? metric.input().fillNullsWith().map(Value.Exact::new) : Optional.empty();
  }

  private static List<Value> blank(Asked asked) {
    return asked.items().stream().map(item -> Value.NULL).toList();
  }

  private static boolean isIn(Metric.Cumulative metric, LocalDateTime time, LocalDateTime day, LocalTimes times) {
    boolean afterStart = metric.window()
        .map(window -> time.isAfter(Moments.plus(day, -window.count(), standard(window.grain()))))
        .or(() -> metric.grainToDate().map(grain -> !time.isBefore(times.floor(day, standard(grain)))))
        .orElse(true);
    return afterStart && !time.isAfter(day);
  }

  private static TimeGrain standard(Grain grain) {
    if (grain instanceof TimeGrain standard) {
      return standard;
    }
    throw new UnknownToTheOracle("windows of " + grain.label());
  }

  private static Value period(Metric.PeriodAggregation aggregation, Map<LocalDateTime, Value> days) {
    List<Value> inOrder = List.copyOf(days.values());
    return switch (aggregation) {
      case FIRST -> inOrder.getFirst();
      case LAST -> inOrder.getLast();
      case AVERAGE -> Aggregates.mean(inOrder);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Comparison;
import dev.sextant.conformance.scalar.Moments;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversion metrics: each conversion is credited to the latest base event of its entity that is not after it, in that event's groups. */
final class ConversionMetrics {
  private final SemanticModel model;
  private final MeasureRows rows;
  private final TableRows tables;

  ConversionMetrics(SemanticModel model, MeasureRows rows, TableRows tables) {
    this.model = model;
    this.rows = rows;
    this.tables = tables;
  }

  Groups evaluate(Metric.Conversion metric, Asked asked) {
    if (asked.isShifted()) {
      throw new UnknownToTheOracle("shifted conversions");
    }
    Members members = new Members(tables, asked.times());
    Map<List<Value>, List<List<Value>>> base = new LinkedHashMap<>();
    Map<List<Value>, List<List<Value>>> converted = new LinkedHashMap<>();
    if (asked.items().isEmpty()) {
      base.put(List.of(), new ArrayList<>());
    }
    List<MeasureRows.Counted> events = rows.of(metric.base().measure(), asked.with(metric.base().filters()))
        .stream()
        .filter(event -> !SimpleMetrics.places(event, asked).isEmpty())
        .toList();
    Map<Row, List<List<Value>>> credits = credits(metric, events, asked);
    for (MeasureRows.Counted event : events) {
      for (List<Value> group : event.groups()) {
        List<Value> placed = SimpleMetrics.withTime(group, event.time(), asked, members);
        base.computeIfAbsent(placed, any -> new ArrayList<>()).add(event.arguments());
        List<List<Value>> credited = credits.getOrDefault(event.row(), List.of());
        if (!credited.isEmpty()) {
          converted.computeIfAbsent(placed, any -> new ArrayList<>()).addAll(credited);
        }
      }
    }
    if (asked.items().isEmpty()) {
      converted.putIfAbsent(List.of(), List.of());
    }
    return Groups.calculate(base.keySet(),
        group -> result(metric, base.getOrDefault(group, List.of()), Optional.ofNullable(converted.get(group))));
  }

  private static Value result(Metric.Conversion metric, List<List<Value>> base, Optional<List<List<Value>>> converted) {
    Value conversions = converted.map(values -> Aggregates.of(metric.conversion().measure(), values))
        .or(() -> metric.conversion().fillNullsWith().map(Value.Exact::new))
        .orElse(Value.NULL);
    return switch (metric.calculation()) {
      case CONVERSIONS -> conversions;
      case CONVERSION_RATE -> Aggregates.ratio(conversions, Aggregates.of(metric.base().measure(), base));
    };
  }

  /** The conversion measure's values that are credited to each base row. */
  private Map<Row, List<List<Value>>> credits(Metric.Conversion metric, List<MeasureRows.Counted> events, Asked asked) {
    Measure measure = metric.conversion().measure();
    Asked unasked = Asked.of(List.of(), metric.conversion().filters(), asked.times());
    Map<Value, List<MeasureRows.Counted>> byEntity = new LinkedHashMap<>();
    events.forEach(event -> byEntity.computeIfAbsent(entity(metric, metric.base().measure(), event), any -> new ArrayList<>()).add(event));
    Map<Row, List<List<Value>>> credits = new LinkedHashMap<>();
    for (MeasureRows.Counted conversion : rows.of(measure, unasked)) {
      Value entity = entity(metric, measure, conversion);
      latest(metric, entity.isNull() ? List.of() : byEntity.getOrDefault(entity, List.of()), conversion, asked.times())
          .ifPresent(
              event -> credits.computeIfAbsent(event.row(), any -> new ArrayList<>()).add(conversion.arguments()));
    }
    return credits;
  }

  private Value entity(Metric.Conversion metric, Measure measure, MeasureRows.Counted row) {
    return TableRows.keys(row.row(), dataset(measure).entity(metric.entity()).orElseThrow()).getFirst();
  }

  private Dataset dataset(Measure measure) {
    return model.dataset(measure.dataset()).orElseThrow();
  }

  private Optional<MeasureRows.Counted> latest(Metric.Conversion metric, List<MeasureRows.Counted> events, MeasureRows.Counted conversion,
      LocalTimes times) {
    return events.stream()
        .filter(event -> follows(metric, event, conversion, times))
        .reduce((known, event) -> isLater(metric, event, known) ? event : known);
  }

  /** Of events at the same instant the one with the lowest key counts as the last. */
  private boolean isLater(Metric.Conversion metric, MeasureRows.Counted event, MeasureRows.Counted known) {
    int later = event.time().orElseThrow().compareTo(known.time().orElseThrow());
    return later > 0 || later == 0 && hasLowerKey(metric, event, known);
  }

  private boolean hasLowerKey(Metric.Conversion metric, MeasureRows.Counted event, MeasureRows.Counted known) {
    Entity primary = dataset(metric.base().measure()).entities()
        .stream()
        .filter(entity -> entity.type() == Entity.Type.PRIMARY)
        .findFirst()
        .orElseThrow(() -> new UnknownToTheOracle("ties of events without a key"));
    List<Value> own = TableRows.keys(event.row(), primary);
    List<Value> other = TableRows.keys(known.row(), primary);
    for (int i = 0; i < own.size(); i++) {
      int order = Comparison.compare(own.get(i), other.get(i));
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  private boolean follows(Metric.Conversion metric, MeasureRows.Counted event, MeasureRows.Counted conversion, LocalTimes times) {
    if (event.time().isEmpty() || conversion.time().isEmpty()) {
      return false;
    }
    TimeGrain grain = TimeGrain.coarser(grain(metric.base().measure()), grain(metric.conversion().measure()));
    LocalDateTime before = times.floor(event.time().orElseThrow(), grain);
    LocalDateTime after = times.floor(conversion.time().orElseThrow(), grain);
    boolean inWindow = metric.window().map(window -> before.isAfter(back(after, window))).orElse(true);
    return !before.isAfter(after) && inWindow && metric.constantProperties()
        .stream()
        .allMatch(property -> sameProperty(metric, property, event, conversion));
  }

  private TimeGrain grain(Measure measure) {
    return measure.timeDimension().flatMap(dataset(measure)::timeDimension).map(Dimension.Time::grain).orElse(TimeGrain.NANOSECOND);
  }

  private static LocalDateTime back(LocalDateTime time, TimeWindow window) {
    if (window.grain() instanceof TimeGrain grain) {
      return Moments.plus(time, -window.count(), grain);
    }
    throw new UnknownToTheOracle("windows of " + window.grain().label());
  }

  private boolean sameProperty(Metric.Conversion metric, Metric.ConstantProperty property, MeasureRows.Counted event,
      MeasureRows.Counted conversion) {
    Value base = property(metric.base().measure(), property.base(), event);
    return !base.isNull() && base.equals(property(metric.conversion().measure(), property.conversion(), conversion));
  }

  private Value property(Measure measure, String name, MeasureRows.Counted row) {
    ItemName item = ItemName.parse(name, model);
    Dimension dimension = dataset(measure).dimension(item.element()).orElseThrow();
    return row.row().evaluate(dimension.expr());
  }
}

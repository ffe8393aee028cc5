// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Scalars;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of a measure's dataset that a question is about, each with the groups it is in: every group once, however many joins lead there. */
final class MeasureRows {
  private final SemanticModel model;
  private final TableRows tables;
  private final MetricLookup lookup;

  /** A row, its local metric_time, where it is counted, and what the measure aggregates of it. */
  record Counted(Row row, Optional<LocalDateTime> time, Showing showing, List<Value> arguments) {

    /** Its groups without metric_time. */
    Set<List<Value>> groups() {
      return showing.at(Optional.empty());
    }

    /** Its groups on a day that it is shown on, which is what metric_time is then in conditions. */
    Set<List<Value>> groupsOn(LocalDateTime day) {
      return showing.at(Optional.of(day));
    }
  }

  /** The groups without metric_time in which all conditions hold, metric_time being the row's own or the day it is shown on. */
  interface Showing {
    Set<List<Value>> at(Optional<LocalDateTime> day);
  }

  /** Finds the value of a metric for a key, as conditions ask for it. */
  interface MetricLookup {
    Value of(Expr.Member metric, Value key, Asked asked);
  }

  MeasureRows(SemanticModel model, TableRows tables, MetricLookup lookup) {
    this.model = model;
    this.tables = tables;
    this.lookup = lookup;
  }

  /** The rows that satisfy all conditions; groups leave out metric_time, which {@link Groups} places. */
  List<Counted> of(Measure measure, Asked asked) {
    return all(measure, asked).stream().filter(counted -> !counted.groups().isEmpty()).toList();
  }

  /** All rows, for metrics that show them on other days than their own. */
  List<Counted> all(Measure measure, Asked asked) {
    Dataset dataset = model.dataset(measure.dataset()).orElseThrow();
    PlaceFinder finder = new PlaceFinder(model);
    Conditions conditions = Conditions.read(asked.conditions(), model);
    MeasureArguments arguments = MeasureArguments.of(measure, model);
    Map<ItemName, Place> places = new LinkedHashMap<>();
    Stream.of(asked.items(), conditions.items().values(), arguments.joined().values())
        .flatMap(Collection::stream)
        .filter(item -> !places.containsKey(item))
        .forEach(item -> places.put(item, finder.find(measure, item)));
    Joiner joiner = new Joiner(tables, asked.times(), places.values().stream().map(Place::path).distinct().toList());
    Members members = new Members(tables, asked.times());
    List<Counted> counted = new ArrayList<>();
    for (Row row : tables.of(dataset.source())) {
      List<Joined> combinations = joiner.join(dataset, row, instant(measure, dataset, row, asked));
      Showing showing = day -> {
        Set<List<Value>> groups = new LinkedHashSet<>();
        for (Joined joined : combinations) {
          if (holds(asked, conditions, places, members, joined, day)) {
            groups.add(group(asked, places, members, joined));
          }
        }
        return groups;
      };
      Set<List<Value>> own = showing.at(Optional.empty());
      boolean moves = !conditions.ofTime().isEmpty();
      if (moves || !own.isEmpty()) {
        List<Value> values = arguments.of(row, item -> value(item, places, members, combinations.getFirst()));
        counted.add(new Counted(row, time(measure, dataset, row, asked), moves ? showing : day -> own, values));
      }
    }
    return counted;
  }

  private boolean holds(Asked asked, Conditions conditions, Map<ItemName, Place> places, Members members, Joined joined,
      Optional<LocalDateTime> day) {
    Scalars scalars = new Scalars(name -> {
      ItemName item = conditions.items().get(name);
      if (item == null) {
        throw new IllegalStateException("unread name " + name);
      }
      Value value = item.isMetricTime() && day.isPresent() ? members.period(day.get(), item, TimeGrain.DAY)
          : value(item, places, members, joined);
      return name instanceof Expr.Member member && member.kind() == Expr.MemberKind.METRIC ? lookup.of(member, value, asked) : value;
    });
    return asked.conditions().stream().allMatch(scalars::holds);
  }

  private static Value value(ItemName item, Map<ItemName, Place> places, Members members, Joined joined) {
    Place place = places.get(item);
    return place == null ? Value.NULL : members.value(place, item, joined);
  }

  private static List<Value> group(Asked asked, Map<ItemName, Place> places, Members members, Joined joined) {
    List<Value> group = new ArrayList<>();
    for (ItemName item : asked.items()) {
      Value value = item.isMetricTime() ? Value.NULL : value(item, places, members, joined);
      group.add(asked.top().map(top -> top.shown(item, value)).orElse(value));
    }
    return List.copyOf(group);
  }

  private static Optional<LocalDateTime> time(Measure measure, Dataset dataset, Row row, Asked asked) {
    return measure.timeDimension().flatMap(dataset::timeDimension).flatMap(time -> asked.times().of(row.evaluate(time.expr())));
  }

  private static Optional<LocalDateTime> instant(Measure measure, Dataset dataset, Row row, Asked asked) {
    Optional<Dimension.Time> time = measure.timeDimension().flatMap(dataset::timeDimension);
    return time.flatMap(found -> asked.times().raw(row.evaluate(found.expr())).map(at -> asked.times().floor(at, found.grain())));
  }
}

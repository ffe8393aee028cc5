// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.oracle;

import dev.sextant.conformance.Value;
import dev.sextant.conformance.scalar.Comparison;
import dev.sextant.conformance.scalar.UnknownToTheOracle;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import dev.sextant.query.AddedNames;
import dev.sextant.query.ComparedNames;
import dev.sextant.query.MetricQuery;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The answer of a question for some of its items, with all that is added to its rows, as maps from columns to values. */
final class Additions {
  private final SemanticModel model;
  private final MetricEvaluator metrics;
  private final MetricQuery query;

  Additions(SemanticModel model, MetricEvaluator metrics, MetricQuery query) {
    this.model = model;
    this.metrics = metrics;
    this.query = query;
  }

  /** The columns of the answer, in its order. */
  static List<String> columns(MetricQuery query) {
    MetricQuery.Extras extras = query.extras();
    List<String> columns = new ArrayList<>();
    for (MetricQuery.Item item : query.groupBy()) {
      columns.add(item.name());
      extras.top()
          .filter(top -> top.others() && top.item().equals(item.name()))
          .ifPresent(top -> columns.add(AddedNames.isOthers(item.name())));
    }
    extras.totals().forEach(item -> columns.add(AddedNames.isTotal(item)));
    for (MetricQuery.Item metric : query.metrics()) {
      columns.add(metric.name());
      if (extras.compare().isPresent()) {
        columns.addAll(
            List.of(ComparedNames.previous(metric.name()), ComparedNames.change(metric.name()), ComparedNames.share(metric.name())));
      }
    }
    for (MetricQuery.Item metric : query.metrics()) {
      if (!extras.share().isEmpty()) {
        columns.add(AddedNames.share(metric.name()));
      }
      extras.running().ifPresent(any -> columns.add(AddedNames.running(metric.name())));
    }
    return columns;
  }

  /** The question with the values that are shown of an item, if only some are. */
  Asked withTop(Asked asked) {
    boolean whole = !query.extras().share().isEmpty() || !query.extras().totals().isEmpty();
    if (whole && query.extras().top().filter(top -> !top.others()).isPresent()) {
      throw new UnknownToTheOracle("wholes of shown values only");
    }
    return query.extras().top().map(top -> asked.within(new TopValues(ItemName.parse(top.item(), model), top(top, asked)))).orElse(asked);
  }

  private Set<Value> top(MetricQuery.Top top, Asked asked) {
    String by = top.by().orElse(query.metrics().getFirst().name());
    Groups groups = metrics.evaluate(by, asked.by(List.of(ItemName.parse(top.item(), model))));
    List<List<Value>> ranked = new ArrayList<>(groups.values().keySet());
    Comparator<List<Value>> byValue = (a, b) -> nullsLast(groups.of(a), groups.of(b), true);
    ranked.sort(byValue.thenComparing((a, b) -> nullsLast(a.getFirst(), b.getFirst(), false)));
    Set<Value> values = new HashSet<>();
    ranked.stream().limit(top.n()).forEach(group -> values.add(group.getFirst()));
    return values;
  }

  private static int nullsLast(Value a, Value b, boolean descending) {
    if (a.isNull() || b.isNull()) {
      return Boolean.compare(a.isNull(), b.isNull());
    }
    return descending ? Comparison.compare(b, a) : Comparison.compare(a, b);
  }

  /** The rows by the asked items, which may be fewer than the question's. */
  List<Map<String, Value>> rows(Asked asked) {
    List<Groups> own = query.metrics().stream().map(metric -> metrics.evaluate(metric.name(), asked)).toList();
    boolean allTimes = asked.items().stream().filter(Additions::isTime).count() == times();
    List<Groups> earlier = allTimes ? query.extras().compare().map(text -> earlier(text, asked)).orElse(List.of()) : List.of();
    List<Groups> all = new ArrayList<>(own);
    all.addAll(earlier);
    Set<List<Value>> groups = Groups.all(all);
    Set<List<Value>> shown = query.extras().fill() && allTimes ? filled(groups, asked) : groups;
    List<Map<String, Value>> rows = new ArrayList<>();
    Map<String, Groups> wholes = new HashMap<>();
    for (List<Value> group : shown) {
      Map<String, Value> row = new LinkedHashMap<>();
      IntStream.range(0, group.size()).forEach(i -> row.put(name(asked.items().get(i)), group.get(i)));
      for (int i = 0; i < own.size(); i++) {
        add(row, group, groups.contains(group), i, own, earlier, asked, wholes);
      }
      rows.add(row);
    }
    addRunning(rows, asked);
    return rows.stream().map(this::marked).flatMap(Optional::stream).toList();
  }

  private long times() {
    return query.groupBy().stream().map(item -> ItemName.parse(item.name(), model)).filter(Additions::isTime).count();
  }

  static boolean isTime(ItemName item) {
    return item.isMetricTime() || item.grain().filter(TimeGrain.class::isInstance).isPresent();
  }

  private String name(ItemName item) {
    return query.groupBy()
        .stream()
        .map(MetricQuery.Item::name)
        .filter(name -> ItemName.parse(name, model).equals(item))
        .findFirst()
        .orElseThrow();
  }

  private List<Groups> earlier(String text, Asked asked) {
    if (asked.metricTimes().isEmpty()) {
      throw new UnknownToTheOracle("comparisons without metric_time");
    }
    TimeWindow ago = text.equals("previous period")
        ? new TimeWindow(1, asked.finestGrain().orElseThrow(() -> new UnknownToTheOracle("the previous period of parts of dates")))
        : new TimeWindow(Integer.parseInt(text.split(" ")[0]), TimeGrain.named(text.split(" ")[1]).orElseThrow());
    return query.metrics().stream().map(metric -> metrics.earlier(metric.name(), ago, asked)).toList();
  }

  private void add(Map<String, Value> row, List<Value> group, boolean known, int i, List<Groups> own, List<Groups> earlier, Asked asked,
      Map<String, Groups> wholes) {
    String name = query.metrics().get(i).name();
    Value value = known ? own.get(i).of(group) : Value.NULL;
    row.put(name, value);
    if (!earlier.isEmpty()) {
      Value before = known ? earlier.get(i).of(group) : Value.NULL;
      Value change = value.isNull() || before.isNull() ? Value.NULL : Aggregates.difference(value, before);
      row.put(ComparedNames.previous(name), before);
      row.put(ComparedNames.change(name), change);
      row.put(ComparedNames.share(name), Aggregates.ratio(change, before));
    }
    if (!query.extras().share().isEmpty()) {
      List<ItemName> within = asked.items().stream().filter(item -> !isShared(item)).toList();
      List<Value> whole = within.stream().map(item -> group.get(asked.items().indexOf(item))).toList();
      row.put(AddedNames.share(name),
          Aggregates.ratio(value, wholes.computeIfAbsent(name, any -> metrics.evaluate(name, asked.by(within))).of(whole)));
    }
  }

  private boolean isShared(ItemName item) {
    return query.extras().share().contains(MetricQuery.Extras.ALL) || query.extras().share().contains(name(item));
  }

  /** Every period of the range beside every combination of the other items. */
  private Set<List<Value>> filled(Set<List<Value>> groups, Asked asked) {
    int at = IntStream.range(0, asked.items().size()).filter(i -> isTime(asked.items().get(i))).findFirst().orElseThrow();
    TimeGrain grain = (TimeGrain) asked.items().get(at).grain().orElseThrow();
    Span range = asked.range().orElseThrow(() -> new UnknownToTheOracle("where a calendar ends"));
    Set<List<Value>> filled = new LinkedHashSet<>();
    Set<List<Value>> combinations = new LinkedHashSet<>();
    groups.forEach(group -> combinations.add(with(group, at, Value.NULL)));
    if (asked.items().size() == 1) {
      combinations.add(List.of(Value.NULL));
    }
    for (LocalDateTime start = asked.times().floor(range.start(), grain); start.isBefore(range.end());
        start = asked.times().next(start, grain)) {
      Value period = new Value.Moment(start);
      boolean shown = asked.times().shows(start, grain);
      combinations.stream()
          .map(combination -> with(combination, at, period))
          .filter(group -> shown || groups.contains(group))
          .forEach(filled::add);
    }
    return filled;
  }

  private static List<Value> with(List<Value> group, int at, Value value) {
    List<Value> changed = new ArrayList<>(group);
    changed.set(at, value);
    return List.copyOf(changed);
  }

  private void addRunning(List<Map<String, Value>> rows, Asked asked) {
    Optional<String> along = query.extras().running().filter(name -> asked.items().contains(ItemName.parse(name, model)));
    along.ifPresent(time -> rows.forEach(row -> query.metrics().forEach(metric -> {
      List<Value> before = rows.stream()
          .filter(other -> asked.items()
              .stream()
              .map(this::name)
              .filter(item -> !item.equals(time))
              .allMatch(item -> Objects.equals(other.get(item), row.get(item))))
          .filter(other -> !isNull(other, time) && !isNull(row, time) && Comparison.compare(value(other, time), value(row, time)) <= 0)
          .map(other -> value(other, metric.name()))
          .toList();
      row.put(AddedNames.running(metric.name()), isNull(row, time) ? Value.NULL : addedUp(metric.name(), before));
    })));
  }

  private Value addedUp(String name, List<Value> values) {
    if (model.metric(name).orElseThrow() instanceof Metric.Simple simple && simple.fillNullsWith().isEmpty()) {
      return Aggregates.merged(simple.measure(), values);
    }
    throw new UnknownToTheOracle("running values of composed metrics");
  }

  private static Value value(Map<String, Value> row, String column) {
    return row.getOrDefault(column, Value.NULL);
  }

  private static boolean isNull(Map<String, Value> row, String column) {
    return value(row, column).isNull();
  }

  /** Others get a mark instead of their stand-in, or are left out. */
  private Optional<Map<String, Value>> marked(Map<String, Value> row) {
    if (query.extras().top().isEmpty()) {
      return Optional.of(row);
    }
    MetricQuery.Top top = query.extras().top().orElseThrow();
    boolean others = value(row, top.item()).equals(TopValues.OTHERS);
    if (others && !top.others()) {
      return Optional.empty();
    }
    Map<String, Value> marked = new LinkedHashMap<>(row);
    if (row.containsKey(top.item())) {
      marked.put(top.item(), others ? Value.NULL : value(row, top.item()));
      marked.put(AddedNames.isOthers(top.item()), new Value.Truth(others));
    }
    return Optional.of(marked);
  }
}

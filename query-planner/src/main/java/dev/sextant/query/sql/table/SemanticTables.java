// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Documentation;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.View;
import dev.sextant.query.Catalog;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.BaseFinder;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.bind.ReachableItems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The virtual tables of a model, by lower-case name: views, datasets that own metrics, and {@code metrics} with everything. */
public final class SemanticTables {
  /** The table of all metrics and dimensions. */
  public static final String EVERYTHING = "metrics";

  private final SemanticModel model;
  private final ReachableItems reachable;
  private final Map<String, SemanticTable> tables = new LinkedHashMap<>();

  public SemanticTables(SemanticModel model) {
    this.model = model;
    this.reachable = new ReachableItems(model);
    model.definitions().views().forEach(view -> add(view(view)));
    for (Dataset dataset : model.datasets()) {
      List<Metric> own = model.metrics().stream().filter(metric -> datasets(metric).equals(Collections.singleton(dataset.name()))).toList();
      if (!own.isEmpty()) {
        add(dataset(dataset, own));
      }
    }
    add(everything());
  }

  private void add(SemanticTable table) {
    if (table.columns().isEmpty()) {
      return; // all of it is hidden from the caller
    }
    tables.putIfAbsent(table.name().toLowerCase(Locale.ROOT), table);
  }

  /** The model whose tables these are. */
  public SemanticModel model() {
    return model;
  }

  public Optional<SemanticTable> table(String name) {
    return Optional.ofNullable(tables.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All tables in the order of definition. */
  public List<SemanticTable> all() {
    return List.copyOf(tables.values());
  }

  private Set<String> datasets(Metric metric) {
    Set<String> names = new LinkedHashSet<>();
    LeafMetrics.of(metric, model).forEach(leaf -> names.add(leaf.measure().dataset()));
    return names;
  }

  private SemanticTable view(View view) {
    List<View.Column> measures = view.metrics().stream().filter(column -> model.metric(column.of()).isPresent()).toList();
    List<Metric> metrics = measures.stream().map(column -> metric(column, view)).toList();
    Optional<Dataset> base = base(metrics)
        .or(() -> metrics.isEmpty() ? new BaseFinder(model, new MemberFinder(model)).find(items(view)) : Optional.empty());
    List<SemanticTable.Column> columns = new ArrayList<>();
    if (view.allDimensions()) {
      columns.addAll(allItems(base, metrics));
    }
    seen(view)
        .forEach(column -> columns
            .add(new SemanticTable.ItemColumn(column.name(), ItemName.parse(column.of(), model), Documentation.NONE)));
    for (int i = 0; i < metrics.size(); i++) {
      columns.add(new SemanticTable.MetricColumn(measures.get(i).name(), metrics.get(i)));
    }
    return new SemanticTable(view.name(), columns, base, time(base, metrics), view.documentation());
  }

  private Metric metric(View.Column column, View view) {
    return model.metric(column.of())
        .orElseThrow(
            () -> Problem.of(QueryIssue.UNKNOWN_METRIC,
                "view '" + view.name() + "' names metric '" + column.of() + "', which is not defined."));
  }

  private List<View.Column> seen(View view) {
    MemberFinder finder = MemberFinder.asSeen(model);
    return model.rights().hidden().isEmpty() ? view.dimensions()
        : view.dimensions().stream().filter(column -> finder.isKnown(ItemName.parse(column.of(), model))).toList();
  }

  private List<ItemName> items(View view) {
    return seen(view).stream().map(column -> ItemName.parse(column.of(), model)).toList();
  }

  private Optional<Dataset> base(List<Metric> metrics) {
    Set<String> names = new LinkedHashSet<>();
    metrics.forEach(metric -> names.addAll(datasets(metric)));
    return names.size() == 1 ? model.dataset(names.iterator().next()) : Optional.empty();
  }

  private Optional<Dimension.Time> time(Optional<Dataset> base, List<Metric> metrics) {
    return base.flatMap(dataset -> metrics.stream()
        .flatMap(metric -> LeafMetrics.of(metric, model).stream())
        .flatMap(leaf -> leaf.measure().timeDimension().stream())
        .findFirst()
        .or(dataset::defaultTimeDimension)
        .flatMap(dataset::timeDimension));
  }

  private SemanticTable dataset(Dataset dataset, List<Metric> metrics) {
    Optional<Dataset> base = Optional.of(dataset);
    List<SemanticTable.Column> columns = new ArrayList<>(allItems(base, metrics));
    metrics.forEach(metric -> columns.add(new SemanticTable.MetricColumn(metric.name(), metric)));
    return new SemanticTable(dataset.name(), columns, base, time(base, metrics), dataset.documentation());
  }

  private SemanticTable everything() {
    List<SemanticTable.Column> columns = new ArrayList<>(allItems(Optional.empty(), model.metrics()));
    model.metrics().forEach(metric -> columns.add(new SemanticTable.MetricColumn(metric.name(), metric)));
    return new SemanticTable(EVERYTHING, columns, base(model.metrics()), Optional.empty(), Documentation.of("All metrics and dimensions."));
  }

  private List<SemanticTable.Column> allItems(Optional<Dataset> base, List<Metric> metrics) {
    Map<String, SemanticTable.Column> columns = new LinkedHashMap<>();
    if (!metrics.isEmpty()) {
      columns.put(ItemName.METRIC_TIME, new SemanticTable.ItemColumn(ItemName.METRIC_TIME, ItemName.parse(ItemName.METRIC_TIME, model),
          Documentation.of("Each metric's own time.")));
    }
    List<Dataset> from = base.map(List::of)
        .orElseGet(() -> metrics.stream()
            .flatMap(metric -> datasets(metric).stream())
            .distinct()
            .flatMap(name -> model.dataset(name).stream())
            .toList());
    from.forEach(dataset -> reachable.from(dataset).forEach(item -> columns.putIfAbsent(item.name(), column(item))));
    return List.copyOf(columns.values());
  }

  private SemanticTable.Column column(Catalog.ItemEntry item) {
    return new SemanticTable.ItemColumn(item.name(), ItemName.parse(item.name(), model), item.documentation());
  }
}

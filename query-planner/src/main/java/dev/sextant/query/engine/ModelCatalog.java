// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.View;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.Caller;
import dev.sextant.query.Catalog;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.bind.Policies;
import dev.sextant.query.bind.ReachableItems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The live model as a catalog. */
public final class ModelCatalog implements Catalog {
  private final Supplier<SemanticModel> live;

  public ModelCatalog(Supplier<SemanticModel> live) {
    this.live = live;
  }

  @Override
  public Catalog seenBy(Caller caller) {
    return new ModelCatalog(() -> Policies.seen(live.get(), caller));
  }

  @Override
  public List<View> views() {
    SemanticModel model = live.get();
    return model.rights().hidden().isEmpty() ? model.definitions().views()
        : model.definitions().views().stream().map(view -> seen(view, model)).filter(ModelCatalog::hasColumns).toList();
  }

  private static View seen(View view, SemanticModel model) {
    MemberFinder finder = MemberFinder.asSeen(model);
    return new View(view.name(), view.metrics().stream().filter(column -> model.metric(column.of()).isPresent()).toList(),
        view.dimensions().stream().filter(column -> finder.isKnown(ItemName.parse(column.of(), model))).toList(), view.allDimensions(),
        view.documentation(), view.position());
  }

  private static boolean hasColumns(View view) {
    return !view.metrics().isEmpty() || !view.dimensions().isEmpty();
  }

  @Override
  public List<SavedQuery> savedQueries() {
    SemanticModel model = live.get();
    MemberFinder finder = MemberFinder.asSeen(model);
    return model.rights().hidden().isEmpty() ? model.definitions().savedQueries()
        : model.definitions()
            .savedQueries()
            .stream()
            .filter(query -> query.metrics().stream().allMatch(metric -> model.metric(metric).isPresent()))
            .filter(query -> Stream.concat(query.groupBy().stream(), query.where().stream().flatMap(ModelCatalog::columns))
                .allMatch(item -> finder.isKnown(ItemName.parse(item, model))))
            .toList();
  }

  private static Stream<String> columns(Expr condition) {
    List<String> names = new ArrayList<>();
    FilterReader.normalize(condition).visit(part -> {
      if (part instanceof Expr.Column column) {
        names.add(column.name());
      }
    });
    return names.stream();
  }

  @Override
  public List<MetricEntry> metrics() {
    SemanticModel model = live.get();
    return model.metrics()
        .stream()
        .map(metric -> new MetricEntry(metric.name(), ResolutionPrinter.kind(metric), metric.header().documentation(),
            LeafMetrics.of(metric, model).stream().map(leaf -> leaf.measure().dataset()).distinct().toList(),
            metric.header().defaultGrain().map(grain -> grain.label())))
        .toList();
  }

  @Override
  public List<ItemEntry> items(List<String> metrics) {
    SemanticModel model = live.get();
    if (metrics.isEmpty()) {
      Map<String, ItemEntry> all = new LinkedHashMap<>();
      model.datasets().forEach(dataset -> new ReachableItems(model).of(dataset).forEach(item -> all.putIfAbsent(item.name(), item)));
      return List.copyOf(all.values());
    }
    Map<String, ItemEntry> common = new LinkedHashMap<>();
    List<Dataset> datasets = metrics.stream()
        .flatMap(name -> LeafMetrics.of(metric(name, model), model).stream())
        .map(leaf -> LeafMetrics.dataset(leaf, model))
        .distinct()
        .toList();
    common.put(ItemName.METRIC_TIME, new ItemEntry(ItemName.METRIC_TIME, ItemKind.TIME, new ReachableItems(model).grains(TimeGrain.DAY),
        dev.sextant.model.Documentation.of("Each metric's own time."), ""));
    new ReachableItems(model).from(datasets.getFirst()).forEach(item -> common.putIfAbsent(item.name(), item));
    for (Dataset dataset : datasets.subList(1, datasets.size())) {
      List<ItemEntry> there = new ReachableItems(model).from(dataset);
      List<ItemEntry> here = List.copyOf(common.values());
      common.clear();
      here.forEach(item -> shared(item, there).ifPresent(both -> common.putIfAbsent(both.name(), both)));
    }
    return List.copyOf(common.values());
  }

  /** The same item seen from another dataset; ways to it may be of different lengths, and the shorter name is known on both. */
  private static Optional<ItemEntry> shared(ItemEntry item, List<ItemEntry> there) {
    if (item.name().equals(ItemName.METRIC_TIME) || there.stream().anyMatch(other -> other.name().equals(item.name()))) {
      return Optional.of(item);
    }
    return there.stream()
        .filter(other -> other.kind() == item.kind() && other.dataset().equals(item.dataset()))
        .filter(other -> other.name().endsWith("__" + item.name()) || item.name().endsWith("__" + other.name()))
        .map(other -> other.name().length() < item.name().length() ? other : item)
        .findFirst();
  }

  private static Metric metric(String name, SemanticModel model) {
    return model.metric(name).orElseThrow(() -> {
      List<String> near = NearestNames.to(name, model.metrics().stream().map(Metric::name).toList());
      return Problem.of(QueryIssue.UNKNOWN_METRIC, "metric '" + name + "' is not defined." + NearestNames.question(near), near);
    });
  }

  @Override
  public LineageEntry lineage(String metric) {
    SemanticModel model = live.get();
    return lineage(metric(metric, model), model);
  }

  private static LineageEntry lineage(Metric metric, SemanticModel model) {
    List<Metric> inputs = switch (metric) {
      case Metric.Simple simple -> List.of();
      case Metric.Ratio ratio -> List.of(LeafMetrics.input(ratio.numerator(), model), LeafMetrics.input(ratio.denominator(), model));
      case Metric.Derived derived -> derived.inputs().stream().map(input -> LeafMetrics.input(input, model)).toList();
      case Metric.Cumulative cumulative -> List.of(cumulative.input());
      case Metric.Conversion conversion -> List.of(conversion.base(), conversion.conversion());
    };
    Optional<Metric.Simple> leaf = metric instanceof Metric.Simple simple ? Optional.of(simple) : Optional.empty();
    return new LineageEntry(metric.name(),
        inputs.stream().filter(input -> !model.rights().hides(input)).map(input -> lineage(input, model)).toList(),
        leaf.map(one -> one.measure().name()),
        leaf.map(one -> one.measure().dataset()), leaf.map(one -> LeafMetrics.dataset(one, model).source().toString()),
        leaf.map(one -> one.measure().aggregation().label() + "(" + ExprPrinter.print(one.measure().expr()) + ")"),
        leaf.stream().flatMap(one -> columns(one.measure().expr())).distinct().toList());
  }
}

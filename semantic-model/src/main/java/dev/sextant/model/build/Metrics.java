// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Dataset;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.yaml.def.DatasetDef;
import dev.sextant.model.yaml.def.MetricDef;
import dev.sextant.model.yaml.def.MetricDef.MetricKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds all metrics: simple ones first, because others are made of them. The result is in the order written, made ones last. */
final class Metrics {
  private final SimpleMetrics simple;
  private final MetricBuilder builder;

  Metrics(Scope scope, SimpleMetrics simple) {
    this.simple = simple;
    this.builder = new MetricBuilder(scope, simple);
  }

  List<Metric> build(List<MetricDef> defs, List<DatasetDef> datasetDefs, List<Dataset> datasets) {
    List<Metric.Simple> made = proxies(datasetDefs, datasets, defs);
    made.forEach(simple::declare);
    List<Optional<MetricKind>> kinds = defs.stream().map(builder::kind).toList();
    List<Optional<? extends Metric>> first = new ArrayList<>();
    for (int i = 0; i < defs.size(); i++) {
      first.add(simple(defs.get(i), kinds.get(i)));
    }
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < defs.size(); i++) {
      MetricDef def = defs.get(i);
      if (!isPrivate(def)) {
        first.get(i).ifPresent(metrics::add);
      }
      kinds.get(i).filter(kind -> kind != MetricKind.SIMPLE).<Metric>flatMap(kind -> builder.build(def, kind)).ifPresent(metrics::add);
    }
    metrics.addAll(made);
    return metrics;
  }

  /** What dbt makes of the measures of cumulative and conversion metrics when it compiles them. */
  private static boolean isPrivate(MetricDef def) {
    return Scope.isTrue(new Params(def).pick(MetricDef.Params::isPrivate));
  }

  private Optional<? extends Metric> simple(MetricDef def, Optional<MetricKind> kind) {
    Optional<? extends Metric> built = kind.filter(some -> some == MetricKind.SIMPLE).flatMap(some -> builder.build(def, some));
    built.ifPresentOrElse(metric -> simple.declare((Metric.Simple) metric), () -> simple.declareOther(Scope.name(def.name())));
    return built;
  }

  /** Metrics that measures ask for by create_metric. A compiled manifest holds them already. */
  private static List<Metric.Simple> proxies(List<DatasetDef> defs, List<Dataset> datasets, List<MetricDef> metrics) {
    Set<String> written = new HashSet<>(metrics.stream().map(def -> Scope.name(def.name())).toList());
    Map<String, Measure> byName = new HashMap<>();
    datasets.forEach(dataset -> dataset.measures().forEach(measure -> byName.putIfAbsent(measure.name(), measure)));
    return defs.stream()
        .flatMap(def -> MeasureBuilder.proxies(def.measures()))
        .filter(name -> !written.contains(name))
        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
        .map(MetricBuilder::proxy)
        .toList();
  }
}

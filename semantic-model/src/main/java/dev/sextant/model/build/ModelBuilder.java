// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Dataset;
import dev.sextant.model.Definitions;
import dev.sextant.model.Issues;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.Project;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeSpine;
import dev.sextant.model.yaml.def.DatasetDef;
import dev.sextant.model.yaml.def.FileDef;
import dev.sextant.model.yaml.def.MetricDef;
import dev.sextant.model.yaml.def.MetricDef.MetricKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds the model of a project from all its files; what cannot be built is left out and reported. */
public final class ModelBuilder {
  private final Project project;
  private final List<FileDef> files;
  private final Places places = new Places();
  private final Scope scope;
  private final MeasureBuilder measures;
  private final SimpleMetrics simple;

  private ModelBuilder(Project project, List<FileDef> files, Issues issues) {
    this.project = project;
    this.files = files;
    this.scope = new Scope(project, issues, places);
    this.measures = new MeasureBuilder(scope);
    this.simple = new SimpleMetrics(scope, measures);
  }

  public static Draft build(Project project, List<FileDef> files, Issues issues) {
    return new ModelBuilder(project, files, issues).draft();
  }

  private Draft draft() {
    Sources sources = new Sources(scope);
    List<TimeSpine> spines = new TimeSpines(scope, sources)
        .build(files.stream().flatMap(file -> file.projectConfiguration().stream()).toList());
    scope.declare(spines);
    List<DatasetDef> datasetDefs = both(FileDef::semanticModels, FileDef::semanticModel).filter(def -> !def.documentation().isDisabled())
        .toList();
    DatasetBuilder datasetBuilder = new DatasetBuilder(scope, sources, measures);
    List<Dataset> datasets = datasetDefs.stream().map(datasetBuilder::build).toList();
    simple.declare(datasets);
    List<MetricDef> metricDefs = both(FileDef::metrics, FileDef::metric).filter(def -> !def.documentation().isDisabled()).toList();
    List<Metric> metrics = metrics(metricDefs, proxies(datasetDefs, datasets, metricDefs));
    SavedQueries queries = new SavedQueries(scope);
    List<SavedQuery> saved = both(FileDef::savedQueries, FileDef::savedQuery).filter(def -> !def.documentation().isDisabled())
        .map(queries::build)
        .toList();
    Definitions definitions = new Definitions(datasets, metrics, spines, saved, all(FileDef::views, new Views(queries)::build),
        all(FileDef::rollups, new Rollups(scope, queries)::build), all(FileDef::featureViews, new FeatureViews(scope, queries)::build),
        all(FileDef::trainingSets, new TrainingSets(scope, sources)::build),
        all(FileDef::syncs, new Syncs(scope, queries, saved)::build).stream().flatMap(Optional::stream).toList(),
        all(FileDef::accessPolicies, new AccessPolicies(scope, queries)::build));
    Set<String> written = new LinkedHashSet<>(
        Stream.concat(metricDefs.stream().map(def -> Scope.name(def.name())), metrics.stream().map(Metric::name))
            .toList());
    return new Draft(new SemanticModel(project, definitions), written, places);
  }

  private <T> Stream<T> both(Function<FileDef, List<T>> many, Function<FileDef, Optional<T>> one) {
    return files.stream().flatMap(file -> Stream.concat(many.apply(file).stream(), one.apply(file).stream()));
  }

  private <D, T> List<T> all(Function<FileDef, List<D>> defs, Function<D, T> build) {
    return files.stream().flatMap(file -> defs.apply(file).stream()).map(build).toList();
  }

  /** A compiled manifest holds the metrics that create_metric made already. */
  private static List<Metric.Simple> proxies(List<DatasetDef> defs, List<Dataset> datasets, List<MetricDef> metrics) {
    List<String> written = metrics.stream().map(def -> Scope.name(def.name())).toList();
    Map<String, Measure> byName = new LinkedHashMap<>();
    datasets.forEach(dataset -> dataset.measures().forEach(measure -> byName.putIfAbsent(measure.name(), measure)));
    return defs.stream()
        .flatMap(def -> MeasureBuilder.proxies(def.measures()))
        .filter(name -> !written.contains(name))
        .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
        .map(MetricBuilder::proxy)
        .toList();
  }

  /** Simple metrics first, because others are made of them; the result is in the order written, proxies last. */
  private List<Metric> metrics(List<MetricDef> defs, List<Metric.Simple> proxies) {
    MetricBuilder builder = new MetricBuilder(scope, simple);
    List<Optional<MetricKind>> kinds = defs.stream().map(builder::kind).toList();
    List<Optional<? extends Metric>> built = new ArrayList<>();
    proxies.forEach(simple::declare);
    for (int i = 0; i < defs.size(); i++) {
      MetricDef def = defs.get(i);
      boolean isSimple = kinds.get(i).filter(kind -> kind == MetricKind.SIMPLE).isPresent();
      built.add(isSimple ? builder.build(def, MetricKind.SIMPLE) : Optional.empty());
      built.getLast().ifPresentOrElse(metric -> simple.declare((Metric.Simple) metric), () -> simple.declareOther(Scope.name(def.name())));
    }
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < defs.size(); i++) {
      MetricDef def = defs.get(i);
      kinds.get(i).filter(kind -> kind != MetricKind.SIMPLE).<Metric>flatMap(kind -> builder.build(def, kind)).ifPresent(metrics::add);
      built.get(i).ifPresent(metrics::add);
    }
    metrics.addAll(proxies);
    return metrics;
  }
}

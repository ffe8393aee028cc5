// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Dataset;
import dev.sextant.model.Definitions;
import dev.sextant.model.FeatureService;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.Project;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeSpine;
import dev.sextant.model.yaml.def.DatasetDef;
import dev.sextant.model.yaml.def.DbtModelDef;
import dev.sextant.model.yaml.def.FeatureServiceDef;
import dev.sextant.model.yaml.def.FileDef;
import dev.sextant.model.yaml.def.MetricDef;
import java.util.LinkedHashSet;
import java.util.List;
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
    DbtModels dbt = new DbtModels(scope);
    List<DbtModelDef> models = files.stream().flatMap(file -> file.models().stream()).toList();
    List<DbtModelDef> semantic = models.stream().filter(DbtModels::isSemantic).toList();
    models.forEach(dbt::checkMetricsHaveAHome);
    List<TimeSpine> spines = new TimeSpines(scope, sources).build(
        files.stream().flatMap(file -> file.projectConfiguration().stream()).toList(),
        models.stream().flatMap(model -> dbt.timeSpine(model).stream()).toList());
    scope.declare(spines);
    List<DatasetDef> datasetDefs = Stream
        .concat(both(FileDef::semanticModels, FileDef::semanticModel), semantic.stream().map(dbt::dataset))
        .filter(def -> !def.documentation().isDisabled())
        .toList();
    List<Dataset> datasets = datasetDefs.stream().map(new DatasetBuilder(scope, sources, measures)::build).toList();
    simple.declare(datasets);
    semantic.forEach(model -> model.metrics().forEach(metric -> simple.declareHome(metric, DbtModels.name(model))));
    List<MetricDef> metricDefs = Stream
        .concat(both(FileDef::metrics, FileDef::metric), semantic.stream().flatMap(model -> model.metrics().stream()))
        .filter(def -> !def.documentation().isDisabled())
        .toList();
    List<Metric> metrics = new Metrics(scope, simple).build(metricDefs, datasetDefs, datasets);
    SavedQueries queries = new SavedQueries(scope);
    List<SavedQuery> saved = both(FileDef::savedQueries, FileDef::savedQuery).filter(def -> !def.documentation().isDisabled())
        .map(queries::build)
        .toList();
    Definitions definitions = new Definitions(datasets, metrics, spines, saved, all(FileDef::views, new Views(queries)::build),
        all(FileDef::rollups, new Rollups(scope, queries)::build), all(FileDef::featureViews, new FeatureViews(scope, queries)::build),
        all(FileDef::featureServices, this::service),
        all(FileDef::trainingSets, new TrainingSets(scope, sources)::build),
        all(FileDef::syncs, new Syncs(scope, queries, saved)::build).stream().flatMap(Optional::stream).toList(),
        all(FileDef::accessPolicies, new AccessPolicies(scope, queries)::build));
    Set<String> written = new LinkedHashSet<>(
        Stream.concat(metricDefs.stream().map(def -> Scope.name(def.name())), metrics.stream().map(Metric::name))
            .toList());
    return new Draft(new SemanticModel(project, definitions), written, places);
  }

  private FeatureService service(FeatureServiceDef def) {
    FeatureService service = new FeatureService(Scope.name(def.name()), Scope.names(def.features()),
        Documentations.of(def.documentation()), def.name().position());
    places.put(service, "features", def.features());
    return service;
  }

  private <T> Stream<T> both(Function<FileDef, List<T>> many, Function<FileDef, Optional<T>> one) {
    return files.stream().flatMap(file -> Stream.concat(many.apply(file).stream(), one.apply(file).stream()));
  }

  private <D, T> List<T> all(Function<FileDef, List<D>> defs, Function<D, T> build) {
    return files.stream().flatMap(file -> defs.apply(file).stream()).map(build).toList();
  }
}

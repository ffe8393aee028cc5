// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Everything a project defines, valid and resolved. Immutable; an edit makes a new one. */
public final class SemanticModel {
  /** Beyond as many different rights, what is seen is made anew for every question. */
  private static final int MOST_REMEMBERED = 1_000;

  private final Project project;
  private final Definitions definitions;
  private final Map<String, Dataset> datasets;
  private final Map<String, Metric> metrics;
  private final Map<String, CustomGrain> customGrains = new LinkedHashMap<>();
  private final JoinGraph joins;
  private final Rights rights;
  private final SemanticModel whole;
  private final Map<Rights, SemanticModel> seen = new ConcurrentHashMap<>();

  public SemanticModel(Project project, Definitions definitions) {
    this.rights = Rights.ALL;
    this.whole = this;
    this.project = project;
    this.definitions = definitions;
    this.datasets = byName(definitions.datasets(), Dataset::name);
    this.metrics = byName(definitions.metrics(), Metric::name);
    definitions.timeSpines().forEach(spine -> spine.customGrains().forEach(grain -> customGrains.put(grain.label(), grain)));
    this.joins = new JoinGraph(definitions.datasets());
  }

  private SemanticModel(SemanticModel whole, Rights rights) {
    this.rights = rights;
    this.whole = whole;
    this.project = whole.project;
    this.definitions = whole.definitions;
    this.datasets = whole.datasets;
    this.metrics = whole.metrics;
    this.customGrains.putAll(whole.customGrains);
    this.joins = whole.joins;
  }

  /** The same model as a caller with the given rights sees it. */
  public SemanticModel seenWith(Rights others) {
    if (others.unrestricted()) {
      return whole;
    }
    SemanticModel known = whole.seen.get(others);
    SemanticModel view = known != null ? known : new SemanticModel(whole, others);
    if (known == null && whole.seen.size() < MOST_REMEMBERED) {
      whole.seen.put(others, view);
    }
    return view;
  }

  /** What is seen of it. */
  public Rights rights() {
    return rights;
  }

  public Project project() {
    return project;
  }

  public Calendar calendar() {
    return project.calendar();
  }

  /** All definitions, in the order of files and lines. */
  public Definitions definitions() {
    return definitions;
  }

  public List<Dataset> datasets() {
    return definitions.datasets();
  }

  /** The metrics that can be asked for. */
  public List<Metric> metrics() {
    return rights.hidden().isEmpty() ? definitions.metrics()
        : definitions.metrics().stream().filter(metric -> !rights.hides(metric)).toList();
  }

  public List<TimeSpine> timeSpines() {
    return definitions.timeSpines();
  }

  public JoinGraph joins() {
    return joins;
  }

  public Optional<Dataset> dataset(String name) {
    return Optional.ofNullable(datasets.get(name));
  }

  /** A metric that can be asked for. */
  public Optional<Metric> metric(String name) {
    return anyMetric(name).filter(metric -> !rights.hides(metric));
  }

  /** A metric that others are made from, also one that cannot be asked for. */
  public Optional<Metric> anyMetric(String name) {
    return Optional.ofNullable(metrics.get(name));
  }

  public Optional<CustomGrain> customGrain(String name) {
    return Optional.ofNullable(customGrains.get(name));
  }

  public List<CustomGrain> customGrains() {
    return List.copyOf(customGrains.values());
  }

  /** Finds a standard or custom grain by its name. */
  public Optional<Grain> grain(String name) {
    return TimeGrain.named(name).<Grain>map(Function.identity()).or(() -> customGrain(name));
  }

  public Optional<SavedQuery> savedQuery(String name) {
    return definitions.savedQueries().stream().filter(query -> query.name().equals(name)).findFirst();
  }

  public Optional<FeatureView> featureView(String name) {
    return definitions.featureViews().stream().filter(view -> view.name().equals(name)).findFirst();
  }

  public Optional<FeatureService> featureService(String name) {
    return definitions.featureServices().stream().filter(service -> service.name().equals(name)).findFirst();
  }

  public Optional<TrainingSet> trainingSet(String name) {
    return definitions.trainingSets().stream().filter(set -> set.name().equals(name)).findFirst();
  }

  public Optional<View> view(String name) {
    return definitions.views().stream().filter(view -> view.name().equals(name)).findFirst();
  }

  private static <T> Map<String, T> byName(List<T> items, Function<T, String> name) {
    Map<String, T> map = new LinkedHashMap<>();
    items.forEach(item -> map.put(name.apply(item), item));
    return map;
  }
}

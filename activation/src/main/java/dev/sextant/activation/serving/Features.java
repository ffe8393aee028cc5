// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.Activity;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import dev.sextant.activation.feature.FeatureBuild;
import dev.sextant.activation.feature.OnlineStores;
import dev.sextant.model.Definitions;
import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryPlanner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The feature views of a project as they are stored: brought there by runs and pushes, served, looked at, and forgotten. */
public final class Features implements AutoCloseable {
  private final Supplier<SemanticModel> model;
  private final Engines engines;
  private final OnlineStores stores;
  private final InstantSource clock;
  private final FeatureServing serving;
  private final FeaturePush push;

  /** Who answers questions about features and plans those about metrics, over the model without access policies. */
  public record Engines(FeatureEngine features, QueryPlanner<MetricQuery> metrics) {}

  /** {@code model} is the live one without access policies; {@code readOnly} opens stores only to look at them. */
  public Features(Supplier<SemanticModel> model, Engines engines, InstantSource clock, boolean readOnly) {
    this.model = model;
    this.engines = engines;
    this.clock = clock;
    this.stores = new OnlineStores(model.get().project(), readOnly);
    this.serving = new FeatureServing(stores, clock);
    this.push = new FeaturePush(stores, clock);
  }

  /** The same model without access policies: stored values are made from all rows, and rights are looked at when they are served. */
  public static SemanticModel whole(SemanticModel model) {
    Definitions all = model.definitions();
    return all.accessPolicies().isEmpty() ? model
        : new SemanticModel(model.project(), new Definitions(all.datasets(), all.metrics(), all.timeSpines(), all.savedQueries(),
            all.views(), all.rollups(), all.featureViews(), all.featureServices(), all.trainingSets(), all.syncs(), List.of()));
  }

  /** The run that materialises a view; nothing where no view has the name. */
  public Optional<Activity> build(String name) {
    return views().stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .map(view -> new FeatureBuild(view, new FeatureBuild.Surroundings(model.get(), engines.features(),
            engines.metrics(), stores.store(FeatureBuild.online(view).store()), clock)));
  }

  /** The views that are materialised. */
  public List<FeatureView> views() {
    return model.get().definitions().featureViews().stream().filter(view -> view.online().isPresent()).toList();
  }

  public FeatureServing serving() {
    return serving;
  }

  public FeaturePush push() {
    return push;
  }

  /** Whether there may be anything in the store of a view: who only looks makes none. */
  public boolean exist(FeatureView view) {
    return view.online().isPresent() && stores.exists(FeatureBuild.online(view).store());
  }

  /** Every stored version of a view that a caller may see, the latest begun first, and which one is served. */
  public StoredVersions versions(SemanticModel seen, String view) {
    FeatureView defined = FeatureServing.defined(seen, view);
    OnlineStore store = stores.store(FeatureBuild.online(defined).store());
    return new StoredVersions(store.versions(view), store.serving(view).map(FeatureVersion::id));
  }

  /** Versions that are stored, and the id of the one that is served. */
  public record StoredVersions(List<FeatureVersion> all, Optional<String> serving) {
    public StoredVersions {
      all = List.copyOf(all);
    }
  }

  /** Removes an entity from every store; {@code key} holds the parts of its key as text. Returns how many rows went. */
  public long erase(String entity, List<String> key) {
    return stores.erase(entity, key);
  }

  @Override
  public void close() {
    stores.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** The definitions of a project, each list in the order of files and lines. */
public record Definitions(
    List<Dataset> datasets,
    List<Metric> metrics,
    List<TimeSpine> timeSpines,
    List<SavedQuery> savedQueries,
    List<View> views,
    List<Rollup> rollups,
    List<FeatureView> featureViews,
    List<FeatureService> featureServices,
    List<TrainingSet> trainingSets,
    List<Sync> syncs,
    List<AccessPolicy> accessPolicies) {

  public Definitions {
    datasets = List.copyOf(datasets);
    metrics = List.copyOf(metrics);
    timeSpines = List.copyOf(timeSpines);
    savedQueries = List.copyOf(savedQueries);
    views = List.copyOf(views);
    rollups = List.copyOf(rollups);
    featureViews = List.copyOf(featureViews);
    featureServices = List.copyOf(featureServices);
    trainingSets = List.copyOf(trainingSets);
    syncs = List.copyOf(syncs);
    accessPolicies = List.copyOf(accessPolicies);
  }
}

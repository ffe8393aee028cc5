// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Definitions;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.build.Draft;
import java.util.HashMap;
import java.util.Map;

/** A name means one thing: within the project for definitions and measures, within its dataset for entities and dimensions. */
final class NamesAreUnique implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Definitions all = draft.model().definitions();
    Names datasets = new Names("semantic model", issues);
    Names measures = new Names("measure", issues);
    for (Dataset dataset : all.datasets()) {
      datasets.add(dataset.name(), dataset.position());
      dataset.measures().forEach(measure -> measures.add(measure.name(), measure.position()));
      Names elements = new Names("entity or dimension", issues);
      dataset.entities().forEach(entity -> elements.add(entity.name(), entity.position()));
      dataset.dimensions().forEach(dimension -> elements.add(dimension.name(), dimension.position()));
    }
    Names metrics = new Names("metric", issues);
    all.metrics().forEach(metric -> metrics.add(metric.name(), metric.header().position()));
    Names queries = new Names("saved query", issues);
    all.savedQueries().forEach(query -> queries.add(query.name(), query.position()));
    Names views = new Names("view", issues);
    all.views().forEach(view -> views.add(view.name(), view.position()));
    Names policies = new Names("access policy", issues);
    all.accessPolicies().forEach(policy -> policies.add(policy.name(), policy.position()));
    Names runnable = new Names("rollup, feature view, training set or sync", issues);
    all.rollups().forEach(rollup -> runnable.add(rollup.name(), rollup.position()));
    all.featureViews().forEach(view -> runnable.add(view.name(), view.position()));
    all.featureServices().forEach(service -> runnable.add(service.name(), service.position()));
    all.trainingSets().forEach(set -> runnable.add(set.name(), set.position()));
    all.syncs().forEach(sync -> runnable.add(sync.name(), sync.position()));
  }

  /** The names of one kind. */
  private record Names(String what, Map<String, Position> first, Issues issues) {
    Names(String what, Issues issues) {
      this(what, new HashMap<>(), issues);
    }

    void add(String name, Position at) {
      Position before = first.putIfAbsent(name, at);
      if (before != null) {
        issues.add(ModelIssue.DUPLICATE_NAME, at, what + " '" + name + "' is defined twice; first at " + before);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.DatePart;
import dev.sextant.model.Definitions;
import dev.sextant.model.Issues;
import dev.sextant.model.Measure;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.build.Draft;
import java.util.regex.Pattern;

/** Names are made so that {@code a__b__month} can be taken apart in one way only. */
final class NamesAreValid implements ModelCheck {
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9_]*[a-z0-9])?");
  private static final String METRIC_TIME = "metric_time";
  private static final String EXTRACT = "extract_";

  @Override
  public void check(Draft draft, Issues issues) {
    SemanticModel model = draft.model();
    Definitions all = model.definitions();
    for (Dataset dataset : all.datasets()) {
      plain(dataset.name(), "semantic model", dataset.position(), issues);
      dataset.entities().forEach(entity -> element(model, entity.name(), "entity", entity.position(), issues));
      dataset.primaryEntity()
          .ifPresent(name -> element(model, name, "entity", draft.places().of(dataset, "primary_entity", dataset.position()), issues));
      dataset.dimensions().forEach(dimension -> element(model, dimension.name(), "dimension", dimension.position(), issues));
      for (Measure measure : dataset.measures()) {
        plain(measure.name(), "measure", measure.position(), issues);
      }
    }
    all.metrics().forEach(metric -> element(model, metric.name(), "metric", metric.header().position(), issues));
    all.savedQueries().forEach(query -> plain(query.name(), "saved query", query.position(), issues));
    all.views().forEach(view -> plain(view.name(), "view", view.position(), issues));
    all.rollups().forEach(rollup -> plain(rollup.name(), "rollup", rollup.position(), issues));
    all.featureViews().forEach(view -> plain(view.name(), "feature view", view.position(), issues));
    all.featureViews()
        .forEach(view -> view.features()
            .forEach(feature -> plain(feature.name().replace("__", "_"), "feature", draft.places().of(feature, "feature", view.position()),
                issues)));
    all.featureServices().forEach(service -> plain(service.name(), "feature service", service.position(), issues));
    all.trainingSets().forEach(set -> plain(set.name(), "training set", set.position(), issues));
    all.syncs().forEach(sync -> plain(sync.name(), "sync", sync.position(), issues));
    all.accessPolicies().forEach(policy -> plain(policy.name(), "access policy", policy.position(), issues));
    for (CustomGrain grain : model.customGrains()) {
      plain(grain.label(), "custom granularity", Position.NOWHERE, issues);
    }
  }

  private static boolean plain(String name, String what, Position at, Issues issues) {
    boolean valid = NAME.matcher(name).matches() && !name.contains("__");
    if (!valid) {
      issues.add(ModelIssue.INVALID_NAME, at, what + " '" + name
          + "' needs another name: lower-case letters, digits and single underscores, a letter first, no underscore last");
    }
    return valid;
  }

  private static void element(SemanticModel model, String name, String what, Position at, Issues issues) {
    if (plain(name, what, at, issues) && isReserved(model, name)) {
      issues.add(ModelIssue.RESERVED_NAME, at, what + " '" + name + "' needs another name: in queries this one means a time or a grain");
    }
  }

  private static boolean isReserved(SemanticModel model, String name) {
    boolean part = name.startsWith(EXTRACT) && DatePart.named(name.substring(EXTRACT.length())).isPresent();
    boolean grain = TimeGrain.named(name).filter(found -> found.label().equals(name)).isPresent() || model.customGrain(name).isPresent();
    return name.equals(METRIC_TIME) || part || grain;
  }
}

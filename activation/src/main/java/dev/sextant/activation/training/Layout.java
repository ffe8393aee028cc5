// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.model.FeatureView;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import dev.sextant.query.FeatureQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a training set asks for, and what each column of the answer is. */
record Layout(TrainingSet set, FeatureQuery query, List<String> keys) {

  static Layout of(TrainingSet set, SemanticModel model) {
    List<String> keys = new ArrayList<>();
    set.spine().entities().forEach(entity -> keys.addAll(FeatureQuery.keyColumns(entity, parts(entity, model))));
    FeatureQuery.Spine rows = new FeatureQuery.Spine.Rows(set.spine().source(), set.spine().warehouse(), keys, set.spine().at(),
        set.spine().label().stream().toList());
    return new Layout(set, new FeatureQuery(FeatureQuery.asked(set.features(), model), set.spine().entities(), rows), keys);
  }

  private static int parts(String entity, SemanticModel model) {
    return model.joins()
        .holders(entity)
        .stream()
        .flatMap(dataset -> dataset.entities().stream())
        .filter(held -> held.target().equals(entity))
        .findFirst()
        .map(held -> held.keys().size())
        .orElse(1);
  }

  Optional<String> label() {
    return set.spine().label();
  }

  /** The columns of the newest event times. */
  List<String> eventTimes() {
    return query.views().stream().map(FeatureQuery.Asked::view).map(query::eventTime).toList();
  }

  /** What a column is: a key, the instant, the label, an event time or a feature. */
  String role(String column) {
    if (keys.contains(column)) {
      return "key";
    }
    if (column.equals(FeatureQuery.AT)) {
      return "at";
    }
    if (label().filter(column::equals).isPresent()) {
      return "label";
    }
    return eventTimes().contains(column) ? "event_time" : "feature";
  }

  /** The views with the features asked of each. */
  List<FeatureView> views() {
    return query.views().stream().map(FeatureQuery.Asked::view).toList();
  }
}

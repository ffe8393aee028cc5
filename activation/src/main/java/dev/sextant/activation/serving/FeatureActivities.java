// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.RunKind;
import dev.sextant.model.FeatureView;
import dev.sextant.model.Sync;
import java.util.List;
import java.util.Optional;

/** The feature views that are materialised. */
public record FeatureActivities(Features features) implements ActivitySource {

  @Override
  public RunKind kind() {
    return RunKind.FEATURE_VIEW;
  }

  @Override
  public List<Wish> wishes() {
    return features.views()
        .stream()
        .map(view -> new Wish(view.name(),
            new Sync.Schedule(Optional.empty(), view.online().flatMap(FeatureView.Online::schedule), Optional.empty())))
        .toList();
  }

  @Override
  public Optional<Activity> find(String name) {
    return features.build(name);
  }

  @Override
  public List<String> erase(Erasure erasure) {
    long rows = features.erase(erasure.entity(), erasure.key());
    return rows == 0 ? List.of() : List.of(rows + " rows of stored features");
  }
}

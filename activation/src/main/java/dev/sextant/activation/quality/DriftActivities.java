// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.quality;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.RunKind;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.FeatureEngine;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the drift of a model's training sets, each on its schedule or when somebody says so. */
public record DriftActivities(Supplier<SemanticModel> model, FeatureEngine engine, InstantSource clock) implements ActivitySource {

  @Override
  public RunKind kind() {
    return RunKind.DRIFT;
  }

  @Override
  public List<Wish> wishes() {
    return model.get().definitions().trainingSets().stream().map(set -> new Wish(set.name(), set.drift())).toList();
  }

  @Override
  public Optional<Activity> find(String name) {
    SemanticModel current = model.get();
    return current.trainingSet(name)
        .map(set -> new DriftActivity(set, current, current.project().trainingFolder().resolve(name), engine, clock));
  }
}

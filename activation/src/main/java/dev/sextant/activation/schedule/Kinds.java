// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.export.ExportActivities;
import dev.sextant.activation.feature.DefinitionText;
import dev.sextant.activation.quality.DriftActivities;
import dev.sextant.activation.rollup.RollupActivities;
import dev.sextant.activation.run.SavedQuestions;
import dev.sextant.activation.sync.SyncActivities;
import dev.sextant.activation.training.TrainingActivities;
import java.util.ArrayList;
import java.util.List;

/** All kinds of what can be run: one line a kind. */
final class Kinds {
  private Kinds() {}

  static List<ActivitySource> of(Surroundings with, Surroundings.Stores stores) {
    SavedQuestions questions = new SavedQuestions(with.model(), with.planner(), with.versions());
    List<ActivitySource> kinds = new ArrayList<>();
    kinds.add(new SyncActivities(with.model(), questions, new SyncActivities.Stores(stores.runs(), stores.ledger()), with.clock()));
    kinds.add(new ExportActivities(with.model(), questions, with.warehouses()));
    with.rollups()
        .ifPresent(planner -> kinds.add(new RollupActivities(with.model(),
            new RollupActivities.Tools(planner, with.warehouses(), stores.rollups(), with.clock()))));
    with.features().ifPresent(engine -> {
      kinds.add(new TrainingActivities(with.model(), engine, DefinitionText::of, with.clock()));
      kinds.add(new DriftActivities(with.model(), engine, with.clock()));
    });
    return kinds;
  }
}

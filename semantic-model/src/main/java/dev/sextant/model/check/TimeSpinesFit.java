// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeSpine;
import dev.sextant.model.build.Draft;
import java.util.HashMap;
import java.util.Map;

/** Custom grains have names of their own, and one time spine per grain is enough. */
final class TimeSpinesFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Map<TimeGrain, TimeSpine> byGrain = new HashMap<>();
    Map<String, TimeSpine> byName = new HashMap<>();
    for (TimeSpine spine : draft.model().timeSpines()) {
      Position at = draft.places().of(spine, "grain", Position.NOWHERE);
      TimeSpine before = byGrain.putIfAbsent(spine.grain(), spine);
      if (before != null) {
        issues.warn(at, "there are two time spines of grain " + spine.grain().label() + ": '" + before.source() + "' and '" + spine.source()
            + "'");
      }
      for (CustomGrain grain : spine.customGrains()) {
        Position place = draft.places().of(spine, "custom." + grain.label(), at);
        if (TimeGrain.named(grain.label()).isPresent()) {
          issues.add(ModelIssue.RESERVED_NAME, place, "custom granularity '" + grain.label() + "' has the name of a standard grain");
        }
        if (byName.putIfAbsent(grain.label(), spine) != null) {
          issues.add(ModelIssue.DUPLICATE_NAME, place, "custom granularity '" + grain.label() + "' is defined twice");
        }
      }
    }
  }
}

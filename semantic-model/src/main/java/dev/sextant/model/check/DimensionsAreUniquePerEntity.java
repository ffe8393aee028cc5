// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.build.Draft;
import java.util.HashMap;
import java.util.Map;

/** {@code user__country} means one dimension: datasets with the same primary entity have different dimensions. */
final class DimensionsAreUniquePerEntity implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Map<String, Dimension> first = new HashMap<>();
    for (Dataset dataset : draft.model().datasets()) {
      dataset.primaryEntity().ifPresent(entity -> dataset.dimensions().forEach(dimension -> {
        Dimension before = first.putIfAbsent(entity + "__" + dimension.name(), dimension);
        boolean elsewhere = before != null && dataset.dimensions().stream().noneMatch(own -> own.equals(before));
        if (elsewhere) {
          issues.add(ModelIssue.DUPLICATE_NAME, dimension.position(), "'" + entity + "__" + dimension.name()
              + "' would mean two dimensions: this one and the one at " + before.position() + "; rename one");
        }
      }));
    }
  }
}

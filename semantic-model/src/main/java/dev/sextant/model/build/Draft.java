// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.SemanticModel;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The model as far as it could be built, and what checks need beside it: the names of all metrics that are written, and where things stand.
 */
public record Draft(SemanticModel model, Set<String> writtenMetrics, Places places) {

  public Draft {
    writtenMetrics = Collections.unmodifiableSet(new LinkedHashSet<>(writtenMetrics));
  }
}

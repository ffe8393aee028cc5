// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.TimeWindow;
import java.util.List;

/** A measure over the rows of a window that pass filters. */
record WindowedLeaf(Measure measure, List<Expr> filters, TimeWindow window) {

  WindowedLeaf {
    filters = List.copyOf(filters);
  }

  /** What leaves that one join of rows to instants can compute have in common. */
  Group group() {
    boolean alone = measure.aggregation() == Aggregation.CUSTOM;
    return new Group(measure.dataset(), measure.timeDimension().orElse(""), alone ? List.of(this) : List.of());
  }

  /** A dataset at one of its times; an aggregate in the warehouse's own SQL is alone, since no condition can be put on its rows. */
  record Group(String dataset, String timeDimension, List<WindowedLeaf> alone) {}
}

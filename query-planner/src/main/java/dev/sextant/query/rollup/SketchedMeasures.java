// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Measure;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.RolledUp;
import dev.sextant.query.sketch.DistinctSketch;
import dev.sextant.query.sketch.QuantileSketch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Measures in a table of sketches: what merges as it is everywhere, distinct counts and percentiles as sketches, and nothing else. */
final class SketchedMeasures {
  private static final double PERCENT = 100;

  private SketchedMeasures() {}

  static Optional<RollupTable.Held> held(String name, Measure measure, Set<String> taken) {
    if (measure.isEstimable()) {
      RolledUp.Part sketch = new RolledUp.Part("", RollupLayout.free(name + "_sketch", taken),
          PlanNode.Function.of(measure, PlanNode.Form.ESTIMATE));
      return Optional.of(new RollupTable.Held(new RolledUp.Measured(measure, List.of(sketch)), RollupTable.Holding.ESTIMATES));
    }
    return RollupLayout.held(name, measure, taken).filter(held -> held.holding() == RollupTable.Holding.MERGES);
  }

  /** What is to be told of estimates of a measure. */
  static String error(String name, Measure measure) {
    return measure.aggregation() == Aggregation.COUNT_DISTINCT
        ? String.format(Locale.ROOT, "%s within %.1f %%", name, PERCENT * DistinctSketch.error())
        : String.format(Locale.ROOT, "%s within %.1f %% of ranks", name, PERCENT * QuantileSketch.error());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.bind.LeafMetrics;

/** Tells whether a question reads single rows whatever is rolled up: conversions go from event to event, and values of items are no metrics. */
final class RowsRead {
  private RowsRead() {}

  static boolean beyondRollups(BoundQuery bound) {
    return bound.metrics().isEmpty()
        || bound.metrics().stream().anyMatch(asked -> converts(asked.metric(), bound.model()));
  }

  private static boolean converts(Metric metric, SemanticModel model) {
    return switch (metric) {
      case Metric.Simple simple -> false;
      case Metric.Cumulative cumulative -> false;
      case Metric.Conversion conversion -> true;
      case Metric.Ratio ratio -> converts(ratio.numerator(), model) || converts(ratio.denominator(), model);
      case Metric.Derived derived -> derived.inputs().stream().anyMatch(input -> converts(input, model));
    };
  }

  private static boolean converts(MetricInput input, SemanticModel model) {
    return converts(LeafMetrics.input(input, model), model);
  }
}

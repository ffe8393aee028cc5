// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.build.Draft;
import java.util.List;

/** Metrics are made of metrics that exist. */
final class MetricInputsExist implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    for (Metric metric : draft.model().metrics()) {
      for (MetricInput input : inputs(metric)) {
        if (!draft.writtenMetrics().contains(input.metric())) {
          issues.unknown(ModelIssue.UNKNOWN_METRIC, input.position(), "metric '" + input.metric() + "' is not defined.", input.metric(),
              draft.writtenMetrics());
        }
      }
    }
  }

  /** The metrics a metric is made of. */
  static List<MetricInput> inputs(Metric metric) {
    return switch (metric) {
      case Metric.Ratio ratio -> List.of(ratio.numerator(), ratio.denominator());
      case Metric.Derived derived -> derived.inputs();
      case Metric.Simple any -> List.of();
      case Metric.Cumulative any -> List.of();
      case Metric.Conversion any -> List.of();
    };
  }
}

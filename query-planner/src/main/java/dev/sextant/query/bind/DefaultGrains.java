// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import java.util.List;
import java.util.Optional;

/** The grain of {@code metric_time} where a question names none: the coarsest that one of its metrics prefers. */
public final class DefaultGrains {
  private DefaultGrains() {}

  /** Returns the grain, or nothing for a question without metrics. */
  public static Optional<TimeGrain> of(List<Metric> metrics, SemanticModel model) {
    return metrics.stream().map(metric -> of(metric, model)).reduce(TimeGrain::coarser);
  }

  /** A metric prefers what it says, else days or, where its times are coarser, their grain. */
  private static TimeGrain of(Metric metric, SemanticModel model) {
    return metric.header()
        .defaultGrain()
        .filter(TimeGrain.class::isInstance)
        .map(TimeGrain.class::cast)
        .orElseGet(() -> LeafMetrics.withConversions(metric, model)
            .stream()
            .flatMap(leaf -> time(leaf, model).stream())
            .map(Dimension.Time::grain)
            .reduce(TimeGrain.DAY, TimeGrain::coarser));
  }

  private static Optional<Dimension.Time> time(Metric.Simple leaf, SemanticModel model) {
    Dataset dataset = LeafMetrics.dataset(leaf, model);
    return leaf.measure().timeDimension().flatMap(dataset::timeDimension);
  }
}

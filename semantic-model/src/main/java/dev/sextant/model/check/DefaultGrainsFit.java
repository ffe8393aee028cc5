// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dimension;
import dev.sextant.model.Issues;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.build.Draft;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The grain of metric_time where a query names none is not finer than the times it truncates. */
final class DefaultGrainsFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    for (Metric metric : draft.model().metrics()) {
      metric.header().defaultGrain().ifPresent(grain -> {
        TimeGrain asked = switch (grain) {
          case TimeGrain standard -> standard;
          case CustomGrain custom -> custom.base();
        };
        measures(draft, metric, new HashSet<>()).flatMap(measure -> grain(draft, measure).stream())
            .filter(asked::isFinerThan)
            .findFirst()
            .ifPresent(finest -> issues.add(ModelIssue.INVALID_METRIC,
                draft.places().of(metric, "time_granularity", metric.header().position()),
                "time_granularity " + grain.label() + " of metric '" + metric.name() + "' is finer than its data, which has grain "
                    + finest.label()));
      });
    }
  }

  private static Optional<TimeGrain> grain(Draft draft, Measure measure) {
    return draft.model()
        .dataset(measure.dataset())
        .flatMap(dataset -> measure.timeDimension().flatMap(dataset::timeDimension))
        .map(Dimension.Time::grain);
  }

  private static Stream<Measure> measures(Draft draft, Metric metric, Set<String> seen) {
    if (!seen.add(metric.name())) {
      return Stream.of();
    }
    return switch (metric) {
      case Metric.Simple simple -> Stream.of(simple.measure());
      case Metric.Cumulative cumulative -> Stream.of(cumulative.input().measure());
      case Metric.Conversion conversion -> Stream.of(conversion.base().measure(), conversion.conversion().measure());
      case Metric.Ratio any -> inputs(draft, metric, seen);
      case Metric.Derived any -> inputs(draft, metric, seen);
    };
  }

  private static Stream<Measure> inputs(Draft draft, Metric metric, Set<String> seen) {
    return MetricInputsExist.inputs(metric)
        .stream()
        .map(MetricInput::metric)
        .flatMap(name -> draft.model().metric(name).stream())
        .flatMap(input -> measures(draft, input, seen));
  }
}

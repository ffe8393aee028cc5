// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Issues;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.build.Draft;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures have as many arguments as their aggregation; what they must not be added up over is a time of the same grain. */
final class MeasuresFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Stream<Measure> own = draft.model()
        .metrics()
        .stream()
        .filter(Metric.Simple.class::isInstance)
        .map(metric -> ((Metric.Simple) metric).measure());
    Stream.concat(draft.model().datasets().stream().flatMap(dataset -> dataset.measures().stream()), own)
        .distinct()
        .forEach(measure -> check(draft, measure, issues));
  }

  private static void check(Draft draft, Measure measure, Issues issues) {
    int wanted = measure.aggregation() == Aggregation.CORRELATION ? 2 : 1;
    int given = 1 + measure.furtherArguments().size();
    if (given != wanted && measure.aggregation() != Aggregation.CUSTOM) {
      issues.add(ModelIssue.INVALID_MEASURE, measure.position(), "measure '" + measure.name() + "' has " + given
          + " expressions; agg " + measure.aggregation().label() + " takes " + wanted);
    }
    draft.model()
        .dataset(measure.dataset())
        .ifPresent(dataset -> measure.nonAdditive().ifPresent(nonAdditive -> check(draft, dataset, measure, nonAdditive, issues)));
  }

  private static void check(Draft draft, Dataset dataset, Measure measure, Measure.NonAdditive nonAdditive, Issues issues) {
    Position at = draft.places().of(measure, "non_additive_dimension", measure.position());
    Optional<Dimension> dimension = dataset.dimension(nonAdditive.dimension());
    if (dimension.isEmpty()) {
      issues.unknown(ModelIssue.UNKNOWN_DIMENSION, at,
          "non-additive dimension '" + nonAdditive.dimension() + "' is not defined in semantic model '" + dataset.name() + "'.",
          nonAdditive.dimension(), dataset.dimensions().stream().map(Dimension::name).toList());
    } else if (dimension.get() instanceof Dimension.Time time) {
      sameGrain(dataset, measure, time, at, issues);
    } else {
      issues.add(ModelIssue.INVALID_MEASURE, at, "non-additive dimension '" + nonAdditive.dimension() + "' is no time dimension");
    }
    for (String entity : nonAdditive.windowGroupings()) {
      if (dataset.entity(entity).isEmpty()) {
        issues.unknown(ModelIssue.UNKNOWN_ENTITY, draft.places().of(measure, "window_groupings." + entity, at),
            "window grouping '" + entity + "' is no entity of semantic model '" + dataset.name() + "'.", entity,
            dataset.entities().stream().map(Entity::name).toList());
      }
    }
  }

  private static void sameGrain(Dataset dataset, Measure measure, Dimension.Time time, Position at, Issues issues) {
    Optional<TimeGrain> own = measure.timeDimension().flatMap(dataset::timeDimension).map(Dimension.Time::grain);
    own.filter(grain -> grain != time.grain())
        .ifPresent(grain -> issues.add(ModelIssue.INVALID_MEASURE, at, "non-additive dimension '" + time.name() + "' has grain "
            + time.grain().label() + ", but measure '" + measure.name() + "' is aggregated over time of grain " + grain.label()));
  }
}

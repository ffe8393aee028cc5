// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Issues;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.build.Draft;
import java.util.List;

/** What metric_time means for a measure is a time dimension of its dataset. */
final class TimeDimensionsExist implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    for (Dataset dataset : draft.model().datasets()) {
      Position at = draft.places().of(dataset, "agg_time_dimension", dataset.position());
      dataset.defaultTimeDimension().ifPresent(name -> check(dataset, name, at, issues));
      dataset.measures().forEach(measure -> check(draft, dataset, measure, issues));
    }
    for (Metric metric : draft.model().metrics()) {
      if (metric instanceof Metric.Simple simple && simple.measure().position().equals(simple.header().position())) {
        draft.model().dataset(simple.measure().dataset()).ifPresent(dataset -> check(draft, dataset, simple.measure(), issues));
      }
    }
  }

  private static void check(Draft draft, Dataset dataset, Measure measure, Issues issues) {
    boolean own = !measure.timeDimension().equals(dataset.defaultTimeDimension());
    Position at = draft.places().of(measure, "agg_time_dimension", measure.position());
    measure.timeDimension().filter(name -> own).ifPresent(name -> check(dataset, name, at, issues));
  }

  private static void check(Dataset dataset, String name, Position at, Issues issues) {
    List<String> times = dataset.dimensions().stream().filter(Dimension.Time.class::isInstance).map(Dimension::name).toList();
    if (times.contains(name)) {
      return;
    }
    if (dataset.dimension(name).isPresent()) {
      issues.add(ModelIssue.INVALID_DIMENSION, at, "dimension '" + name + "' is no time dimension");
    } else {
      issues.unknown(ModelIssue.UNKNOWN_DIMENSION, at,
          "time dimension '" + name + "' is not defined in semantic model '" + dataset.name() + "'.", name, times);
    }
  }
}

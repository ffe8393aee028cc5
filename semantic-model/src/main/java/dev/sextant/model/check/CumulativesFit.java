// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Grain;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.TimeWindow;
import dev.sextant.model.build.Draft;
import java.util.Optional;

/** A cumulative metric runs over a window, or since the start of a period, or over all time; in standard grains and over a known time. */
final class CumulativesFit implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    for (Metric metric : draft.model().metrics()) {
      if (metric instanceof Metric.Cumulative cumulative) {
        check(draft, cumulative, issues);
      }
    }
  }

  private static void check(Draft draft, Metric.Cumulative metric, Issues issues) {
    Position window = draft.places().of(metric, "window", metric.header().position());
    Position toDate = draft.places().of(metric, "grain_to_date", metric.header().position());
    if (metric.window().isPresent() && metric.grainToDate().isPresent()) {
      issues.add(ModelIssue.CONFLICTING_KEYS, toDate,
          "cumulative metric '" + metric.name() + "' has a window and a grain_to_date; give it one");
    }
    standard(metric.window().map(TimeWindow::grain), "window", window, issues);
    standard(metric.grainToDate(), "grain_to_date", toDate, issues);
    boolean needsTime = metric.window().isPresent() || metric.grainToDate().isPresent();
    if (needsTime && metric.input().measure().timeDimension().isEmpty()) {
      issues.add(ModelIssue.INVALID_METRIC, metric.header().position(),
          "cumulative metric '" + metric.name() + "' runs over time, but measure '"
              + metric.input().measure().name() + "' has no agg_time_dimension");
    }
  }

  private static void standard(Optional<Grain> grain, String key, Position at, Issues issues) {
    grain.filter(CustomGrain.class::isInstance)
        .ifPresent(custom -> issues.add(ModelIssue.INVALID_METRIC, at,
            key + " needs a standard grain, but '" + custom.label() + "' is a custom one"));
  }
}

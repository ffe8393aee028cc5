// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.MetricInput;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.build.Draft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** No metric is made of itself, not even in several steps. */
final class MetricsHaveNoCycles implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Set<String> done = new HashSet<>();
    draft.model().metrics().forEach(metric -> walk(draft, metric, new ArrayList<>(), done, issues));
  }

  private static void walk(Draft draft, Metric metric, List<String> path, Set<String> done, Issues issues) {
    int start = path.indexOf(metric.name());
    if (start >= 0) {
      String cycle = path.subList(start, path.size()).stream().map(name -> "'" + name + "'").collect(Collectors.joining(" needs "));
      issues.add(ModelIssue.METRIC_CYCLE, metric.header().position(), "metric '" + metric.name() + "' is made of itself: " + cycle
          + " needs '" + metric.name() + "'");
      return;
    }
    if (!done.contains(metric.name())) {
      path.add(metric.name());
      for (MetricInput input : MetricInputsExist.inputs(metric)) {
        draft.model().metric(input.metric()).ifPresent(next -> walk(draft, next, path, done, issues));
      }
      path.removeLast();
      done.add(metric.name());
    }
  }
}

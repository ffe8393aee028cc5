// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Dataset;
import dev.sextant.model.Documentation;
import dev.sextant.model.Issues;
import dev.sextant.model.Metric;
import dev.sextant.model.Position;
import dev.sextant.model.build.Draft;
import java.util.HashMap;
import java.util.Map;

/** Two things with the same label cannot be told apart by people. */
final class LabelsAreUnique implements ModelCheck {

  @Override
  public void check(Draft draft, Issues issues) {
    Map<String, String> metrics = new HashMap<>();
    for (Metric metric : draft.model().metrics()) {
      add(metrics, "metric", metric.name(), metric.header().documentation(), metric.header().position(), issues);
    }
    Map<String, String> datasets = new HashMap<>();
    for (Dataset dataset : draft.model().datasets()) {
      add(datasets, "semantic model", dataset.name(), dataset.documentation(), dataset.position(), issues);
    }
  }

  private static void add(Map<String, String> owners, String what, String name, Documentation documentation, Position at, Issues issues) {
    documentation.label().ifPresent(label -> {
      String before = owners.putIfAbsent(label, name);
      if (before != null && !before.equals(name)) {
        issues.warn(at, what + " '" + name + "' has the label '" + label + "' of '" + before + "'");
      }
    });
  }
}

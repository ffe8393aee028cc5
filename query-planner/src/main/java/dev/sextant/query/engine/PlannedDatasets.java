// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.plan.node.PlanNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which datasets plans read. */
final class PlannedDatasets {
  private PlannedDatasets() {}

  static List<String> of(List<PlanNode> plans) {
    Set<String> names = new LinkedHashSet<>();
    plans.forEach(plan -> collect(plan, names));
    return List.copyOf(names);
  }

  private static void collect(PlanNode node, Set<String> names) {
    if (node instanceof PlanNode.Scan scan) {
      names.add(scan.dataset().name());
    }
    node.inputs().forEach(input -> collect(input, names));
  }
}

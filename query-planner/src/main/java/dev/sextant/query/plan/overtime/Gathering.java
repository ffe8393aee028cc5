// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Measure;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a cumulative metric's rows are gathered up. */
enum Gathering {
  /** Aggregated by period, then run over the calendar by window functions. */
  RUNNING,
  /** By the instants at which each distinct value enters and leaves. */
  DISTINCT,
  /** Each row beside every instant that sees it: the only way for percentiles and the like. */
  ROWS;

  static Gathering of(BranchRows branch, OverTime over) {
    List<Gathering> all = branch.branch().measures().values().stream().map(measure -> of(measure, branch, over)).distinct().toList();
    boolean one = all.size() == 1 && (all.getFirst() != DISTINCT || branch.branch().measures().size() == 1);
    return one ? all.getFirst() : ROWS;
  }

  private static Gathering of(Measure measure, BranchRows branch, OverTime over) {
    if (branch.branch().key().nonAdditive().isPresent()) {
      return ROWS;
    }
    boolean merges = measure.aggregation().merges();
    if (merges || over.keepsOnlyItems() && measure.aggregation() == Aggregation.AVERAGE) {
      return RUNNING;
    }
    boolean counts = measure.aggregation() == Aggregation.COUNT_DISTINCT && over.keepsOnlyItems()
        && DistinctChanges.canCount(over.accumulation().flatMap(Branch.Accumulation::window), over.grain);
    return counts ? DISTINCT : ROWS;
  }

  /** The branch's measures, parted by how they are gathered up; distinct counts each alone. */
  static List<Map<String, Measure>> parted(BranchRows branch) {
    OverTime over = new OverTime(branch);
    Map<String, Map<String, Measure>> parts = new LinkedHashMap<>();
    branch.branch().measures().forEach((name, measure) -> {
      Gathering gathering = of(measure, branch, over);
      String part = gathering == DISTINCT ? gathering + name : gathering.name();
      parts.computeIfAbsent(part, any -> new LinkedHashMap<>()).put(name, measure);
    });
    return List.copyOf(parts.values());
  }
}

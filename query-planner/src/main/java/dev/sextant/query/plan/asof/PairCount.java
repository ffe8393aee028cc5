// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.Pruning;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Estimates how many pairs of an instant and an event there are, by those of some instants; distinct rows come in an order close to chance. */
record PairCount(long instants, long events, long pairs) {
  private static final long SAMPLE = 1_000;
  /** A pair takes about a quarter of the time of a row that running totals are made of or looked up. */
  private static final long PAIRS_PER_ROW = 4;

  static PairCount of(PlanNode instants, EventRows events, RangeShape range, Volumes volumes) {
    PlanNode some = new PlanNode.Sort(instants, List.of(), OptionalLong.empty(), OptionalLong.of(SAMPLE));
    PlanNode all = new PlanNode.Combine(List.of(count(instants, "instants"), count(events.plan(), "events"),
        count(range.pairs(some), "pairs")), List.of());
    List<Long> counts = volumes.counts(Pruning.prune(all));
    long instantCount = counts.get(0);
    long perSample = counts.get(2);
    return new PairCount(instantCount, counts.get(1), instantCount > SAMPLE ? perSample * instantCount / SAMPLE : perSample);
  }

  private static PlanNode count(PlanNode rows, String name) {
    List<PlanNode.Aggregated> counted = new ArrayList<>(List.of(PlanNode.Aggregated.of(name, Aggregation.COUNT, Expr.number(1))));
    return new PlanNode.Aggregate(rows, List.of(), counted);
  }

  /** Whether running totals, looked up {@code lookups} times for each instant, are less work than the pairs. */
  boolean areMany(int lookups) {
    return pairs > PAIRS_PER_ROW * (events + instants * lookups);
  }
}

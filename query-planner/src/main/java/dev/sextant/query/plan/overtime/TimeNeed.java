// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.TimeGrain;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.time.Bounds;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import java.util.Optional;

/**
 * What a branch must know of the times of its rows, beside what its items and filters name: the {@code grain} of the periods it works on if it
 * works on any, the bounds it reads rows within, and whether groups of rows with partial results will do.
 */
public record TimeNeed(Optional<TimeGrain> grain, Bounds bounds, boolean takesParts) {

  public static TimeNeed of(BranchRows rows) {
    Branch.Key key = rows.branch().key();
    boolean overTime = !rows.timeItems().isEmpty() && (key.accumulation().isPresent() || key.shift().isPresent());
    if (!overTime) {
      return new TimeNeed(Optional.empty(), asked(rows), true);
    }
    OverTime over = OverTime.overGroups(rows);
    boolean running = key.accumulation().isEmpty() || Gathering.of(rows, over) == Gathering.RUNNING;
    return new TimeNeed(Optional.of(over.grain), over.happenedBounds(), running && key.nonAdditive().isEmpty());
  }

  private static Bounds asked(BranchRows rows) {
    Planning planning = rows.planning();
    return planning.range()
        .map(range -> Bounds.of(Ranges.span(range, rows.rows().metricTime().grain(), planning)))
        .orElse(Bounds.NONE);
  }
}

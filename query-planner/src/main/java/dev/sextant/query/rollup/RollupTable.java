// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Measure;
import dev.sextant.model.Rollup;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.rows.RolledUp;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One table of a rollup: the partial results of the measures of one dataset that see the same rows, by the rollup's items and the periods of its
 * grain. A rollup has as many tables as its metrics have datasets and filters.
 */
record RollupTable(Rollup rollup, int place, Branch branch, Dataset dataset, Optional<Dimension.Time> time, Optional<TimeGrain> grain,
    List<Condition> conditions, Map<String, Kept> items, Map<Measure, Held> measures) {
  /** The column with the starts of the periods. */
  static final String TIME = "metric_time";

  /** An item whose values are kept; times at their own grain. */
  record Kept(ItemName name, Member member, String column, Optional<TimeGrain> grain) {
    boolean fansOut() {
      return member.path().fansOut();
    }
  }

  /** A measure that is held, and what for. */
  record Held(RolledUp.Measured measured, Holding holding) {}

  /** What the values of a measure are good for: any groups, the very groups of the table only, or estimates for any groups. */
  enum Holding {
    MERGES, SAME_GROUPS, ESTIMATES
  }

  RollupTable {
    conditions = List.copyOf(conditions);
    items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /** How a measure is held. Compares and does not hash: a measure is a deep record, and equal ones are most often the same. */
  Optional<Held> held(Measure measure) {
    for (Map.Entry<Measure, Held> entry : measures.entrySet()) {
      if (entry.getKey().equals(measure)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** Whether some of what it holds are sketches. */
  boolean isSketched() {
    return measures.values().stream().anyMatch(held -> held.holding() == Holding.ESTIMATES);
  }

  boolean isLocal() {
    return rollup.store() == Rollup.Store.LOCAL;
  }
}

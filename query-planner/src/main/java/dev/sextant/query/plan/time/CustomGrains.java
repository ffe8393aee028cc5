// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.time;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The joins to time spines that give custom grains, one for each time column and grain. */
public final class CustomGrains {
  private final Planning planning;
  private final Map<String, Joined> joins = new LinkedHashMap<>();

  private record Joined(PlanNode spine, Expr on) {}

  public CustomGrains(Planning planning) {
    this.planning = planning;
  }

  /** The column that holds the period of {@code grain} for each value of {@code time}. */
  public Expr column(TimeColumn time, CustomGrain grain) {
    String label = (time.column() instanceof Expr.Column named ? named.name() : "time") + "__" + grain.label();
    if (!joins.containsKey(label)) {
      String key = label + "#spine";
      PlanNode spine = new PlanNode.Spine(grain.spine(),
          List.of(new PlanNode.Named(key, Expr.column(grain.spine().column())), new PlanNode.Named(label, Expr.column(grain.column()))));
      joins.put(label, new Joined(spine, Expr.call("=", Times.truncated(time, grain.base(), planning), Expr.column(key))));
    }
    return Expr.column(label);
  }

  /** Adds the joins asked for so far. */
  public PlanNode joinTo(PlanNode rows, PlanNode.Join.Kind kind) {
    PlanNode joined = rows;
    for (Joined join : joins.values()) {
      joined = new PlanNode.Join(joined, join.spine(), kind, join.on());
    }
    return joined;
  }
}

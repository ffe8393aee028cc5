// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;

/** Keeps, per window grouping and asked period, the rows at the first or last value of the non-additive dimension; ties stay. */
final class SemiAdditive {
  private static final String EDGE = "non_additive_edge";

  private SemiAdditive() {
  }

  /** The instants of the non-additive dimension, as a column of the branch's rows. */
  static Expr instant(BranchRows branch, Measure.NonAdditive rule) {
    Dimension.Time dimension = branch.dataset.timeDimension(rule.dimension()).orElseThrow(() -> Problem.of(QueryIssue.INTERNAL,
        "dataset '" + branch.dataset.name() + "' has no time dimension '" + rule.dimension() + "'."));
    boolean own = branch.time.filter(time -> time.name().equals(dimension.name())).isPresent();
    TimeColumn column = own ? branch.rows.metricTime()
        : new TimeColumn(branch.rows.baseColumn(dimension.name(), dimension.expr()), dimension.grain(), true);
    return Times.truncated(column, dimension.grain(), branch.planning);
  }

  /** The expressions over the branch's rows within which the edge is sought, beside the asked periods. */
  static List<Expr> groupings(BranchRows branch, Measure.NonAdditive rule) {
    List<Expr> groupings = new ArrayList<>();
    for (String entity : rule.windowGroupings()) {
      groupings.add(branch.slot(new ItemName(List.of(), entity, java.util.Optional.empty(), java.util.Optional.empty())).expr(branch.planning));
    }
    return groupings;
  }

  static PlanNode keepEdge(PlanNode rows, Expr instant, List<Expr> partition, Measure.NonAdditive rule) {
    PlanNode.WindowFunction function = rule.last() ? PlanNode.WindowFunction.MAX : PlanNode.WindowFunction.MIN;
    PlanNode windowed = new PlanNode.Window(rows,
        List.of(new PlanNode.Windowed(EDGE, function, instant, partition, List.of(), new PlanNode.Frame.Whole())));
    return new PlanNode.Filter(windowed, Expr.call("=", instant, Expr.column(EDGE)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.TimeColumn;
import dev.sextant.query.plan.time.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps, per window grouping and asked period, the rows at the first or last value of the non-additive dimension; ties stay. */
public final class SemiAdditive {
  private static final String EDGE = "non_additive_edge";

  private SemiAdditive() {}

  /** The instants of the non-additive dimension, as a column of the branch's rows. */
  public static Expr instant(BranchRows branch, Measure.NonAdditive rule) {
    Dimension.Time dimension = branch.dataset()
        .timeDimension(rule.dimension())
        .orElseThrow(() -> Problem.of(QueryIssue.INTERNAL,
            "dataset '" + branch.dataset().name() + "' has no time dimension '" + rule.dimension() + "'."));
    boolean own = branch.time().filter(time -> time.name().equals(dimension.name())).isPresent();
    TimeColumn column = own ? branch.rows().metricTime()
        : new TimeColumn(branch.rows().baseColumn(dimension.name(), dimension.expr()), dimension.grain(), true);
    return Times.truncated(column, dimension.grain(), branch.planning());
  }

  /** The expressions over the branch's rows within which the edge is sought, beside the asked periods. */
  public static List<Expr> groupings(BranchRows branch, Measure.NonAdditive rule) {
    List<Expr> groupings = new ArrayList<>();
    for (String entity : rule.windowGroupings()) {
      groupings.add(branch.slot(new ItemName(List.of(), entity, Optional.empty(), Optional.empty())).expr(branch.planning()));
    }
    return groupings;
  }

  /** The asked item within whose periods the edge is sought: the first that is the non-additive dimension or means the same time. */
  public static Optional<ItemName> period(BranchRows branch, Measure.NonAdditive rule) {
    boolean own = branch.time().filter(time -> time.name().equals(rule.dimension())).isPresent();
    return branch.items()
        .stream()
        .filter(item -> own && branch.rows().isMetricTime(item) || branch.rows().isBaseDimension(item, rule.dimension()))
        .findFirst();
  }

  public static PlanNode keepEdge(PlanNode rows, Expr instant, List<Expr> partition, Measure.NonAdditive rule) {
    PlanNode.WindowFunction function = rule.last() ? PlanNode.WindowFunction.MAX : PlanNode.WindowFunction.MIN;
    PlanNode windowed = new PlanNode.Window(rows,
        List.of(new PlanNode.Windowed(EDGE, function, instant, partition, List.of(), new PlanNode.Frame.Whole())));
    return new PlanNode.Filter(windowed, Expr.call("=", instant, Expr.column(EDGE)));
  }
}

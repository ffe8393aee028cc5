// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.RolledUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The rows of a table of sketches. Groups by the values as well come first, which any warehouse can give, and of these sketches are made; all else
 * merges.
 */
final class SketchedRows {
  /** How many rows have a combination of values. */
  private static final String TIMES = "#times";

  private final List<PlanNode.Named> values = new ArrayList<>();
  private final List<PlanNode.Aggregated> parts = new ArrayList<>();
  private final List<PlanNode.Aggregated> merged = new ArrayList<>();

  private SketchedRows() {}

  /** {@code arguments} has those of the table's measures by name, over {@code input}. */
  static PlanNode.Aggregate of(RollupTable table, PlanNode input, List<PlanNode.Named> keys, Map<String, List<Expr>> arguments) {
    SketchedRows rows = new SketchedRows();
    rows.values.addAll(keys);
    rows.parts.add(PlanNode.Aggregated.of(TIMES, Aggregation.COUNT, Expr.number(1)));
    table.branch()
        .measures()
        .forEach((name, measure) -> table.held(measure)
            .ifPresent(held -> rows.add(name, measure, held, Objects.requireNonNull(arguments.get(name)))));
    return new PlanNode.Aggregate(new PlanNode.Aggregate(input, rows.values, rows.parts), BranchRows.same(keys), rows.merged);
  }

  private void add(String name, Measure measure, RollupTable.Held held, List<Expr> arguments) {
    if (held.holding() == RollupTable.Holding.ESTIMATES) {
      String column = held.measured().parts().getFirst().column();
      values.add(new PlanNode.Named(column, arguments.getFirst()));
      List<Expr> sketched = measure.aggregation() == Aggregation.COUNT_DISTINCT ? List.of(Expr.column(column))
          : List.of(Expr.column(column), Expr.column(TIMES));
      merged.add(new PlanNode.Aggregated(column, PlanNode.Function.of(measure, PlanNode.Form.SKETCH), sketched, Optional.empty()));
      return;
    }
    parts.addAll(TableRows.aggregates(name, measure, held, arguments));
    for (RolledUp.Part part : held.measured().parts()) {
      merged.add(new PlanNode.Aggregated(part.column(), part.merge(), List.of(Expr.column(part.column())), Optional.empty()));
    }
  }
}

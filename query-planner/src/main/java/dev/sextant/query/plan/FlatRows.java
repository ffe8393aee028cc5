// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Expr;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.plan.branch.Branch;
import dev.sextant.query.plan.branch.BranchRows;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Slot;
import dev.sextant.query.plan.time.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of one dataset as a flat table: items reached by plain joins, and what measures aggregate, one row for each row of the dataset. */
public final class FlatRows {
  private final Planning planning;
  private final BranchRows rows;
  private final Map<String, Expr> columns = new LinkedHashMap<>();

  public FlatRows(SemanticModel model, Dataset base, Optional<Dimension.Time> time, ZoneId zone) {
    this.planning = new Planning(model, new MemberFinder(model), zone, Optional.empty(), Optional.empty(), new LinkedHashMap<>(),
        Optional.empty());
    Branch branch = new Branch(Branch.Key.plain(base.name(), time.map(Dimension.Time::name), List.of()));
    this.rows = new BranchRows(planning, branch, List.of(), new Planner());
  }

  /** Adds an item as a column; times of a day or coarser are truncated to their grain, finer ones stay as stored. */
  public void item(String column, ItemName item) {
    Slot slot = rows.slot(item);
    boolean instant = item.grain().isEmpty() && slot instanceof Slot.Truncated truncated
        && truncated.time().grain().isFinerThan(TimeGrain.DAY);
    Expr expr = instant && slot instanceof Slot.Truncated truncated ? Times.local(truncated.time(), planning) : slot.expr(planning);
    checkRows(column);
    columns.put(column, expr);
  }

  private void checkRows(String column) {
    if (rows.rows().fansOut()) {
      throw Problem.of(QueryIssue.UNSAFE_REAGGREGATION, "'" + column + "' has several values for a row of dataset '" + rows.dataset().name()
          + "', so rows cannot be read with it; group a metric by it instead.");
    }
  }

  /** Adds what a measure aggregates: its argument where the row passes the filters, else NULL. */
  public void argument(String column, Expr argument, List<Expr> filters) {
    List<Expr> conditions = new ArrayList<>();
    filters.stream().map(FilterReader::normalize).forEach(filter -> conditions.add(rows.condition(filter)));
    Expr value = rows.argument(column, argument);
    checkRows(column);
    columns.put(column, conditions.isEmpty() ? value
        : new Expr.Case(List.of(new Expr.When(Expr.and(conditions), value)), Optional.empty()));
  }

  /** The table with the columns added so far, in their order. */
  public PlanNode plan() {
    List<PlanNode.Named> outputs = new ArrayList<>();
    columns.forEach((name, expr) -> outputs.add(new PlanNode.Named(name, expr)));
    if (outputs.isEmpty()) {
      outputs.add(new PlanNode.Named("row", Expr.number(1)));
    }
    return new PlanNode.Compute(rows.rows().build(), outputs);
  }
}

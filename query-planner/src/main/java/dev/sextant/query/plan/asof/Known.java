// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.JoinPath;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.rows.FactRows;
import java.util.ArrayList;
import java.util.List;

/** When rows, and the rows joined to them, were known: from their created time until a newer version was created. */
final class Known {
  private final List<PlanNode.Named> columns = new ArrayList<>();
  private final List<Expr> conditions = new ArrayList<>();

  /** Looks at the datasets that {@code rows} reads so far. A row that nothing is joined to does not depend on what is missing. */
  Known(FactRows rows, Dataset base, SemanticModel model) {
    List<JoinPath> paths = rows.paths();
    for (int i = 0; i < paths.size(); i++) {
      JoinPath path = paths.get(i);
      Dataset dataset = path.length() == 0 ? base : path.steps().getLast().to();
      int place = i;
      KnownRows.created(dataset).ifPresent(created -> add(rows, path, created, !KnownRows.rowKey(dataset).isEmpty(), place, model));
    }
  }

  private void add(FactRows rows, JoinPath path, Expr created, boolean versioned, int place, SemanticModel model) {
    String prefix = path.length() == 0 ? "" : path.name() + "__";
    String known = "known#" + place;
    columns.add(new PlanNode.Named(known, Columns.time(rows.columnOf(path, prefix + "created#", created), model)));
    Expr since = Expr.call("<=", Expr.column(known), Expr.column(Columns.AT));
    conditions.add(path.length() == 0 ? since : orNull(known, since));
    if (versioned) {
      String until = "until#" + place;
      columns.add(new PlanNode.Named(until, Columns.time(rows.columnOf(path, prefix + "until#", KnownRows.UNTIL), model)));
      conditions.add(orNull(until, Expr.call(">", Expr.column(until), Expr.column(Columns.AT))));
    }
  }

  private static Expr orNull(String column, Expr condition) {
    return Expr.call("or", condition, Expr.call("is null", Expr.column(column)));
  }

  /** Whether every row was always known. */
  boolean always() {
    return conditions.isEmpty();
  }

  /** The columns that the conditions read, to be computed with the rows. */
  List<PlanNode.Named> columns() {
    return columns;
  }

  /** What must hold at the instant in {@link Columns#AT}. */
  List<Expr> conditions() {
    return conditions;
  }
}

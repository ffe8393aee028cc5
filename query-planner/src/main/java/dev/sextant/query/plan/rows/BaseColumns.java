// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns that are read of the dataset whose rows are joined to. */
final class BaseColumns {
  private final Map<String, PlanNode.Named> columns = new LinkedHashMap<>();

  /** A column with the value; its name is free or already means the same. */
  Expr column(String name, Expr expr) {
    String free = name;
    while (columns.containsKey(free) && !columns.get(free).expr().equals(expr)) {
      free = free + "_";
    }
    columns.putIfAbsent(free, new PlanNode.Named(free, expr));
    return Expr.column(free);
  }

  boolean has(String name) {
    return columns.containsKey(name);
  }

  /** All of them; a row without any is counted all the same. */
  List<PlanNode.Named> all() {
    if (columns.isEmpty()) {
      columns.put("row", new PlanNode.Named("row", Expr.number(1)));
    }
    return List.copyOf(columns.values());
  }
}

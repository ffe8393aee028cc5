// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.asof;

import dev.sextant.model.Expr;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** The names of columns inside a plan of features, and small expressions over them. */
final class Columns {
  /** The instant. */
  static final String AT = "at#";

  private Columns() {}

  /** The spine's key columns, numbered. */
  static List<String> keys(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("key#" + i);
    }
    return names;
  }

  static PlanNode.Named same(String name) {
    return new PlanNode.Named(name, Expr.column(name));
  }

  static List<PlanNode.Named> same(List<String> names) {
    return names.stream().map(Columns::same).toList();
  }

  /** The columns under other names that start with {@code prefix}. */
  static List<PlanNode.Named> prefixed(String prefix, List<String> names) {
    return names.stream().map(name -> new PlanNode.Named(prefix + name, Expr.column(name))).toList();
  }

  /** Any time as the project's zone tells it. */
  static Expr time(Expr time, SemanticModel model) {
    return Expr.call("stored_time", time, Expr.string(model.calendar().zone().getId()));
  }

  /** Joins rows that have each key at each instant at most once, their columns being prefixed. */
  static PlanNode joined(PlanNode spine, PlanNode rows, String prefix, List<String> on) {
    PlanNode renamed = new PlanNode.Compute(rows, prefixed(prefix, rows.columns()));
    List<Expr> conditions = on.stream().<Expr>map(name -> Expr.call("=", Expr.column(name), Expr.column(prefix + name))).toList();
    return new PlanNode.Join(spine, renamed, PlanNode.Join.Kind.LEFT, Expr.and(conditions));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.overtime;

import dev.sextant.model.Expr;
import dev.sextant.query.plan.node.PlanNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happened, to be gathered up: rows with the keys, {@code happened_at} and the columns, each combination once. {@code presence}, if given, is
 * more than 0 where there are rows, else there are some from each row on. The rows are {@code complete} if there is one wherever rows were read.
 */
record Happened(PlanNode rows, List<Column> columns, Optional<Column> presence, boolean complete) {

  /** A column of what happened, and what gathers it up. */
  record Column(String name, PlanNode.WindowFunction function) {
    /** The name of what was gathered up. */
    String gathered() {
      return name + "#gathered";
    }

    /** The condition that it is more than 0. */
    Expr isThere() {
      return Expr.call(">", Expr.column(gathered()), Expr.number(0));
    }
  }

  Happened {
    columns = List.copyOf(columns);
  }

  /** All that is gathered up. */
  List<Column> running() {
    return Stream.concat(columns.stream(), presence.stream()).toList();
  }
}

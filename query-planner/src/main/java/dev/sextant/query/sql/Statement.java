// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql;

import dev.sextant.query.PreparedSql;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.sql.node.Parameters;
import dev.sextant.query.sql.type.ValueTypes;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.calcite.sql.SqlNode;

/** What a statement turned out to be. */
public sealed interface Statement {

  /** Nothing to do: SET, BEGIN and their like. */
  record Command(String name) implements Statement {}

  /** {@code EXPLAIN query}. */
  record Explain(String query) implements Statement {}

  /**
   * A query in the warehouse's terms and warnings for the asker. {@code plans}, and whether datasets are read row by row, are known once it has been
   * written.
   */
  record Query(SqlNode node, List<String> columns, List<PlanNode> plans, List<String> warnings, Parameters parameters, ValueTypes types,
      BooleanSupplier readsRows) implements Statement {}

  default PreparedSql.Kind kind() {
    return switch (this) {
      case Command command -> PreparedSql.Kind.COMMAND;
      case Explain explain -> PreparedSql.Kind.QUERY;
      case Query query -> PreparedSql.Kind.QUERY;
    };
  }
}

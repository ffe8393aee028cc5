// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** Keeps aggregates and windows out of places where they mean nothing. */
public final class Placement {
  private final Function<SqlNode, Position> places;

  /** {@code places} tells where a node stands in the statement as written. */
  public Placement(Function<SqlNode, Position> places) {
    this.places = places;
  }

  /** A clause that sees single rows: WHERE, ON, GROUP BY. */
  public SqlNode ofRows(SqlNode node, String clause) {
    if (SqlNodes.containsAggregate(node)) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(node), "aggregates cannot stand in " + clause
          + ", which sees single rows. Compare them in HAVING, or aggregate in a sub-query.");
    }
    return beforeWindows(node, clause);
  }

  /** What was rewritten, in which aliases may have turned out to be aggregates. */
  public SqlNode ofRows(SqlNode written, SqlNode rewritten, String clause) {
    if (SqlNodes.containsAggregate(rewritten) || containsWindow(rewritten)) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(written), "aggregates and windows cannot stand in " + clause
          + ", also not by their names. Group in a sub-query.");
    }
    return rewritten;
  }

  /** A clause that comes before windows: HAVING, and those of rows. */
  public SqlNode beforeWindows(SqlNode node, String clause) {
    if (containsWindow(node)) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(node), "windows cannot stand in " + clause
          + ", which comes before them. Compute them in a sub-query.");
    }
    return node;
  }

  /** What an aggregate takes. */
  public void argument(SqlNode node) {
    if (SqlNodes.containsAggregate(node)) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(node), "aggregates cannot be nested; aggregate in a sub-query first.");
    }
    beforeWindows(node, "an aggregate");
  }

  private static boolean containsWindow(SqlNode node) {
    return switch (node) {
      case SqlNodeList list -> list.stream().anyMatch(one -> one != null && containsWindow(one));
      case SqlCall call when call.getKind() == SqlKind.OVER -> true;
      case SqlCall call when call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.WITH -> false;
      case SqlCall call -> call.getOperandList().stream().anyMatch(one -> one != null && containsWindow(one));
      default -> false;
    };
  }

  /** A condition in its clause; a query that is one needs parentheses of its own. */
  public static SqlNode condition(SqlNode rewritten) {
    return rewritten.getKind().belongsTo(SqlKind.QUERY) || rewritten.getKind() == SqlKind.WITH
        ? new Enclosed(rewritten)
        : rewritten;
  }
}

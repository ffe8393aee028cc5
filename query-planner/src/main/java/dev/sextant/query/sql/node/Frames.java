// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;

/** Checks the frames of windows: bounds are constants, and the first is not behind the last. */
public final class Frames {
  private Frames() {}

  /** Throws where a frame can hold no rows at all; {@code places} tells where a node stands in the statement as written. */
  public static void check(SqlWindow window, Function<SqlNode, Position> places) {
    SqlNode lower = window.getLowerBound();
    SqlNode upper = window.getUpperBound();
    if (lower != null) {
      bound(lower, window, places);
      if (SqlWindow.isUnboundedFollowing(lower) || rank(lower) > (upper == null ? 0 : rank(upper))) {
        throw Problem.at(QueryIssue.INVALID_SQL, places.apply(lower), "the frame starts behind its end.");
      }
    }
    if (upper != null) {
      bound(upper, window, places);
      if (SqlWindow.isUnboundedPreceding(upper)) {
        throw Problem.at(QueryIssue.INVALID_SQL, places.apply(upper), "the frame ends before its start.");
      }
    }
  }

  private static void bound(SqlNode bound, SqlWindow window, Function<SqlNode, Position> places) {
    if (!(bound instanceof SqlCall call) || call.operandCount() == 0) {
      return;
    }
    boolean count = call.operand(0) instanceof SqlNumericLiteral number && number.isInteger();
    boolean span = call.operand(0) instanceof SqlIntervalLiteral && !window.isRows()
        || call.operand(0) instanceof SqlNumericLiteral && !window.isRows();
    if (!count && !span) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(call.operand(0)), "a frame of ROWS is bounded by a whole number of rows.");
    }
    if (!window.isRows() && window.getOrderList().size() != 1) {
      throw Problem.at(QueryIssue.INVALID_SQL, places.apply(bound), "a frame of a RANGE needs one ORDER BY key that it is counted in.");
    }
  }

  private static int rank(SqlNode bound) {
    return SqlWindow.isUnboundedPreceding(bound) || bound.getKind() == SqlKind.PRECEDING ? -1 : SqlWindow.isCurrentRow(bound) ? 0 : 1;
  }
}

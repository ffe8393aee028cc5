// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Writes {@code CASE x WHEN 1, 2 THEN y} with a WHEN for each value, as every warehouse reads it. */
final class CaseLists extends SqlBasicVisitor<Void> {
  private final SqlPositions positions;

  private CaseLists(SqlPositions positions) {
    this.positions = positions;
  }

  static SqlNode apart(SqlNode tree, SqlPositions positions) {
    tree.accept(new CaseLists(positions));
    return tree;
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlCase choice) {
      SqlNodeList whens = choice.getWhenOperands();
      for (int i = 0; i < whens.size(); i++) {
        if (whens.get(i) instanceof SqlNodeList values) {
          apart(choice, i, values);
        }
      }
    }
    return super.visit(call);
  }

  private void apart(SqlCase choice, int place, SqlNodeList values) {
    if (choice.getValueOperand() == null) {
      var at = values.get(1).getParserPosition();
      throw Problem.at(QueryIssue.INVALID_SQL, positions.original(at.getLineNum(), at.getColumnNum()),
          "WHEN takes one condition where CASE names no value; put OR between several.");
    }
    choice.getWhenOperands().set(place, values.get(0));
    for (int i = 1; i < values.size(); i++) {
      choice.getWhenOperands().add(place + i, values.get(i));
      choice.getThenOperands().add(place + i, choice.getThenOperands().get(place));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Copies trees to a position, as their own would be wrong in another text. */
public final class Repositioned {
  private Repositioned() {}

  public static SqlNode at(SqlNode node, SqlParserPos position) {
    return switch (node) {
      case SqlIdentifier name -> name.clone(position);
      case SqlLiteral literal -> literal.clone(position);
      case SqlNodeList list -> new SqlNodeList(list.stream().map(one -> atPresent(one, position)).toList(), position);
      case SqlCase choice ->
          new SqlCase(position, atPresent(choice.getValueOperand(), position), (SqlNodeList) at(choice.getWhenOperands(), position),
              (SqlNodeList) at(choice.getThenOperands(), position), atPresent(choice.getElseOperand(), position));
      case SqlCall call -> {
        List<SqlNode> operands = new java.util.ArrayList<>();
        call.getOperandList().forEach(one -> operands.add(atPresent(one, position)));
        yield call.getOperator().createCall(call.getFunctionQuantifier(), position, operands);
      }
      default -> node;
    };
  }

  private static @org.jspecify.annotations.Nullable SqlNode atPresent(@org.jspecify.annotations.Nullable SqlNode node,
      SqlParserPos position) {
    return node == null ? null : at(node, position);
  }
}

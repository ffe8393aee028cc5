// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** DuckDB's spelling of the functions of semantic SQL. */
final class DuckDbFunctions extends PostgresFamilyFunctions {
  DuckDbFunctions() {
    put("TO_CHAR", 2, 2, operands -> DuckDbFormats.written(operands.get(0), operands.get(1)));
    put("TO_TIMESTAMP", 1, 2, operands -> operands.size() == 1 ? named("TO_TIMESTAMP", operands)
        : DuckDbFormats.read(operands.get(0), operands.get(1), "TO_TIMESTAMP"));
    put("TO_DATE", 2, 2, operands -> cast(DuckDbFormats.read(operands.get(0), operands.get(1), "TO_DATE"), "DATE"));
    put("MONTHNAME", 1, 1, operands -> named("MONTHNAME", operands));
    put("DAYNAME", 1, 1, operands -> named("DAYNAME", operands));
    put("DATE_BIN", 3, 3, operands -> named("TIME_BUCKET", operands));
    put("TIMESTAMPDIFF", 3, 3, operands -> named("DATE_SUB",
        List.of(TimeFunctions.text(TimeFunctions.unit(operands.get(0))), operands.get(1), operands.get(2))));
    put("WIDTH_BUCKET", 4, 4, DuckDbFunctions::bucket);
    same("LOG");
    same("APPROX_COUNT_DISTINCT");
    same("CONTAINS");
  }

  private static SqlNode bucket(List<SqlNode> operands) {
    SqlNode value = operands.get(0);
    SqlNode low = operands.get(1);
    SqlNode width = SqlStdOperatorTable.MINUS.createCall(POS, operands.get(2), low);
    SqlNode share = SqlStdOperatorTable.DIVIDE.createCall(POS, SqlStdOperatorTable.MULTIPLY.createCall(POS,
        SqlStdOperatorTable.MINUS.createCall(POS, value, low), operands.get(3)), width);
    SqlNode within = cast(SqlStdOperatorTable.PLUS.createCall(POS, named("FLOOR", List.of(share)), TimeFunctions.number(1)), "INTEGER");
    return new SqlCase(POS, null,
        SqlNodeList.of(SqlStdOperatorTable.LESS_THAN.createCall(POS, value, low),
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL.createCall(POS, value, operands.get(2)),
            SqlStdOperatorTable.IS_NOT_NULL.createCall(POS, value)),
        SqlNodeList.of(TimeFunctions.number(0), SqlStdOperatorTable.PLUS.createCall(POS, operands.get(3), TimeFunctions.number(1)), within),
        SqlLiteral.createNull(POS));
  }

  @Override
  public SqlNode bytewise(SqlNode text) {
    return text;
  }

  @Override
  String doubleType() {
    return "DOUBLE";
  }

  @Override
  SqlNode dividend(SqlNode left) {
    return left;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** PostgreSQL's spelling of the functions of semantic SQL. */
final class PostgresFunctions extends PostgresFamilyFunctions {

  PostgresFunctions() {
    for (String name : List.of("TO_CHAR", "TO_DATE", "DATE_BIN", "INITCAP")) {
      same(name);
    }
    put("ROUND", 1, 2, operands -> named("ROUND", exact(operands)));
    put("TRUNCATE", 1, 2, operands -> named("TRUNC", exact(operands)));
    put("LOG", 1, 2,
        operands -> named("LOG", operands.size() == 1 ? operands : operands.stream().map(one -> cast(one, "NUMERIC")).toList()));
    put("MEDIAN", 1, 1, PostgresFunctions::median);
    put("MONTHNAME", 1, 1, one -> named("TO_CHAR", List.of(one.getFirst(), SqlLiteral.createCharString("FMMonth", POS))));
    put("DAYNAME", 1, 1, one -> named("TO_CHAR", List.of(one.getFirst(), SqlLiteral.createCharString("FMDay", POS))));
    put("CONTAINS", 2, 2, both -> SqlStdOperatorTable.GREATER_THAN.createCall(POS, named("STRPOS", both),
        SqlLiteral.createExactNumeric("0", POS)));
    put("APPROX_COUNT_DISTINCT", 1, 1, one -> new SqlBasicCall(SqlStdOperatorTable.COUNT, one, POS,
        SqlLiteral.createSymbol(SqlSelectKeyword.DISTINCT, POS)));
    put("TO_TIMESTAMP", 1, 2, operands -> operands.size() == 1 ? named("TO_TIMESTAMP", operands)
        : cast(named("TO_TIMESTAMP", operands), "TIMESTAMP"));
  }

  /** Only decimals are rounded to so many digits. */
  static List<SqlNode> exact(List<SqlNode> operands) {
    return operands.size() == 1 ? operands : List.of(cast(operands.getFirst(), "NUMERIC"), operands.getLast());
  }

  private static SqlNode median(List<SqlNode> operands) {
    SqlNode half = SqlStdOperatorTable.PERCENTILE_CONT.createCall(POS, SqlLiteral.createExactNumeric("0.5", POS));
    return SqlStdOperatorTable.WITHIN_GROUP.createCall(POS, half, SqlNodeList.of(cast(operands.getFirst(), "DOUBLE PRECISION")));
  }

  @Override
  public SqlNode bytewise(SqlNode text) {
    return Spelled.BYTEWISE_TEXT.createCall(POS, text);
  }

  @Override
  String doubleType() {
    return "DOUBLE PRECISION";
  }

  @Override
  SqlNode dividend(SqlNode left) {
    return cast(left, "DOUBLE PRECISION");
  }
}

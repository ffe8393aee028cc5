// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** PostgreSQL's spelling of the functions of semantic SQL. */
final class PostgresFunctions extends PostgresFamilyFunctions {

  PostgresFunctions() {
    for (String name : List.of("TO_CHAR", "TO_DATE", "LOG", "DATE_BIN")) {
      same(name);
    }
    put("MONTHNAME", 1, 1, one -> named("TO_CHAR", List.of(one.getFirst(), SqlLiteral.createCharString("FMMonth", POS))));
    put("DAYNAME", 1, 1, one -> named("TO_CHAR", List.of(one.getFirst(), SqlLiteral.createCharString("FMDay", POS))));
    put("CONTAINS", 2, 2, both -> SqlStdOperatorTable.GREATER_THAN.createCall(POS, named("STRPOS", both),
        SqlLiteral.createExactNumeric("0", POS)));
    put("APPROX_COUNT_DISTINCT", 1, 1, one -> new SqlBasicCall(SqlStdOperatorTable.COUNT, one, POS,
        SqlLiteral.createSymbol(SqlSelectKeyword.DISTINCT, POS)));
    put("TO_TIMESTAMP", 1, 2, operands -> operands.size() == 1 ? named("TO_TIMESTAMP", operands)
        : cast(named("TO_TIMESTAMP", operands), "TIMESTAMP"));
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** DuckDB's spelling of the functions of semantic SQL. */
final class DuckDbFunctions extends PostgresFamilyFunctions {
  private static final String[][] FORMATS = {{"YYYY", "%Y"}, {"HH24", "%H"}, {"HH12", "%I"}, {"MI", "%M"}, {"SS", "%S"}, {"US", "%f"},
      {"MS", "%g"},
      {"MM", "%m"}, {"DDD", "%j"}, {"DD", "%d"}, {"YY", "%y"}, {"Mon", "%b"}, {"Month", "%B"}, {"Dy", "%a"}, {"Day", "%A"}, {"IYYY", "%G"},
      {"IW", "%V"}, {"AM", "%p"}, {"PM", "%p"}};

  DuckDbFunctions() {
    put("TO_CHAR", operands -> named("STRFTIME", List.of(operands.get(0), format(operands.get(1)))));
    put("TO_TIMESTAMP", operands -> operands.size() == 1 ? named("TO_TIMESTAMP", operands)
        : named("STRPTIME", List.of(operands.get(0), format(operands.get(1)))));
    put("TO_DATE", operands -> cast(named("STRPTIME", List.of(operands.get(0), format(operands.get(1)))), "DATE"));
    put("LOG", operands -> named("LOG", operands));
    put("APPROX_COUNT_DISTINCT", operands -> named("APPROX_COUNT_DISTINCT", operands));
    put("CONTAINS", operands -> named("CONTAINS", operands));
    put("DATE_DIFF", operands -> named("DATE_DIFF", operands));
    put("DATEDIFF", operands -> named("DATE_DIFF", operands));
  }

  /** A constant format of PostgreSQL's as strftime's. */
  private static SqlNode format(SqlNode node) {
    if (!(node instanceof SqlLiteral literal) || literal.getValueAs(String.class) == null) {
      return node;
    }
    String text = String.valueOf(literal.getValueAs(String.class));
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int step = 0;
      for (String[] pair : FORMATS) {
        if (step == 0 && text.startsWith(pair[0], i)) {
          out.append(pair[1]);
          step = pair[0].length();
        }
      }
      if (step == 0) {
        out.append(text.charAt(i));
        step = 1;
      }
      i += step;
    }
    return SqlLiteral.createCharString(out.toString(), POS);
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

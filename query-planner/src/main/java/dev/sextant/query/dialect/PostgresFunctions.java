// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/** PostgreSQL's spelling of the functions of semantic SQL. */
final class PostgresFunctions extends PostgresFamilyFunctions {

  PostgresFunctions() {
    for (String name : List.of("TO_CHAR", "TO_DATE", "LOG")) {
      put(name, operands -> named(name, operands));
    }
    put("TO_TIMESTAMP", operands -> operands.size() == 1 ? named("TO_TIMESTAMP", operands)
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

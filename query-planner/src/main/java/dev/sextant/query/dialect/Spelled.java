// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;

/** Operators as PostgreSQL spells them that Calcite does not know. */
final class Spelled {
  private static final int COLLATE_PRECEDENCE = 92;
  private static final String BYTEWISE = "COLLATE \"C\"";

  /** A text that sorts and compares by its bytes, whatever order the database has. */
  static final SqlOperator BYTEWISE_TEXT = new SqlSpecialOperator("COLLATE_C", SqlKind.OTHER, COLLATE_PRECEDENCE, true, ReturnTypes.ARG0,
      InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC) {
    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      call.operand(0).unparse(writer, COLLATE_PRECEDENCE, COLLATE_PRECEDENCE);
      collate(writer);
    }
  };

  /** The least text by its bytes. */
  static final SqlAggFunction LEAST_TEXT = bytewise("MIN", SqlKind.MIN);

  /** The greatest text by its bytes. */
  static final SqlAggFunction GREATEST_TEXT = bytewise("MAX", SqlKind.MAX);

  private Spelled() {}

  private static SqlAggFunction bytewise(String name, SqlKind kind) {
    return new SqlAggFunction(name, null, kind, ReturnTypes.ARG0_NULLABLE_IF_EMPTY, InferTypes.FIRST_KNOWN, OperandTypes.VARIADIC,
        SqlFunctionCategory.SYSTEM, false, false, Optionality.FORBIDDEN) {
      @Override
      public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        writer.print(name + "(CAST");
        SqlWriter.Frame list = writer.startList("(", ")");
        call.operand(0).unparse(writer, 0, 0);
        writer.print(" AS TEXT");
        writer.endList(list);
        collate(writer);
        writer.print(")");
      }
    };
  }

  private static void collate(SqlWriter writer) {
    writer.print(BYTEWISE);
    writer.setNeedWhitespace(true);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The values of parameters as constants. */
public final class ParameterLiterals {
  private ParameterLiterals() {}

  public static SqlNode of(SqlParameter value) {
    return switch (value.type().kind()) {
      case NULL -> SqlLiteral.createNull(SqlNodes.POS);
      case BOOLEAN -> SqlLiteral.createBoolean(Boolean.parseBoolean(value.text()), SqlNodes.POS);
      case INTEGER, BIGINT, DECIMAL ->
          SqlLiteral.createExactNumeric(new java.math.BigDecimal(value.text()).toPlainString(), SqlNodes.POS);
      case DOUBLE -> SqlLiteral.createApproxNumeric(real(value.text()), SqlNodes.POS);
      case STRING -> SqlLiteral.createCharString(value.text(), "UTF-8", SqlNodes.POS);
      case DATE, TIMESTAMP, TIMESTAMP_TZ, TIME, INTERVAL, BINARY, OTHER -> SqlStdOperatorTable.CAST.createCall(SqlNodes.POS,
          SqlLiteral.createCharString(value.text(), "UTF-8", SqlNodes.POS), new SqlDataTypeSpec(
              new SqlAlienSystemTypeNameSpec(typeName(value), org.apache.calcite.sql.type.SqlTypeName.ANY, SqlNodes.POS), SqlNodes.POS));
    };
  }

  private static String real(String text) {
    try {
      String number = new java.math.BigDecimal(text).toString();
      return number.contains("E") ? number : number + "E0";
    } catch (NumberFormatException e) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "'" + text + "' cannot be a parameter; it must be a finite number.");
    }
  }

  private static String typeName(SqlParameter value) {
    return switch (value.type().kind()) {
      case DATE -> "DATE";
      case TIMESTAMP -> "TIMESTAMP";
      case TIMESTAMP_TZ -> "TIMESTAMPTZ";
      case TIME -> "TIME";
      default -> throw Problem.of(QueryIssue.UNSUPPORTED, "parameters of type " + value.type() + " are not supported.");
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJdbcFunctionCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Small builders and questions over Calcite's syntax trees. */
public final class SqlNodes {
  public static final SqlParserPos POS = SqlParserPos.ZERO;
  private static final Set<
      String> AGGREGATES = new TreeSet<>(List.of("SUM", "AVG", "MIN", "MAX", "COUNT", "STDDEV", "STDDEV_SAMP", "STDDEV_POP",
          "VARIANCE", "VAR_SAMP", "VAR_POP", "MEDIAN", "MEASURE", "AGGREGATE", "AGG", "ANY_VALUE", "STRING_AGG", "LISTAGG", "ARRAY_AGG",
          "APPROX_COUNT_DISTINCT", "BOOL_AND", "BOOL_OR", "EVERY", "CORR", "COVAR_POP", "COVAR_SAMP", "MODE", "PERCENTILE_CONT",
          "PERCENTILE_DISC",
          "FIRST", "LAST", "GROUPING", "GROUP_CONCAT", "SINGLE_VALUE", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2"));

  private SqlNodes() {}

  public static boolean isQuery(SqlNode node) {
    return node.getKind().belongsTo(SqlKind.QUERY) || node.getKind() == SqlKind.WITH;
  }

  public static boolean isAggregate(SqlNode node) {
    return node instanceof SqlCall call && AGGREGATES.contains(functionName(call));
  }

  /** The upper-case name of a call's function, also of one that JDBC escapes: {@code {fn year(x)}}. */
  public static String functionName(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(java.util.Locale.ROOT);
    return name.startsWith("{FN ") ? name.substring(4, name.length() - 1) : name;
  }

  /** Whether a call names a function, rather than being an operator of SQL's own. */
  public static boolean isNamed(SqlCall call) {
    return call.getOperator() instanceof SqlUnresolvedFunction || call.getOperator() instanceof SqlJdbcFunctionCall;
  }

  /** Whether an aggregate stands in the node itself, outside of windows and sub-queries. */
  public static boolean containsAggregate(SqlNode node) {
    if (node instanceof SqlNodeList list) {
      return list.stream().anyMatch(one -> one != null && containsAggregate(one));
    }
    if (!(node instanceof SqlCall call) || call.getKind().belongsTo(SqlKind.QUERY)) {
      return false;
    }
    if (call.getKind() == SqlKind.OVER) {
      SqlCall function = unfiltered(call.operand(0));
      return function.getOperandList().stream().anyMatch(one -> one != null && containsAggregate(one))
          || containsAggregate(call.operand(1));
    }
    return isAggregate(call) || call.getOperandList().stream().anyMatch(one -> one != null && containsAggregate(one));
  }

  /** The columns that a node names itself, outside of sub-queries. */
  public static List<SqlIdentifier> names(SqlNode node) {
    return switch (node) {
      case SqlIdentifier name -> name.isStar() ? List.of() : List.of(name);
      case SqlNodeList list -> list.stream().filter(java.util.Objects::nonNull).flatMap(one -> names(one).stream()).toList();
      case SqlCall call when !isQuery(call) ->
          call.getOperandList().stream().filter(java.util.Objects::nonNull).flatMap(one -> names(one).stream()).toList();
      default -> List.of();
    };
  }

  /** The function of a call that may stand under FILTER, WITHIN GROUP or IGNORE NULLS. */
  public static SqlCall unfiltered(SqlNode node) {
    SqlCall call = (SqlCall) node;
    return switch (call.getKind()) {
      case FILTER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS -> unfiltered(call.operand(0));
      default -> call;
    };
  }

  /** The same call of other operands. */
  public static SqlNode sameCall(SqlCall call, List<? extends SqlNode> operands) {
    return call.getOperator().createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
  }

  public static SqlIdentifier column(String relation, String name) {
    return new SqlIdentifier(List.of(relation, name), POS);
  }

  /** A sort key that says where NULLs go: at the end, unless it was written otherwise. Left to them, warehouses differ. */
  public static SqlNode nullsLast(SqlNode key) {
    return key.getKind() == SqlKind.DESCENDING ? SqlStdOperatorTable.NULLS_LAST.createCall(POS, key) : key;
  }

  public static SqlNode as(SqlNode node, String alias) {
    return SqlStdOperatorTable.AS.createCall(POS, node, new SqlIdentifier(alias, POS));
  }

  public static SqlNode number(long value) {
    return SqlLiteral.createExactNumeric(Long.toString(value), POS);
  }

  public static SqlNode cast(SqlNode value, SqlTypeName type) {
    return SqlStdOperatorTable.CAST.createCall(POS, value, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, POS), POS));
  }

  /** A constant where a warehouse would take a bare one for something else, as in GROUP BY. */
  public static SqlNode typed(SqlNode node) {
    if (!(node instanceof SqlLiteral constant)) {
      return node;
    }
    return switch (constant.getTypeName()) {
      case CHAR, VARCHAR, NULL -> cast(constant, SqlTypeName.VARCHAR);
      case BOOLEAN -> cast(constant, SqlTypeName.BOOLEAN);
      default -> constant;
    };
  }

  public static SqlNode caseWhen(SqlNode condition, SqlNode result, SqlNode otherwise) {
    return new org.apache.calcite.sql.fun.SqlCase(POS, null, SqlNodeList.of(condition), SqlNodeList.of(result), otherwise);
  }

  public static boolean isStar(SqlNode node) {
    return node instanceof SqlIdentifier identifier && identifier.isStar();
  }
}

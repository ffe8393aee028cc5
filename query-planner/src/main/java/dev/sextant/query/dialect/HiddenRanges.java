// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps DuckDB 2.0 from believing that an outer join has no rows where it knows one side to be empty. It then takes every sum over the join to be 0,
 * so that conditions on the sum lose groups and orders fail, and forgets a limit as never reached. A sum behind a CASE has no known range, and a limit
 * with an offset is not forgotten.
 */
final class HiddenRanges extends SqlShuttle {
  private HiddenRanges() {}

  /** Returns the statement with hidden ranges; {@code part} tells that it will stand within another. */
  static SqlNode of(SqlNode statement, boolean part) {
    HiddenRanges hiding = new HiddenRanges();
    return !part && statement instanceof SqlSelect select && onlyShows(select) ? hiding.withPlainColumns(select)
        : Objects.requireNonNull(statement.accept(hiding));
  }

  static boolean hasOuterJoin(SqlNode statement) {
    boolean[] found = {false};
    statement.accept(new SqlBasicVisitor<Void>() {
      @Override
      public Void visit(SqlCall call) {
        found[0] |= call instanceof SqlJoin join && join.getJoinType() != JoinType.INNER && join.getJoinType() != JoinType.CROSS
            && join.getJoinType() != JoinType.COMMA;
        return found[0] ? nothing() : super.visit(call);
      }
    });
    return found[0];
  }

  @SuppressWarnings("NullAway")
  private static Void nothing() {
    return null;
  }

  /** Whether a select's columns are its answer and nothing else looks at them. */
  private static boolean onlyShows(SqlSelect select) {
    return select.getOrderList() == null && select.getHaving() == null && select.getQualify() == null && !select.isDistinct();
  }

  private SqlNode withPlainColumns(SqlSelect select) {
    SqlSelect hidden = (SqlSelect) Objects.requireNonNull(select.accept(this));
    List<SqlNode> columns = new ArrayList<>();
    for (int i = 0; i < select.getSelectList().size(); i++) {
      columns.add(isPlain(select.getSelectList().get(i)) ? select.getSelectList().get(i) : hidden.getSelectList().get(i));
    }
    hidden.setSelectList(new SqlNodeList(columns, SqlParserPos.ZERO));
    return hidden;
  }

  private static boolean isPlain(SqlNode column) {
    return isSum(column) || switch (column.getKind()) {
      case AS -> isPlain(((SqlCall) column).operand(0));
      case FILTER -> true;
      case CAST -> isSum(((SqlCall) column).operand(0));
      default -> false;
    };
  }

  /** Whether a call is a sum, as Calcite's operator or as the name that was written. */
  private static boolean isSum(SqlNode node) {
    return node instanceof SqlCall call && (call.getKind() == SqlKind.SUM
        || call.getOperator() instanceof SqlUnresolvedFunction function && function.getName().equalsIgnoreCase("sum"));
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (isSum(call)) {
      return hidden(Objects.requireNonNull(super.visit(call)));
    }
    return switch (call.getKind()) {
      case OVER -> copied(call);
      case FILTER -> isSum(call.operand(0)) ? hidden(copied(call)) : super.visit(call);
      case SELECT -> remembered((SqlSelect) Objects.requireNonNull(super.visit(call)));
      case ORDER_BY -> remembered((SqlOrderBy) Objects.requireNonNull(super.visit(call)));
      default -> super.visit(call);
    };
  }

  /** The call over operands with hidden ranges, where its first operand stays a call. */
  private SqlCall copied(SqlCall call) {
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    if (operands.getFirst() instanceof SqlBasicCall function) {
      operands.set(0, function.getKind() == SqlKind.FILTER ? copied(function) : Objects.requireNonNull(super.visit(function)));
    }
    for (int i = 1; i < operands.size(); i++) {
      operands.set(i, Objects.requireNonNull(operands.get(i).accept(this)));
    }
    return call.getOperator().createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
  }

  private static SqlNode hidden(SqlNode sum) {
    SqlParserPos at = SqlParserPos.ZERO;
    return new SqlCase(at, null, SqlNodeList.of(SqlStdOperatorTable.IS_NOT_NULL.createCall(at, sum)), SqlNodeList.of(sum),
        SqlLiteral.createNull(at));
  }

  private static SqlNode remembered(SqlSelect select) {
    if (select.getFetch() != null && select.getOffset() == null && select.getOrderList() == null) {
      select.setOffset(zero());
    }
    return select;
  }

  private static SqlNode remembered(SqlOrderBy sorted) {
    return sorted.fetch != null && sorted.offset == null && sorted.orderList.isEmpty()
        ? new SqlOrderBy(sorted.getParserPosition(), sorted.query, sorted.orderList, zero(), sorted.fetch)
        : sorted;
  }

  private static SqlNode zero() {
    return SqlLiteral.createExactNumeric("0", SqlParserPos.ZERO);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
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
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps DuckDB 2.0 from believing that an outer join has no rows where it knows one side to be empty, be the join written or within a view. It then
 * takes every sum over the join to be 0, so that conditions on the sum lose groups and orders fail, and forgets a limit as never reached. A sum behind
 * a CASE has no known range, and a limit with an offset is not forgotten.
 */
final class HiddenRanges extends SqlShuttle {
  private static final List<String> SUMS = List.of("sum", "count_if", "countif");

  private final Predicate<SqlNode> mayJoin;
  /** Whether the rows of the select that is being looked at may come from an outer join. */
  private boolean doubtful = true;

  private HiddenRanges(Predicate<SqlNode> mayJoin) {
    this.mayJoin = mayJoin;
  }

  /**
   * Returns the statement with hidden ranges where rows may come from an outer join, which {@code mayJoin} tells of what a select reads;
   * {@code part} tells that the statement will stand within another.
   */
  static SqlNode of(SqlNode statement, boolean part, Predicate<SqlNode> mayJoin) {
    HiddenRanges hiding = new HiddenRanges(mayJoin);
    return !part && statement instanceof SqlSelect select && onlyShows(select) ? hiding.withPlainColumns(select)
        : Objects.requireNonNull(statement.accept(hiding));
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

  /** Whether a call is a sum, as Calcite's operator or as the name that was written; DuckDB counts what is true by one, too. */
  private static boolean isSum(SqlNode node) {
    return node instanceof SqlCall call && (call.getKind() == SqlKind.SUM
        || call.getOperator() instanceof SqlUnresolvedFunction function && SUMS.contains(function.getName().toLowerCase(Locale.ROOT)));
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (isSum(call) && doubtful) {
      return hidden(Objects.requireNonNull(super.visit(call)));
    }
    return switch (call.getKind()) {
      case OVER -> copied(call);
      case FILTER -> isSum(call.operand(0)) && doubtful ? hidden(copied(call)) : super.visit(call);
      case SELECT -> remembered((SqlSelect) visited(call, ((SqlSelect) call).getFrom()));
      case ORDER_BY -> remembered((SqlOrderBy) visited(call, ((SqlOrderBy) call).query));
      default -> super.visit(call);
    };
  }

  private SqlNode visited(SqlCall call, @Nullable SqlNode read) {
    boolean outside = doubtful;
    doubtful = read != null && mayJoin.test(read);
    try {
      return Objects.requireNonNull(super.visit(call));
    } finally {
      doubtful = outside;
    }
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

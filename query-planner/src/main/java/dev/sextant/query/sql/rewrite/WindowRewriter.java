// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.NamedWindows;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.type.FunctionTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Rewrites windows: over rows, an aggregate that means a metric becomes the metric over the window's rows. */
final class WindowRewriter {
  private final Rewriting context;
  private final AggregateRewriter aggregates;
  private final MeasureAggregates measures;
  private final ExprRewriter expressions;

  WindowRewriter(Rewriting context, AggregateRewriter aggregates, MeasureAggregates measures, ExprRewriter expressions) {
    this.context = context;
    this.aggregates = aggregates;
    this.measures = measures;
    this.expressions = expressions;
  }

  SqlNode rewrite(SqlCall over, boolean rows) {
    if (over.operand(1) instanceof SqlIdentifier name) {
      throw NamedWindows.unknown(name, List.of(), context.at(name));
    }
    SqlNode window = expressions.rewrite(over.operand(1), rows);
    SqlCall function = over.operand(0);
    if (function.getKind() == SqlKind.FILTER) {
      return function(function.operand(0), Optional.of(expressions.rewrite(function.operand(1), rows)), window, rows);
    }
    return function(function, Optional.empty(), window, rows);
  }

  private SqlNode function(SqlCall function, Optional<SqlNode> filter, SqlNode window, boolean rows) {
    if (function.getKind() == SqlKind.WITHIN_GROUP || function.getKind() == SqlKind.FILTER) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(function), "WITHIN GROUP cannot be windowed; aggregate in a sub-query.");
    }
    if (function.getKind() == SqlKind.IGNORE_NULLS) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(function), "IGNORE NULLS is not supported; filter the rows in a sub-query.");
    }
    SqlCall inner = function.getKind() == SqlKind.RESPECT_NULLS ? function.operand(0) : function;
    Optional<Scope.Found> metric = aggregates.meant(inner);
    if (metric.isPresent() && rows) {
      Relation relation = metric.get().relation();
      Relation.Carried measure = aggregates.evaluable(inner, metric.get());
      relation.use().ifPresent(use -> use.useLeaves(measure));
      return measures.overWindow(relation.alias(), measure, filter, window);
    }
    if (AggregateRewriter.isGoverned(inner)) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(inner),
          "a window sees what the block groups; write SUM(MEASURE(m)) OVER (..) or the"
              + " like, or put the window in a block around.");
    }
    List<SqlNode> operands = new ArrayList<>();
    inner.getOperandList()
        .forEach(one -> operands.add(SqlNodes.isStar(one) ? expressions.star(inner, one) : expressions.rewrite(one, rows)));
    if (SqlNodes.functionName(inner).equals("GROUPING")
        || !SqlNodes.isAggregate(inner) && !FunctionTypes.WINDOWED.contains(SqlNodes.functionName(inner))) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(inner), SqlNodes.functionName(inner)
          + " is no function of windows; aggregates and RANK, LAG and their like are.");
    }
    boolean named = inner.getOperator() instanceof SqlUnresolvedFunction && !SqlNodes.isAggregate(inner);
    SqlNode called = named ? expressions.known(inner, operands) : aggregates.spelled(inner, operands);
    SqlNode filtered = filter.<SqlNode>map(condition -> SqlStdOperatorTable.FILTER.createCall(SqlNodes.POS, called, condition))
        .orElse(called);
    return SqlStdOperatorTable.OVER.createCall(SqlNodes.POS, filtered, window);
  }
}

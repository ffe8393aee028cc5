// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.expr.ExprPrinter;
import dev.sextant.query.sql.node.RawSql;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.parse.SqlParsing;
import dev.sextant.query.sql.parse.SqlPrelude;
import dev.sextant.query.sql.table.MeasureShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/** A measure as SQL over the columns that carry its row values: aggregated over a group, or as the value of one row. */
final class MeasureAggregates {
  private final Rewriting context;

  MeasureAggregates(Rewriting context) {
    this.context = context;
  }

  /** The metric over a group of the relation's rows, those that pass {@code filter} where there is one. */
  SqlNode overGroup(String relation, Relation.Carried measure, Optional<SqlNode> filter) {
    return over(relation, measure, filter, UnaryOperator.identity());
  }

  /** The metric over the rows of a window, those that pass {@code filter} where there is one. */
  SqlNode overWindow(String relation, Relation.Carried measure, Optional<SqlNode> filter, SqlNode window) {
    return over(relation, measure, filter, aggregate -> SqlStdOperatorTable.OVER.createCall(SqlNodes.POS, aggregate, window));
  }

  private SqlNode over(String relation, Relation.Carried measure, Optional<SqlNode> filter, UnaryOperator<SqlNode> finished) {
    MeasureShape shape = measure.shape().orElseThrow();
    Map<String, SqlNode> leaves = new LinkedHashMap<>();
    UnaryOperator<SqlNode> over = aggregate -> finished.apply(filter
        .<SqlNode>map(condition -> SqlStdOperatorTable.FILTER.createCall(SqlNodes.POS, aggregate, condition))
        .orElse(aggregate));
    for (int i = 0; i < shape.leaves().size(); i++) {
      Measure leaf = shape.leaves().get(i).measure();
      String column = measure.leafColumns().get(i);
      leaves.put(shape.leaves().get(i).name(), leaf.aggregation() == Aggregation.CORRELATION
          ? correlation(SqlNodes.column(relation, column), SqlNodes.column(relation, column + "#and0"), over)
          : over.apply(aggregate(leaf, relation, column)));
    }
    return combined(shape, leaves);
  }

  /** The metric's value for a row: what it would be if the row were alone. */
  SqlNode ofRow(String relation, Relation.Carried measure) {
    MeasureShape shape = measure.shape().orElseThrow();
    Map<String, SqlNode> leaves = new LinkedHashMap<>();
    for (int i = 0; i < shape.leaves().size(); i++) {
      SqlNode column = SqlNodes.column(relation, measure.leafColumns().get(i));
      boolean counts = measure.leafColumns().get(i).contains("#");
      leaves.put(shape.leaves().get(i).name(), switch (shape.leaves().get(i).measure().aggregation()) {
        case COUNT_DISTINCT -> SqlNodes.caseWhen(SqlStdOperatorTable.IS_NOT_NULL.createCall(SqlNodes.POS, column), SqlNodes.number(1),
            SqlNodes.number(0));
        case SUM_BOOLEAN -> SqlNodes.caseWhen(column, SqlNodes.number(1), SqlNodes.number(0));
        case COUNT -> counts ? SqlStdOperatorTable.COALESCE.createCall(SqlNodes.POS, column, SqlNodes.number(0)) : column;
        case STDDEV, VARIANCE, CORRELATION, CUSTOM -> SqlLiteral.createNull(SqlNodes.POS);
        case STDDEV_POP, VARIANCE_POP ->
            SqlNodes.caseWhen(SqlStdOperatorTable.IS_NOT_NULL.createCall(SqlNodes.POS, column), SqlNodes.number(0),
                SqlLiteral.createNull(SqlNodes.POS));
        case SUM, MIN, MAX, AVERAGE, MEDIAN, PERCENTILE -> column;
      });
    }
    return combined(shape, leaves);
  }

  private SqlNode combined(MeasureShape shape, Map<String, SqlNode> leaves) {
    if (shape.combined() instanceof Expr.Column column) {
      return java.util.Objects.requireNonNull(leaves.get(column.name()));
    }
    SqlNode tree = SqlParsing.expression(SqlPrelude.prepare(ExprPrinter.print(shape.combined())));
    return java.util.Objects.requireNonNull(tree.accept(new SqlShuttle() {
      @Override
      public SqlNode visit(SqlIdentifier id) {
        return leaves.getOrDefault(id.getSimple(), id);
      }

      @Override
      public SqlNode visit(SqlCall call) {
        SqlCall inner = (SqlCall) java.util.Objects.requireNonNull(super.visit(call));
        return inner.getOperator().getName().equals("/") ? context.functions.divide(inner.operand(0), inner.operand(1)) : named(inner);
      }
    }));
  }

  private SqlNode named(SqlCall call) {
    return call.getOperator() instanceof SqlUnresolvedFunction
        ? context.functions.call(SqlNodes.functionName(call), call.getOperandList()).orElse(call)
        : call;
  }

  private SqlNode aggregate(Measure measure, String relation, String name) {
    SqlNode column = SqlNodes.column(relation, name);
    return switch (measure.aggregation()) {
      case SUM -> SqlStdOperatorTable.SUM.createCall(SqlNodes.POS, column);
      case SUM_BOOLEAN -> SqlStdOperatorTable.SUM.createCall(SqlNodes.POS,
          SqlNodes.caseWhen(column, SqlNodes.number(1), SqlNodes.number(0)));
      case MIN -> SqlStdOperatorTable.MIN.createCall(SqlNodes.POS, sorted(measure, column));
      case MAX -> SqlStdOperatorTable.MAX.createCall(SqlNodes.POS, sorted(measure, column));
      case AVERAGE -> SqlStdOperatorTable.AVG.createCall(SqlNodes.POS, SqlNodes.cast(column, SqlTypeName.DOUBLE));
      case COUNT -> SqlStdOperatorTable.COUNT.createCall(SqlNodes.POS, column);
      case COUNT_DISTINCT -> new SqlBasicCall(SqlStdOperatorTable.COUNT, List.of(column), SqlNodes.POS,
          SqlLiteral.createSymbol(SqlSelectKeyword.DISTINCT, SqlNodes.POS));
      case MEDIAN -> percentile(new Measure.Percentile(0.5, false, false), column);
      case PERCENTILE -> percentile(measure.percentile().orElseThrow(), column);
      case STDDEV -> function("STDDEV_SAMP", column);
      case STDDEV_POP -> function("STDDEV_POP", column);
      case VARIANCE -> function("VAR_SAMP", column);
      case VARIANCE_POP -> function("VAR_POP", column);
      case CORRELATION -> throw new IllegalStateException("more than one aggregate makes a correlation");
      case CUSTOM -> new RawSql(() -> measure.custom().orElseThrow().sql().replace("{expr}", "\"" + relation + "\".\"" + name + "\""));
    };
  }

  /** Where values do not vary there is no correlation; what a warehouse says of equal ones that are not whole is but its errors of rounding. */
  private SqlNode correlation(SqlNode one, SqlNode other, UnaryOperator<SqlNode> over) {
    return SqlNodes.caseWhen(SqlStdOperatorTable.AND.createCall(SqlNodes.POS, varies(one, other, over), varies(other, one, over)),
        over.apply(function("CORR", one, other)), SqlLiteral.createNull(SqlNodes.POS));
  }

  private static SqlNode varies(SqlNode value, SqlNode beside, UnaryOperator<SqlNode> over) {
    SqlNode paired = SqlNodes.caseWhen(SqlStdOperatorTable.IS_NOT_NULL.createCall(SqlNodes.POS, beside), value,
        SqlLiteral.createNull(SqlNodes.POS));
    return SqlStdOperatorTable.LESS_THAN.createCall(SqlNodes.POS, over.apply(SqlStdOperatorTable.MIN.createCall(SqlNodes.POS, paired)),
        over.apply(SqlStdOperatorTable.MAX.createCall(SqlNodes.POS, paired)));
  }

  private SqlNode sorted(Measure measure, SqlNode column) {
    return context.tableTypes.of(measure).equals(DataType.STRING) ? context.functions.bytewise(column) : column;
  }

  private static SqlNode percentile(Measure.Percentile percentile, SqlNode column) {
    SqlNode fraction = SqlLiteral.createExactNumeric(Double.toString(percentile.fraction()), SqlNodes.POS);
    SqlNode function = (percentile.discrete() ? SqlStdOperatorTable.PERCENTILE_DISC : SqlStdOperatorTable.PERCENTILE_CONT)
        .createCall(SqlNodes.POS, fraction);
    return SqlStdOperatorTable.WITHIN_GROUP.createCall(SqlNodes.POS, function,
        SqlNodeList.of(percentile.discrete() ? column : SqlNodes.cast(column, SqlTypeName.DOUBLE)));
  }

  static SqlNode function(String name, SqlNode... operands) {
    return new SqlUnresolvedFunction(new SqlIdentifier(name, SqlNodes.POS), null, null, null, null,
        SqlFunctionCategory.USER_DEFINED_FUNCTION).createCall(SqlNodes.POS, new ArrayList<>(List.of(operands)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import com.google.common.collect.ImmutableList;
import dev.sextant.query.plan.node.PlanNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Lowers window columns. */
final class WindowToRel {
  private final RexBuilder rex;

  WindowToRel(RexBuilder rex) {
    this.rex = rex;
  }

  Frame lower(PlanNode.Window window, Frame input) {
    ExprToRex convert = new ExprToRex(rex, input::column);
    Map<String, RexNode> columns = new LinkedHashMap<>(input.columns());
    window.outputs().forEach(output -> columns.put(output.name(), over(output, convert)));
    return new Frame(input.rel(), columns);
  }

  private RexNode over(PlanNode.Windowed output, ExprToRex convert) {
    boolean ranks = output.function() == PlanNode.WindowFunction.ROW_NUMBER || output.function() == PlanNode.WindowFunction.RANK;
    List<RexNode> arguments = ranks ? List.of() : List.of(convert.convert(output.argument()));
    List<RexNode> partition = output.partition().stream().map(convert::convert).toList();
    ImmutableList<RexFieldCollation> order = output.order()
        .stream()
        .map(key -> new RexFieldCollation(convert.convert(key.expr()), key.descending() ? EnumSet.of(SqlKind.DESCENDING, SqlKind.NULLS_LAST)
            : EnumSet.of(SqlKind.NULLS_LAST)))
        .collect(ImmutableList.toImmutableList());
    RexWindowBound lower = switch (output.frame()) {
      case PlanNode.Frame.Whole whole -> RexWindowBounds.UNBOUNDED_PRECEDING;
      case PlanNode.Frame.UpTo upTo -> RexWindowBounds.UNBOUNDED_PRECEDING;
      case PlanNode.Frame.Within within -> RexWindowBounds.preceding(convert.convert(within.length()));
    };
    boolean whole = output.frame() instanceof PlanNode.Frame.Whole;
    RexWindowBound upper = whole && !ranks ? RexWindowBounds.UNBOUNDED_FOLLOWING : RexWindowBounds.CURRENT_ROW;
    return settled(rex.makeOver(type(output, arguments), function(output.function()), arguments, partition, order, lower, upper,
        RexWindowExclusion.EXCLUDE_NO_OTHER, whole, true, false, false, false), output.function());
  }

  /** Warehouses widen integer sums each in their own way; ours are 64-bit. */
  private RexNode settled(RexNode value, PlanNode.WindowFunction function) {
    return function == PlanNode.WindowFunction.SUM && value.getType().getSqlTypeName() == SqlTypeName.BIGINT
        ? rex.makeAbstractCast(value.getType(), value, false)
        : value;
  }

  private RelDataType type(PlanNode.Windowed output, List<RexNode> arguments) {
    var types = rex.getTypeFactory();
    RelDataType type = switch (output.function()) {
      case ROW_NUMBER, RANK, COUNT -> types.createSqlType(SqlTypeName.BIGINT);
      case SUM -> types.getTypeSystem().deriveSumType(types, arguments.getFirst().getType());
      case AVERAGE -> types.createSqlType(SqlTypeName.DOUBLE);
      case MIN, MAX, FIRST_VALUE, LAST_VALUE, LAG, LEAD -> arguments.getFirst().getType();
    };
    return types.createTypeWithNullability(type, true);
  }

  private static SqlAggFunction function(PlanNode.WindowFunction function) {
    return switch (function) {
      case ROW_NUMBER -> SqlStdOperatorTable.ROW_NUMBER;
      case RANK -> SqlStdOperatorTable.RANK;
      case SUM -> SqlStdOperatorTable.SUM;
      case MIN -> SqlStdOperatorTable.MIN;
      case MAX -> SqlStdOperatorTable.MAX;
      case AVERAGE -> SqlStdOperatorTable.AVG;
      case COUNT -> SqlStdOperatorTable.COUNT;
      case FIRST_VALUE -> SqlStdOperatorTable.FIRST_VALUE;
      case LAST_VALUE -> SqlStdOperatorTable.LAST_VALUE;
      case LAG -> SqlStdOperatorTable.LAG;
      case LEAD -> SqlStdOperatorTable.LEAD;
    };
  }
}

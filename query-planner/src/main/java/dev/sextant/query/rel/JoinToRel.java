// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import com.google.common.collect.ImmutableList;
import dev.sextant.model.Expr;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Lowers joins and the meeting of parts on their keys. */
final class JoinToRel {
  private static final int MET_AT_ONCE = 6;

  private final PlanToRel lowering;
  private final RexBuilder rex;

  JoinToRel(PlanToRel lowering, RexBuilder rex) {
    this.lowering = lowering;
    this.rex = rex;
  }

  Frame lower(PlanNode.Join join) {
    Frame left = side(join.left());
    Frame right = side(join.right());
    if (join.kind() == PlanNode.Join.Kind.AS_OF) {
      return asOf(left, right, join.on());
    }
    Frame keptLeft = join.kind() == PlanNode.Join.Kind.FULL ? nullSafe(left) : left;
    Frame keptRight = join.kind() == PlanNode.Join.Kind.INNER ? right : nullSafe(right);
    JoinRelType kind = switch (join.kind()) {
      case INNER -> JoinRelType.INNER;
      case LEFT -> JoinRelType.LEFT;
      case FULL -> JoinRelType.FULL;
      case AS_OF -> JoinRelType.ASOF;
    };
    return joined(keptLeft, keptRight, kind, frame -> new ExprToRex(rex, frame::column).condition(join.on()));
  }

  private Frame asOf(Frame left, Frame right, Expr on) {
    int shift = left.rel().getRowType().getFieldCount();
    Map<String, RexNode> columns = new LinkedHashMap<>(left.columns());
    right.columns().forEach((name, node) -> columns.put(name, RexUtil.shift(node, shift)));
    List<RexNode> conditions = RelOptUtil.conjunctions(new ExprToRex(rex, new Frame(left.rel(), columns)::column).condition(on));
    return new Frame(LogicalAsofJoin.create(left.rel(), right.rel(), ImmutableList.of(),
        RexUtil.composeConjunction(rex, conditions.subList(0, conditions.size() - 1)), conditions.getLast(), JoinRelType.ASOF,
        ImmutableList.of()), columns);
  }

  /** A side of a join; filtered rows become a sub-query, which then names what is used of them. */
  private Frame side(PlanNode plan) {
    Frame frame = lowering.settled(plan);
    return frame.rel() instanceof LogicalFilter && !Projection.namesItsColumns(frame.rel()) ? lowering.projected(frame) : frame;
  }

  private interface Condition {
    RexNode over(Frame both);
  }

  private Frame joined(Frame left, Frame right, JoinRelType kind, Condition condition) {
    int shift = left.rel().getRowType().getFieldCount();
    Map<String, RexNode> columns = new LinkedHashMap<>(left.columns());
    right.columns().forEach((name, node) -> columns.put(name, RexUtil.shift(node, shift)));
    RexNode on = condition.over(new Frame(left.rel(), columns));
    return overJoin(LogicalJoin.create(left.rel(), right.rel(), List.of(), on, Collections.emptySet(), kind), columns);
  }

  /** Columns that are plain fields become NULL on unmatched rows; anything else must be computed before the join. */
  private Frame nullSafe(Frame frame) {
    boolean plain = frame.columns().values().stream().allMatch(RexInputRef.class::isInstance);
    return plain ? frame : lowering.projected(frame);
  }

  /** All parts in one row where they have no keys, else met on these, NULLs too. */
  Frame lower(PlanNode.Combine combine) {
    return combine.keys().isEmpty() ? paired(combine.parts().stream().map(lowering::part).toList())
        : met(combine.parts().stream().map(lowering::part).toList(), combine.keys());
  }

  private Frame paired(List<Frame> rows) {
    Frame all = rows.getFirst();
    for (Frame next : rows.subList(1, rows.size())) {
      all = joined(all, next, JoinRelType.INNER, frame -> rex.makeLiteral(true));
    }
    return all;
  }

  /** Each join names the keys of all parts before it, so that many parts meet in groups first. */
  private Frame met(List<Frame> parts, List<String> keys) {
    List<Frame> left = parts;
    while (left.size() > MET_AT_ONCE) {
      List<Frame> groups = new ArrayList<>();
      for (int from = 0; from < left.size(); from += MET_AT_ONCE) {
        groups.add(lowering.projected(metInOrder(left.subList(from, Math.min(left.size(), from + MET_AT_ONCE)), keys)));
      }
      left = groups;
    }
    return metInOrder(left, keys);
  }

  private Frame metInOrder(List<Frame> parts, List<String> keys) {
    Frame met = parts.getFirst();
    for (Frame next : parts.subList(1, parts.size())) {
      met = metOnKeys(met, next, keys);
    }
    return met;
  }

  private Frame metOnKeys(Frame left, Frame right, List<String> keys) {
    int shift = left.rel().getRowType().getFieldCount();
    List<RexNode> conditions = new ArrayList<>();
    Map<String, RexNode> columns = new LinkedHashMap<>(left.columns());
    right.columns().forEach((name, node) -> {
      RexNode shifted = RexUtil.shift(node, shift);
      if (keys.contains(name)) {
        RexNode known = left.column(name);
        RelDataType type = keyType(name, known, shifted);
        RexNode own = SharedTypes.as(known, type, rex);
        RexNode other = SharedTypes.as(shifted, type, rex);
        conditions.add(rex.makeCall(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, own, other));
        columns.put(name, coalesce(own, other, type));
      } else {
        columns.put(name, shifted);
      }
    });
    RexNode on = RexUtil.composeConjunction(rex, conditions);
    return overJoin(LogicalJoin.create(left.rel(), right.rel(), List.of(), on, Collections.emptySet(), JoinRelType.FULL), columns);
  }

  private RelDataType keyType(String name, RexNode a, RexNode b) {
    return SharedTypes.of(List.of(a.getType(), b.getType()), rex)
        .orElseThrow(() -> Problem.of(QueryIssue.TYPE_MISMATCH, "'" + name + "' has different types in the datasets of this query: "
            + Types.fromCalcite(a.getType()) + " and " + Types.fromCalcite(b.getType()) + ". Cast one of them in the model."));
  }

  private RexNode coalesce(RexNode a, RexNode b, RelDataType type) {
    List<RexNode> operands = new ArrayList<>();
    flatten(a, operands);
    operands.add(b);
    return rex.makeCall(type, SqlStdOperatorTable.COALESCE, operands);
  }

  private static void flatten(RexNode node, List<RexNode> operands) {
    if (node instanceof org.apache.calcite.rex.RexCall call && call.getKind() == SqlKind.COALESCE) {
      operands.addAll(call.getOperands());
    } else {
      operands.add(node);
    }
  }

  /** Fields that are never NULL may be NULL on unmatched rows. */
  private static Frame overJoin(RelNode join, Map<String, RexNode> columns) {
    RexShuttle retyped = new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef ref) {
        RelDataType type = join.getRowType().getFieldList().get(ref.getIndex()).getType();
        return ref.getType().equals(type) ? ref : new RexInputRef(ref.getIndex(), type);
      }
    };
    Map<String, RexNode> kept = new LinkedHashMap<>();
    columns.forEach((name, node) -> kept.put(name, node.accept(retyped)));
    return new Frame(join, kept);
  }

}

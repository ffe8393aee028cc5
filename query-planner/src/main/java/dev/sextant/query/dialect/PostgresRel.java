// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.rel.Projection;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.SqlTypeName;

/** Rewrites an expression so that PostgreSQL gives the values, types and order of text that other warehouses give. */
final class PostgresRel extends RelHomogeneousShuttle {
  private static final RexShuttle ONE_CAST = new RexShuttle() {
    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      boolean again = visited.isA(SqlKind.CAST) && visited instanceof RexCall cast && cast.getOperands().getFirst().isA(SqlKind.CAST)
          && cast.getOperands().getFirst().getType().equals(cast.getType());
      return again ? ((RexCall) visited).getOperands().getFirst() : visited;
    }
  };

  private final RexBuilder rex;
  private final PostgresExprs exprs;

  PostgresRel(RexBuilder rex) {
    this.rex = rex;
    this.exprs = new PostgresExprs(rex);
  }

  RelNode rewrite(RelNode rel) {
    return rel.accept(this);
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode rel = visitChildren(other).accept(exprs);
    return switch (rel) {
      case Aggregate aggregate -> aggregate(aggregate);
      case Project project -> merged(project);
      case Sort sort -> sort(sort);
      default -> rel;
    };
  }

  private RelNode aggregate(Aggregate aggregate) {
    List<AggregateCall> calls = aggregate.getAggCallList().stream().map(call -> spelled(call, aggregate)).toList();
    Aggregate spelled = aggregate.copy(aggregate.getTraitSet(), aggregate.getInput(), aggregate.getGroupSet(), aggregate.getGroupSets(),
        calls);
    List<RexNode> outputs = new ArrayList<>();
    for (int i = 0; i < spelled.getRowType().getFieldCount(); i++) {
      RexNode output = rex.makeInputRef(spelled, i);
      int call = i - spelled.getGroupCount();
      outputs.add(call < 0 ? output : exprs.typed(output, calls.get(call).getAggregation(), arguments(calls.get(call), spelled)));
    }
    return outputs.stream().allMatch(output -> output.getKind() == SqlKind.INPUT_REF) ? spelled
        : Projection.of(spelled, outputs, spelled.getRowType().getFieldNames());
  }

  private static List<RelDataType> arguments(AggregateCall call, Aggregate aggregate) {
    return call.getArgList().stream().map(field -> aggregate.getInput().getRowType().getFieldList().get(field).getType()).toList();
  }

  private static AggregateCall spelled(AggregateCall call, Aggregate aggregate) {
    SqlAggFunction function = function(call.getAggregation(), arguments(call, aggregate));
    return AggregateCall.create(function, call.isDistinct(), call.isApproximate(), call.ignoreNulls(), call.rexList, call.getArgList(),
        call.filterArg, call.distinctKeys, call.getCollation(), call.getType(), call.getName());
  }

  /** PostgreSQL has no least truth value, and its least text depends on the database. */
  static SqlAggFunction function(SqlAggFunction function, List<RelDataType> arguments) {
    boolean least = function.getKind() == SqlKind.MIN;
    if (!least && function.getKind() != SqlKind.MAX) {
      return function;
    }
    return switch (arguments.getFirst().getSqlTypeName()) {
      case BOOLEAN -> least ? SqlLibraryOperators.BOOL_AND : SqlLibraryOperators.BOOL_OR;
      case CHAR, VARCHAR -> least ? Spelled.LEAST_TEXT : Spelled.GREATEST_TEXT;
      default -> function;
    };
  }

  /** A projection takes up the one below it that only gives aggregates their types, so that both stay one SELECT. */
  private static RelNode merged(Project project) {
    if (!(project.getInput() instanceof Project below) || !(below.getInput() instanceof Aggregate) || project.containsOver()) {
      return project;
    }
    List<RexNode> outputs = RelOptUtil.pushPastProject(project.getProjects(), below)
        .stream()
        .map(output -> output.accept(ONE_CAST))
        .toList();
    return Projection.of(below.getInput(), outputs, project.getRowType().getFieldNames());
  }

  private RelNode sort(Sort sort) {
    List<Integer> texts = sort.getCollation()
        .getFieldCollations()
        .stream()
        .map(RelFieldCollation::getFieldIndex)
        .filter(field -> isText(sort.getRowType().getFieldList().get(field).getType()))
        .toList();
    if (texts.isEmpty()) {
      return sort;
    }
    RelNode input = sort.getInput();
    List<RexNode> outputs = new ArrayList<>();
    for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
      RexNode output = rex.makeInputRef(input, i);
      outputs.add(texts.contains(i) ? exprs.bytewise(output) : output);
    }
    List<String> names = input.getRowType().getFieldNames();
    RelNode collated = input instanceof Project project && !project.containsOver()
        ? Projection.of(project.getInput(), RelOptUtil.pushPastProject(outputs, project), names)
        : Projection.of(input, outputs, names);
    return sort.copy(sort.getTraitSet(), List.of(collated));
  }

  static boolean isText(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR || type.getSqlTypeName() == SqlTypeName.CHAR;
  }
}

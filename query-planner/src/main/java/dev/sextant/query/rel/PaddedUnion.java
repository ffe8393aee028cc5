// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Meets parts on their keys where a NULL-safe FULL JOIN is not to be had: all parts one under the other, padded with NULLs, grouped by the keys.
 * Each key has at most one row in each part, so the maximum of a column is its one value.
 */
final class PaddedUnion {
  private final PlanToRel lowering;
  private final RexBuilder rex;

  PaddedUnion(PlanToRel lowering, RexBuilder rex) {
    this.lowering = lowering;
    this.rex = rex;
  }

  Frame lower(PlanNode.Combine combine) {
    List<String> names = combine.columns();
    List<Frame> parts = ordered(combine.parts().stream().map(lowering::part).toList(), combine.keys());
    RelNode union = union(parts, names);
    List<AggregateCall> calls = new ArrayList<>();
    int keys = combine.keys().size();
    for (int i = keys; i < names.size(); i++) {
      RelDataType type = union.getRowType().getFieldList().get(i).getType();
      boolean truth = type.getSqlTypeName() == SqlTypeName.BOOLEAN;
      calls.add(AggregateCall.create(truth ? org.apache.calcite.sql.fun.SqlLibraryOperators.BOOL_OR : SqlStdOperatorTable.MAX, false, false,
          false,
          List.of(), List.of(i), -1, null, RelCollations.EMPTY, type, names.get(i)));
    }
    return lowering.direct(LogicalAggregate.create(union, List.of(), ImmutableBitSet.range(keys), null, calls), names);
  }

  /** All rows of all parts, NULL where a part lacks a column. */
  RelNode union(List<Frame> parts, List<String> names) {
    Map<String, RelDataType> types = types(parts, names);
    return LogicalUnion.create(parts.stream().map(part -> padded(part, names, types)).toList(), true);
  }

  /**
   * The types of a union come about pair by pair, and a pair of NULLs without a type becomes text. So parts with values of unknown types come
   * first, of which there can be no more than the first pair.
   */
  private static List<Frame> ordered(List<Frame> parts, List<String> keys) {
    List<Frame> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparing(part -> unknown(part, keys).isEmpty()));
    if (parts.size() > 2 && !unknown(ordered.get(2), keys).isEmpty()) {
      throw Problem.of(QueryIssue.UNSUPPORTED_BY_WAREHOUSE, "the type of '" + unknown(ordered.get(2), keys).orElseThrow()
          + "' is not known, and this warehouse needs to know it to combine metrics of several datasets. Cast the expr of its measure, such as "
          + "cast(.. as double).");
    }
    return ordered;
  }

  private static Optional<String> unknown(Frame part, List<String> keys) {
    return part.columns()
        .entrySet()
        .stream()
        .filter(column -> column.getValue().getType().getSqlTypeName() == SqlTypeName.ANY && !keys.contains(column.getKey()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Map<String, RelDataType> types(List<Frame> parts, List<String> names) {
    Map<String, RelDataType> types = new LinkedHashMap<>();
    for (String name : names) {
      List<RelDataType> all = parts.stream()
          .filter(part -> part.columns().containsKey(name))
          .map(part -> part.column(name).getType())
          .toList();
      types.put(name, SharedTypes.of(all, rex)
          .orElseThrow(() -> Problem.of(QueryIssue.TYPE_MISMATCH, "'" + name + "' has different types in the datasets of this query: "
              + all.stream().map(type -> Types.fromCalcite(type).toString()).distinct().collect(Collectors.joining(" and "))
              + ". Cast one of them in the model.")));
    }
    return types;
  }

  private RelNode padded(Frame part, List<String> names, Map<String, RelDataType> types) {
    List<RexNode> nodes = new ArrayList<>();
    for (String name : names) {
      RelDataType type = Objects.requireNonNull(types.get(name));
      nodes.add(part.columns().containsKey(name) ? typed(part.column(name), type) : nothing(type));
    }
    return Projection.of(part.rel(), nodes, names);
  }

  private RexNode typed(RexNode node, RelDataType type) {
    return node.getType().getSqlTypeName() == SqlTypeName.NULL ? nothing(type) : SharedTypes.as(node, type, rex);
  }

  private RexNode nothing(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.ANY ? rex.makeNullLiteral(rex.getTypeFactory().createSqlType(SqlTypeName.NULL))
        : rex.makeAbstractCast(type, rex.makeNullLiteral(type), false);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.Aggregation;
import dev.sextant.model.DataType;
import dev.sextant.model.Measure;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.node.PlanNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers aggregations: keys and arguments are projected, each once, then aggregated. */
final class AggregateToRel {
  private static final int WIDE_DIGITS = 38;
  private static final double MIDDLE = 0.5;

  private final PlanToRel lowering;
  private final RexBuilder rex;
  private final List<RexNode> fields = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<RexNode, Integer> places = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  AggregateToRel(PlanToRel lowering, RexBuilder rex) {
    this.lowering = lowering;
    this.rex = rex;
  }

  Frame lower(PlanNode.Aggregate aggregate, Frame input) {
    ExprToRex convert = new ExprToRex(rex, input::column);
    for (PlanNode.Named key : aggregate.keys()) {
      add(convert.convert(key.expr()), key.name());
    }
    int keys = fields.size();
    List<Prepared> prepared = new ArrayList<>(aggregate.aggregates().stream().map(one -> prepare(one, convert)).toList());
    Map<String, Integer> ends = new HashMap<>();
    for (int i = 0; i < aggregate.aggregates().size(); i++) {
      if (aggregate.aggregates().get(i).function().aggregation() == Aggregation.CORRELATION) {
        ends.put(aggregate.aggregates().get(i).name(), keys + prepared.size());
        prepared.addAll(ends(aggregate.aggregates().get(i), prepared.get(i)));
      }
    }
    if (fields.isEmpty()) {
      field(rex.makeExactLiteral(BigDecimal.ONE), "row");
    }
    RelNode rows = Projection.of(input.rel(), fields, names);
    List<AggregateCall> calls = prepared.stream().map(one -> one.call()).toList();
    RelNode rel = LogicalAggregate.create(rows, List.of(), ImmutableBitSet.range(keys), null, calls);
    return outputs(aggregate, rel, keys, ends);
  }

  /** The least and greatest values of both of a correlation's arguments, in the rows that have both. */
  private List<Prepared> ends(PlanNode.Aggregated one, Prepared correlation) {
    List<Prepared> ends = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      RexNode own = fields.get(correlation.arguments().get(i));
      RexNode other = fields.get(correlation.arguments().get(1 - i));
      RexNode paired = rex.makeCall(nullable(own.getType()), SqlStdOperatorTable.CASE,
          List.of(rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, other), own, rex.makeNullLiteral(nullable(own.getType()))));
      ends.add(plain(one, SqlStdOperatorTable.MIN, paired, correlation.filter(), nullable(own.getType())));
      ends.add(plain(one, SqlStdOperatorTable.MAX, paired, correlation.filter(), nullable(own.getType())));
    }
    return ends;
  }

  private Frame outputs(PlanNode.Aggregate aggregate, RelNode rel, int keys, Map<String, Integer> ends) {
    Map<String, RexNode> columns = new LinkedHashMap<>();
    for (int i = 0; i < keys; i++) {
      columns.put(aggregate.keys().get(i).name(), rex.makeInputRef(rel, i));
    }
    for (int i = 0; i < aggregate.aggregates().size(); i++) {
      PlanNode.Aggregated one = aggregate.aggregates().get(i);
      RexNode value = settled(rex.makeInputRef(rel, keys + i), one);
      Integer first = ends.get(one.name());
      columns.put(one.name(), first == null ? value : ofVarying(value, rel, first));
    }
    return new Frame(rel, columns);
  }

  /** Where values do not vary there is no correlation; what a warehouse says of equal ones that are not whole is but its errors of rounding. */
  private RexNode ofVarying(RexNode correlation, RelNode rel, int ends) {
    List<RexNode> varying = new ArrayList<>();
    for (int i = ends; i < ends + 4; i += 2) {
      varying.add(rex.makeCall(SqlStdOperatorTable.LESS_THAN, rex.makeInputRef(rel, i), rex.makeInputRef(rel, i + 1)));
    }
    return rex.makeCall(correlation.getType(), SqlStdOperatorTable.CASE,
        List.of(rex.makeCall(SqlStdOperatorTable.AND, varying), correlation, rex.makeNullLiteral(correlation.getType())));
  }

  /** Warehouses widen integer sums each in their own way; ours are 64-bit, and too large a sum is an error. */
  private RexNode settled(RexNode aggregate, PlanNode.Aggregated one) {
    return switch (one.function().aggregation()) {
      case SUM, SUM_BOOLEAN -> aggregate.getType().getSqlTypeName() == SqlTypeName.BIGINT
          ? rex.makeAbstractCast(lowering.type(DataType.BIGINT), aggregate, false)
          : aggregate;
      case CORRELATION -> rex.makeCall(aggregate.getType(), SqlStdOperatorTable.NULLIF,
          List.of(aggregate, rex.makeAbstractCast(lowering.type(DataType.DOUBLE), rex.makeLiteral("NaN"), false)));
      case MIN, MAX, COUNT, COUNT_DISTINCT, AVERAGE, MEDIAN, PERCENTILE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CUSTOM -> aggregate;
    };
  }

  /** A value without the cast that only settles its type, where it is computed on. */
  static RexNode unsettled(RexNode value) {
    return value instanceof RexCall call && call.getKind() == SqlKind.CAST && call.getOperands().getFirst().getType().equals(call.getType())
        ? call.getOperands().getFirst()
        : value;
  }

  /** An aggregate whose arguments have their places among the projected fields. */
  private record Prepared(String name, SqlAggFunction function, boolean distinct, List<Integer> arguments, RelCollation order, int filter,
      RelDataType type) {

    AggregateCall call() {
      return AggregateCall.create(Operators.returning(function, type), distinct, false, false, List.of(), arguments, filter, null, order,
          type, name);
    }
  }

  private Prepared prepare(PlanNode.Aggregated one, ExprToRex convert) {
    List<RexNode> arguments = one.arguments().stream().map(convert::convert).toList();
    if (one.function().form() == PlanNode.Form.SKETCH || one.function().form() == PlanNode.Form.ESTIMATE) {
      return sketched(one, arguments, convert);
    }
    int filter = one.where().map(where -> field(certain(convert.condition(where)), one.name() + "#where")).orElse(-1);
    Aggregation aggregation = one.function().aggregation();
    RexNode first = unsettled(arguments.getFirst());
    checkNumber(one, aggregation, first);
    return switch (aggregation) {
      case SUM ->
          plain(one, SqlStdOperatorTable.SUM, first, filter,
              one.function().form() == PlanNode.Form.WIDE ? wide(first.getType()) : sumType(first.getType()));
      case SUM_BOOLEAN -> plain(one, SqlStdOperatorTable.SUM, flag(first), filter, lowering.type(DataType.BIGINT));
      case MIN -> plain(one, SqlStdOperatorTable.MIN, first, filter, nullable(first.getType()));
      case MAX -> plain(one, SqlStdOperatorTable.MAX, first, filter, nullable(first.getType()));
      case AVERAGE -> plain(one, SqlStdOperatorTable.AVG, first, filter, lowering.type(DataType.DOUBLE));
      case COUNT -> plain(one, SqlStdOperatorTable.COUNT, first, filter, lowering.type(DataType.BIGINT));
      case COUNT_DISTINCT ->
          new Prepared(one.name(), SqlStdOperatorTable.COUNT, true, List.of(field(first, one.name())), RelCollations.EMPTY,
              filter, lowering.type(DataType.BIGINT));
      case STDDEV -> plain(one, SqlStdOperatorTable.STDDEV_SAMP, first, filter, lowering.type(DataType.DOUBLE));
      case STDDEV_POP -> plain(one, SqlStdOperatorTable.STDDEV_POP, first, filter, lowering.type(DataType.DOUBLE));
      case VARIANCE -> plain(one, SqlStdOperatorTable.VAR_SAMP, first, filter, lowering.type(DataType.DOUBLE));
      case VARIANCE_POP -> plain(one, SqlStdOperatorTable.VAR_POP, first, filter, lowering.type(DataType.DOUBLE));
      case CORRELATION -> new Prepared(one.name(), Operators.CORRELATION, false,
          List.of(field(first, one.name()), field(arguments.get(1), one.name() + "#1")), RelCollations.EMPTY, filter,
          lowering.type(DataType.DOUBLE));
      case CUSTOM -> plain(one, Operators.custom(one.function().custom().orElseThrow()), first, filter,
          lowering.type(one.function().custom().orElseThrow().type()));
      case MEDIAN -> percentile(one, new Measure.Percentile(MIDDLE, false, false), first, filter);
      case PERCENTILE -> percentile(one, one.function().percentile().orElseThrow(), first, filter);
    };
  }

  /** A condition is part of what is estimated from, since the function that estimates takes the place of an aggregate. */
  private Prepared sketched(PlanNode.Aggregated one, List<RexNode> arguments, ExprToRex convert) {
    if (!lowering.can(DialectFeature.SKETCHES)) {
      throw Problem.of(QueryIssue.UNSUPPORTED_BY_WAREHOUSE,
          "the warehouse makes no sketches, which '" + one.name() + "' of an approximate rollup needs. Use store: local.");
    }
    Aggregation aggregation = one.function().aggregation();
    RexNode first = unsettled(arguments.getFirst());
    boolean distinct = aggregation == Aggregation.COUNT_DISTINCT;
    boolean estimate = one.function().form() == PlanNode.Form.ESTIMATE;
    List<Integer> places = new ArrayList<>();
    places.add(field(estimate ? picked(first, one, convert) : distinct ? withoutSignOfZero(first) : number(first), one.name()));
    arguments.stream().skip(1).forEach(more -> places.add(field(unsettled(more), one.name() + "#times")));
    SketchFunction.Kind kind = distinct ? estimate ? SketchFunction.Kind.DISTINCT_COUNT : SketchFunction.Kind.DISTINCT_SKETCH
        : estimate ? SketchFunction.Kind.QUANTILE : SketchFunction.Kind.QUANTILE_SKETCH;
    double fraction = one.function().percentile().map(Measure.Percentile::fraction).orElse(MIDDLE);
    DataType type = estimate ? distinct ? DataType.BIGINT : DataType.DOUBLE : DataType.STRING;
    return new Prepared(one.name(), new SketchFunction(kind, fraction), false, places, RelCollations.EMPTY, -1, lowering.type(type));
  }

  private RexNode picked(RexNode sketch, PlanNode.Aggregated one, ExprToRex convert) {
    return one.where()
        .map(where -> rex.makeCall(nullable(sketch.getType()), SqlStdOperatorTable.CASE,
            List.of(certain(convert.condition(where)), sketch, rex.makeNullLiteral(sketch.getType()))))
        .orElse(sketch);
  }

  /** Zero is one value, and two texts. */
  private RexNode withoutSignOfZero(RexNode value) {
    return value.getType().getSqlTypeName() == SqlTypeName.DOUBLE
        ? rex.makeCall(value.getType(), SqlStdOperatorTable.PLUS, List.of(value, rex.makeApproxLiteral(BigDecimal.ZERO)))
        : value;
  }

  private RexNode number(RexNode value) {
    return value.getType().getSqlTypeName() == SqlTypeName.DOUBLE ? value
        : rex.makeAbstractCast(lowering.type(DataType.DOUBLE), value, false);
  }

  private static void checkNumber(PlanNode.Aggregated one, Aggregation aggregation, RexNode argument) {
    DataType type = Types.fromCalcite(argument.getType());
    boolean known = type.kind() != DataType.Kind.OTHER && type.kind() != DataType.Kind.NULL && !type.isNumeric();
    boolean wrong = switch (aggregation) {
      case SUM, AVERAGE, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, MEDIAN -> known;
      case SUM_BOOLEAN -> known && type.kind() != DataType.Kind.BOOLEAN;
      case MIN, MAX, COUNT, COUNT_DISTINCT, PERCENTILE, CUSTOM -> false;
    };
    if (wrong) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "metric '" + one.name() + "' takes the " + aggregation.label() + " of values of type " + type
              + ". Change its expr or its aggregation.");
    }
  }

  private Prepared plain(PlanNode.Aggregated one, SqlAggFunction function, RexNode argument, int filter, RelDataType type) {
    return new Prepared(one.name(), function, false, List.of(field(argument, one.name())), RelCollations.EMPTY, filter, type);
  }

  private Prepared percentile(PlanNode.Aggregated one, Measure.Percentile percentile, RexNode value, int filter) {
    if (percentile.discrete()) {
      return new Prepared(one.name(), Operators.percentile(percentile), false, List.of(field(value, one.name())), RelCollations.EMPTY,
          filter,
          nullable(value.getType()));
    }
    return new Prepared(one.name(), Operators.percentile(percentile), false, List.of(field(number(value), one.name())), RelCollations.EMPTY,
        filter,
        lowering.type(DataType.DOUBLE));
  }

  private RexNode flag(RexNode value) {
    if (value.getType().getSqlTypeName() != SqlTypeName.BOOLEAN) {
      return value;
    }
    return rex.makeCall(lowering.type(DataType.INTEGER), SqlStdOperatorTable.CASE,
        List.of(value, rex.makeExactLiteral(BigDecimal.ONE), rex.makeExactLiteral(BigDecimal.ZERO)));
  }

  private RelDataType sumType(RelDataType argument) {
    return nullable(rex.getTypeFactory().getTypeSystem().deriveSumType(rex.getTypeFactory(), argument));
  }

  /** Calcite wants to be told that a condition is never NULL; to SQL it is all the same, a row counts where the condition is true. */
  private RexNode certain(RexNode condition) {
    RelDataType truth = rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN);
    return condition instanceof RexCall call ? call.clone(truth, call.getOperands())
        : rex.makeCall(SqlStdOperatorTable.IS_TRUE, condition);
  }

  /** A sum of integers that only a mean is made of may need more than 64 bits. */
  private RelDataType wide(RelDataType argument) {
    RelDataType type = sumType(argument);
    return type.getSqlTypeName() == SqlTypeName.BIGINT ? lowering.type(DataType.decimal(WIDE_DIGITS, 0)) : type;
  }

  private RelDataType nullable(RelDataType type) {
    return rex.getTypeFactory().createTypeWithNullability(type, true);
  }

  private int field(RexNode node, String name) {
    Integer known = places.get(node);
    return known != null ? known : add(node, name);
  }

  private int add(RexNode node, String name) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "_" + i;
    }
    fields.add(node);
    names.add(free);
    places.putIfAbsent(node, fields.size() - 1);
    return fields.size() - 1;
  }
}

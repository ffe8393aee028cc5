// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import com.google.common.collect.ImmutableSet;
import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.plan.node.PlanNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Lowers a plan to a relational expression. Columns stay expressions over the fields below as long as possible, so that the written SQL is as
 * flat as a person's; a side of an outer join that may be missing is projected first where its columns would not turn NULL by themselves.
 */
public final class PlanToRel {
  private static final RexBuilder REX = new RexBuilder(Types.factory());

  private final TableToRel tables;
  private final JoinToRel joins;
  private final Set<DialectFeature> features;
  private final RelOptCluster cluster;
  private final RexBuilder rex;
  private final RelDataTypeFactory types;
  private final Map<PlanNode.Shared, Frame> shared = new IdentityHashMap<>();
  private final Set<String> sharedNames = new HashSet<>();

  public PlanToRel(TableSchemas schemas, Set<DialectFeature> features) {
    this.features = features;
    this.types = Types.factory();
    this.rex = REX;
    this.cluster = RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), rex);
    this.tables = new TableToRel(schemas, cluster, rex);
    this.joins = new JoinToRel(this, rex);
  }

  /** Returns an expression whose fields are the plan's columns, by name and in order. */
  public RelNode lower(PlanNode plan) {
    return projected(frame(plan), plan.columns());
  }

  private Frame frame(PlanNode plan) {
    return switch (plan) {
      case PlanNode.Scan scan -> tables.scan(scan);
      case PlanNode.Spine spine -> tables.spine(spine);
      case PlanNode.Calendar calendar -> calendar(calendar);
      case PlanNode.Shared rows -> shared(rows);
      case PlanNode.Join join -> joins.lower(join);
      case PlanNode.Filter filter -> filter(filter);
      case PlanNode.Compute compute -> compute(compute);
      case PlanNode.Aggregate aggregate -> new AggregateToRel(this, rex).lower(aggregate, settled(aggregate.input()));
      case PlanNode.Window window -> new WindowToRel(rex).lower(window, settled(window.input()));
      case PlanNode.Combine combine -> combine(combine);
      case PlanNode.Union union -> union(union);
      case PlanNode.Sort sort -> sort(sort);
      case PlanNode.Elsewhere elsewhere -> tables.elsewhere(elsewhere);
      case PlanNode.OneRow row -> new Frame(LogicalValues.createOneRow(cluster), new LinkedHashMap<>());
    };
  }

  private Frame calendar(PlanNode.Calendar calendar) {
    Frame input = settled(calendar.input());
    ExprToRex convert = new ExprToRex(rex, input::column);
    Map<String, RexNode> columns = new LinkedHashMap<>();
    calendar.kept().forEach(name -> columns.put(name, input.column(name)));
    RexNode first = convert.convert(calendar.first());
    RexNode periods = rex.makeCall(Operators.CALENDAR_PERIODS, instant(first), instant(convert.convert(calendar.last())),
        ExprToRex.interval(rex, 1, calendar.grain()));
    columns.put(calendar.column(),
        first.getType().getSqlTypeName() == SqlTypeName.DATE ? rex.makeAbstractCast(first.getType(), periods, false) : periods);
    return projected(new Frame(input.rel(), columns));
  }

  private RexNode instant(RexNode time) {
    return SharedTypes.as(time, type(DataType.TIMESTAMP), rex);
  }

  private Frame shared(PlanNode.Shared node) {
    return shared.computeIfAbsent(node, any -> {
      Frame input = projected(frame(node.input()));
      String name = node.name();
      for (int i = 2; !sharedNames.add(name); i++) {
        name = node.name() + "_" + i;
      }
      return direct(new SharedRows(input.rel(), name), List.copyOf(input.columns().keySet()));
    });
  }

  private Frame filter(PlanNode.Filter filter) {
    Frame below = settled(filter.input());
    RexNode condition = new ExprToRex(rex, below::column).condition(filter.condition());
    return new Frame(new LogicalFilter(cluster, below.rel().getTraitSet(), below.rel(), condition, ImmutableSet.of()), below.columns());
  }

  /** The step's frame, projected first where a column is a window: windows cannot stand in conditions, keys or other windows. */
  Frame settled(PlanNode plan) {
    Frame frame = frame(plan);
    boolean windowed = frame.columns().values().stream().anyMatch(RexOver::containsOver);
    return windowed ? projected(frame) : frame;
  }

  private Frame compute(PlanNode.Compute compute) {
    Frame input = frame(compute.input());
    ExprToRex convert = new ExprToRex(rex, input::column);
    Map<String, RexNode> columns = new LinkedHashMap<>();
    compute.outputs().forEach(output -> columns.put(output.name(), convert.convert(output.expr())));
    return new Frame(input.rel(), columns);
  }

  private Frame combine(PlanNode.Combine combine) {
    boolean fullJoins = combine.keys().isEmpty() || can(DialectFeature.FULL_JOIN_NULL_SAFE);
    return fullJoins ? joins.lower(combine) : new PaddedUnion(this, rex).lower(combine);
  }

  Frame part(PlanNode part) {
    return part instanceof PlanNode.Elsewhere ? frame(part) : projected(frame(part));
  }

  private Frame union(PlanNode.Union union) {
    return direct(new PaddedUnion(this, rex).union(union.parts().stream().map(this::frame).toList(), union.columns()), union.columns());
  }

  private Frame sort(PlanNode.Sort sort) {
    List<String> names = sort.input().columns();
    RelNode input = projected(frame(sort.input()), names);
    List<RelFieldCollation> keys = new ArrayList<>();
    for (PlanNode.SortKey key : sort.keys()) {
      if (!(key.expr() instanceof Expr.Column column)) {
        throw new IllegalStateException("sort keys are columns, not " + key.expr());
      }
      RelFieldCollation.Direction direction = key.descending() ? RelFieldCollation.Direction.DESCENDING
          : RelFieldCollation.Direction.ASCENDING;
      keys.add(new RelFieldCollation(names.indexOf(column.name()), direction, RelFieldCollation.NullDirection.LAST));
    }
    RexNode offset = sort.offset().isPresent() && sort.offset().getAsLong() > 0 ? count(sort.offset().getAsLong()) : null;
    RexNode limit = sort.limit().isPresent() ? count(sort.limit().getAsLong()) : null;
    return direct(LogicalSort.create(input, RelCollations.of(keys), offset, limit), names);
  }

  private RexLiteral count(long rows) {
    return rex.makeExactLiteral(BigDecimal.valueOf(rows), types.createSqlType(SqlTypeName.BIGINT));
  }

  /** A frame whose columns are the fields of an expression. */
  Frame direct(RelNode rel, List<String> names) {
    Map<String, RexNode> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), rex.makeInputRef(rel, i));
    }
    return new Frame(rel, columns);
  }

  Frame projected(Frame frame) {
    List<String> names = List.copyOf(frame.columns().keySet());
    return direct(projected(frame, names), names);
  }

  /** An expression that has exactly the named columns as fields. */
  RelNode projected(Frame frame, List<String> names) {
    List<RexNode> nodes = names.stream().map(frame::column).toList();
    return Projection.of(frame.rel(), nodes, names);
  }

  boolean can(DialectFeature feature) {
    return features.contains(feature);
  }

  RelDataType type(DataType type) {
    return Types.toCalcite(type, types);
  }
}

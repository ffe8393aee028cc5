// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import com.google.common.collect.ImmutableSet;
import dev.sextant.model.DataType;
import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Source;
import dev.sextant.query.DialectFeature;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.plan.node.PlanNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Lowers a plan to a relational expression. Columns stay expressions over the fields below as long as possible, so that the written SQL is as
 * flat as a person's; a side of an outer join that may be missing is projected first where its columns would not turn NULL by themselves.
 */
public final class PlanToRel {
  private static final int MET_AT_ONCE = 6;
  private static final RexBuilder REX = new RexBuilder(Types.factory());

  private final TableSchemas schemas;
  private final Set<DialectFeature> features;
  private final RelOptCluster cluster;
  private final RexBuilder rex;
  private final RelDataTypeFactory types;
  private final Map<PlanNode.Shared, Frame> shared = new IdentityHashMap<>();
  private final Set<String> sharedNames = new HashSet<>();

  public PlanToRel(TableSchemas schemas, Set<DialectFeature> features) {
    this.schemas = schemas;
    this.features = features;
    this.types = Types.factory();
    this.rex = REX;
    this.cluster = RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), rex);
  }

  /** Returns an expression whose fields are the plan's columns, by name and in order. */
  public RelNode lower(PlanNode plan) {
    return projected(frame(plan), plan.columns());
  }

  private Frame frame(PlanNode plan) {
    return switch (plan) {
      case PlanNode.Scan scan -> scan(scan);
      case PlanNode.Spine spine -> table(spine.spine().warehouse(), spine.spine().source(), spine.outputs(), "the time spine");
      case PlanNode.Calendar calendar -> calendar(calendar);
      case PlanNode.Shared rows -> shared(rows);
      case PlanNode.Join join -> join(join);
      case PlanNode.Filter filter -> filter(filter);
      case PlanNode.Compute compute -> compute(compute);
      case PlanNode.Aggregate aggregate -> new AggregateToRel(this, rex).lower(aggregate, settled(aggregate.input()));
      case PlanNode.Window window -> new WindowToRel(rex).lower(window, settled(window.input()));
      case PlanNode.Combine combine -> combine(combine);
      case PlanNode.Union union -> union(union);
      case PlanNode.Sort sort -> sort(sort);
      case PlanNode.Elsewhere elsewhere -> elsewhere(elsewhere);
      case PlanNode.OneRow row -> new Frame(LogicalValues.createOneRow(cluster), new LinkedHashMap<>());
    };
  }

  private Frame scan(PlanNode.Scan scan) {
    Dataset dataset = scan.dataset();
    return table(dataset.warehouse(), dataset.source(), scan.outputs(), "dataset '" + dataset.name() + "'");
  }

  private Frame elsewhere(PlanNode.Elsewhere rows) {
    List<PlanNode.Named> columns = rows.columns().stream().map(name -> new PlanNode.Named(name, Expr.column(name))).toList();
    return table(rows.warehouse(), new Source.Table(Optional.empty(), Optional.empty(), rows.table()), columns,
        "warehouse " + rows.warehouse());
  }

  private Frame table(String warehouse, Source source, List<PlanNode.Named> outputs, String reader) {
    TableColumns columns = schemas.columns(warehouse, source);
    Map<String, RexNode> fields = new LinkedHashMap<>();
    RelDataTypeFactory.Builder row = types.builder();
    ExprToRex convert = new ExprToRex(rex, name -> {
      TableColumns.Column column = column(columns, name, source, reader);
      return fields.computeIfAbsent(column.name(), fresh -> {
        row.add(fresh, type(column.type()));
        return rex.makeInputRef(type(column.type()), row.getFieldCount() - 1);
      });
    });
    Map<String, RexNode> frame = new LinkedHashMap<>();
    outputs.forEach(output -> frame.put(output.name(), convert.convert(output.expr())));
    return new Frame(LogicalTableScan.create(cluster, new WarehouseTable(source, row.build()), List.of()), frame);
  }

  private static TableColumns.Column column(TableColumns columns, String name, Source source, String reader) {
    String plain = name.substring(name.lastIndexOf('.') + 1);
    return columns.column(name).or(() -> columns.column(plain)).orElseThrow(() -> {
      List<String> near = NearestNames.to(plain, columns.columns().stream().map(TableColumns.Column::name).toList());
      return Problem.of(QueryIssue.WAREHOUSE_SCHEMA,
          reader + " reads column '" + name + "', which " + source + " does not have." + NearestNames.question(near), near);
    });
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

  private Frame join(PlanNode.Join join) {
    Frame left = side(join.left());
    Frame right = side(join.right());
    Frame keptLeft = join.kind() == PlanNode.Join.Kind.FULL ? nullSafe(left) : left;
    Frame keptRight = join.kind() == PlanNode.Join.Kind.INNER ? right : nullSafe(right);
    JoinRelType kind = switch (join.kind()) {
      case INNER -> JoinRelType.INNER;
      case LEFT -> JoinRelType.LEFT;
      case FULL -> JoinRelType.FULL;
    };
    return joined(keptLeft, keptRight, kind, frame -> new ExprToRex(rex, frame::column).condition(join.on()));
  }

  /** A side of a join; filtered rows become a sub-query, which then names what is used of them. */
  private Frame side(PlanNode plan) {
    Frame frame = settled(plan);
    return frame.rel() instanceof LogicalFilter && !Projection.namesItsColumns(frame.rel()) ? projected(frame) : frame;
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
    return plain ? frame : projected(frame);
  }

  private Frame filter(PlanNode.Filter filter) {
    Frame below = settled(filter.input());
    RexNode condition = new ExprToRex(rex, below::column).condition(filter.condition());
    return new Frame(new LogicalFilter(cluster, below.rel().getTraitSet(), below.rel(), condition, ImmutableSet.of()), below.columns());
  }

  /** The step's frame, projected first where a column is a window: windows cannot stand in conditions, keys or other windows. */
  private Frame settled(PlanNode plan) {
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
    return fullJoins ? combinedByJoins(combine) : new PaddedUnion(this, rex).lower(combine);
  }

  private Frame combinedByJoins(PlanNode.Combine combine) {
    return combine.keys().isEmpty() ? paired(combine.parts().stream().map(this::part).toList())
        : met(combine.parts().stream().map(this::part).toList(), combine.keys());
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
        groups.add(projected(metInOrder(left.subList(from, Math.min(left.size(), from + MET_AT_ONCE)), keys)));
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

  Frame part(PlanNode part) {
    return part instanceof PlanNode.Elsewhere ? frame(part) : projected(frame(part));
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

  private Frame projected(Frame frame) {
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

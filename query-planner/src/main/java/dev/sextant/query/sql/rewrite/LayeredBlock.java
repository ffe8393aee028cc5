// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.at.AtModifier;
import dev.sextant.query.sql.at.AtReader;
import dev.sextant.query.sql.at.EvaluationContext;
import dev.sextant.query.sql.node.Done;
import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.parse.SqlPrelude;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * A grouped block whose measures its rows alone cannot give: metrics of several datasets, cumulative, shifted, conversion or semi-additive ones, and
 * measures in contexts of their own ({@code AT}). What the block groups becomes a table of its own, of rows, of a metric query or of both; the
 * rest of the block reads that table.
 */
final class LayeredBlock implements EvaluationContext.Group {
  private final Rewriting context;
  private final QueryRewriter queries;
  private final Scope scope;
  private final Relation relation;
  private final SqlNode tables;
  private final SqlSelect select;
  private final BlockKeys keys;
  private final GroupedTable grouped;
  private final AggregateRewriter aggregates;
  private final ExprRewriter finished;
  private final SameExpressions expressions;

  LayeredBlock(Rewriting context, QueryRewriter queries, Scope scope, SqlNode tables, SqlSelect select,
      List<Map.Entry<String, SqlNode>> entries) {
    this.context = context;
    this.queries = queries;
    this.scope = scope;
    this.relation = scope.relations().getFirst();
    this.tables = tables;
    this.select = select;
    this.keys = new BlockKeys(context, scope, select.getGroup() == null ? new SqlNodeList(SqlNodes.POS) : select.getGroup(), entries);
    ExprRewriter overGroups = new ExprRewriter(context, queries, scope, true, Collections.emptyMap());
    this.aggregates = new AggregateRewriter(context, scope, new MeasureAggregates(context), overGroups);
    this.grouped = new GroupedTable(context, queries, scope, keys, overGroups);
    this.finished = new ExprRewriter(context, queries, new Scope(List.of(), scope.ctes(), Optional.empty()), false, Collections.emptyMap());
    this.expressions = new SameExpressions(context, scope);
  }

  QueryRewriter.Rewritten rewrite(List<Map.Entry<String, SqlNode>> entries, Optional<SqlOrderBy> order, List<Set<String>> unique) {
    grouped.decide(needsRows(entries, order));
    SqlNodeList items = new SqlNodeList(SqlNodes.POS);
    Map<String, SqlNode> aliases = new LinkedHashMap<>();
    List<Relation.OutColumn> columns = new ArrayList<>();
    entries.forEach(entry -> {
      SqlNode outer = outer(entry.getValue(), Collections.emptyMap());
      aliases.putIfAbsent(entry.getKey(), outer);
      items.add(SqlNodes.as(outer, entry.getKey()));
      columns.add(Relation.OutColumn.plain(entry.getKey(), context.types.of(outer)));
    });
    SqlNode having = select.getHaving() == null ? null
        : condition(new Placement(context::at).beforeWindows(select.getHaving(), "HAVING"), "HAVING", aliases);
    SqlNode qualify = select.getQualify() == null ? null : condition(select.getQualify(), "QUALIFY", aliases);
    SqlNodeList sort = order.map(one -> new SortKeys(context, scope, entries, items, select.isDistinct(), key -> outer(key, aliases))
        .rewrite(one.orderList)).orElse(null);
    SqlNode from = grouped.table(select, tables);
    SqlSelect rewritten = new SqlSelect(SqlNodes.POS, SelectRewriter.keywords(select), items, from, having, null, null, null, qualify, sort,
        order.map(one -> one.offset).map(this::count).orElse(null), order.map(one -> one.fetch).map(this::count).orElse(null), null);
    return new QueryRewriter.Rewritten(rewritten, columns, unique);
  }

  private SqlNode condition(SqlNode node, String clause, Map<String, SqlNode> aliases) {
    SqlNode written = overTable(node, aliases);
    SqlNode rewritten = finished.rewrite(written);
    context.types.condition(written, clause);
    return Placement.condition(rewritten);
  }

  private SqlNode count(SqlNode node) {
    return node instanceof SqlDynamicParam parameter ? context.count(parameter) : node;
  }

  /** Whether something in the block is computed from its rows, so that these decide which groups there are. */
  private boolean needsRows(List<Map.Entry<String, SqlNode>> entries, Optional<SqlOrderBy> order) {
    List<SqlNode> all = new ArrayList<>(entries.stream().map(Map.Entry::getValue).toList());
    Optional.ofNullable(select.getHaving()).ifPresent(all::add);
    Optional.ofNullable(select.getQualify()).ifPresent(all::add);
    order.ifPresent(one -> all.add(one.orderList));
    return relation.use().isEmpty() || keys.hasSubtotals() || all.stream().anyMatch(this::readsRows);
  }

  private boolean readsRows(SqlNode node) {
    return switch (node) {
      case SqlNodeList list -> list.stream().anyMatch(one -> one != null && readsRows(one));
      case SqlCall call when contextOf(call).isPresent() -> true;
      case SqlCall call when call.getKind() == SqlKind.OVER -> SqlNodes.unfiltered(call.operand(0))
          .getOperandList()
          .stream()
          .anyMatch(one -> one != null && readsRows(one)) || readsRows(call.operand(1));
      case SqlCall call when call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.WITHIN_GROUP -> true;
      case SqlCall call when SqlNodes.isAggregate(call) -> aggregates.meant(call).isEmpty();
      case SqlCall call -> call.getOperandList().stream().anyMatch(one -> one != null && readsRows(one));
      default -> false;
    };
  }

  /** The expression over the grouped table. */
  private SqlNode outer(SqlNode node, Map<String, SqlNode> aliases) {
    return finished.rewrite(overTable(node, aliases));
  }

  /** The expression with the columns of the grouped table in the places of keys, aggregates and measures. */
  private SqlNode overTable(SqlNode node, Map<String, SqlNode> aliases) {
    Optional<String> key = keys.key(node);
    if (key.isPresent()) {
      return new Done(grouped.column(key.get()), node);
    }
    return switch (node) {
      case SqlNodeList list -> new SqlNodeList(list.stream().map(one -> overPresent(one, aliases)).toList(), SqlNodes.POS);
      case SqlIdentifier name when !name.isStar() -> column(name, aliases);
      case SqlWindow window -> SqlWindow.create(null, window.getRefName(), (SqlNodeList) overTable(window.getPartitionList(), aliases),
          (SqlNodeList) overTable(window.getOrderList(), aliases), SqlLiteral.createBoolean(window.isRows(), SqlNodes.POS),
          window.getLowerBound(), window.getUpperBound(), null, SqlNodes.POS);
      case SqlCase choice -> new SqlCase(SqlNodes.POS, overPresent(choice.getValueOperand(), aliases),
          (SqlNodeList) overTable(choice.getWhenOperands(), aliases), (SqlNodeList) overTable(choice.getThenOperands(), aliases),
          overPresent(choice.getElseOperand(), aliases));
      case SqlCall call -> call(call, aliases);
      default -> node;
    };
  }

  private @org.jspecify.annotations.Nullable SqlNode overPresent(@org.jspecify.annotations.Nullable SqlNode node,
      Map<String, SqlNode> aliases) {
    return node == null ? null : overTable(node, aliases);
  }

  private SqlNode call(SqlCall call, Map<String, SqlNode> aliases) {
    Optional<Contextual> contextual = contextOf(call);
    if (contextual.isPresent()) {
      return new Done(inContext(contextual.get(), call), call);
    }
    if (call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.WITH) {
      return call;
    }
    if (call.getKind() == SqlKind.OVER) {
      return SqlNodes.sameCall(call, List.of(windowed(call.operand(0), aliases), overTable(call.operand(1), aliases)));
    }
    if (SqlNodes.functionName(call).equals("GROUPING")) {
      call.getOperandList().stream().filter(one -> keys.key(one).isEmpty()).findFirst().ifPresent(one -> {
        throw GroupedColumns.notGrouped(one, context);
      });
    }
    if (SqlNodes.isAggregate(call) || call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.WITHIN_GROUP) {
      return new Done(grouped.aggregate(call, aggregates), call);
    }
    return SqlNodes.sameCall(call, operands(call, aliases));
  }

  /** The function of a window, whose own aggregate is not the block's. */
  private SqlNode windowed(SqlCall function, Map<String, SqlNode> aliases) {
    boolean wraps = function.getKind() == SqlKind.FILTER || function.getKind() == SqlKind.IGNORE_NULLS
        || function.getKind() == SqlKind.RESPECT_NULLS;
    if (!wraps) {
      return SqlNodes.sameCall(function, operands(function, aliases));
    }
    List<SqlNode> operands = new ArrayList<>(List.of(windowed(function.operand(0), aliases)));
    function.getOperandList().stream().skip(1).forEach(one -> operands.add(overTable(one, aliases)));
    return SqlNodes.sameCall(function, operands);
  }

  private List<SqlNode> operands(SqlCall call, Map<String, SqlNode> aliases) {
    List<SqlNode> operands = new ArrayList<>();
    call.getOperandList().forEach(one -> operands.add(overPresent(one, aliases)));
    return operands;
  }

  private SqlNode column(SqlIdentifier name, Map<String, SqlNode> aliases) {
    SqlNode aliased = name.isSimple() ? aliases.get(name.getSimple()) : null;
    if (aliased != null) {
      return new Done(aliased, name);
    }
    Optional<Scope.Found> found = scope.find(name, context);
    if (found.isEmpty()) {
      return name;
    }
    throw Problem.at(QueryIssue.INVALID_SQL, context.at(name), found.get().column().measure().isPresent()
        ? "measure '" + name.names.getLast() + "' must be aggregated in a block that groups. Write MEASURE(" + name.names.getLast() + ")."
        : "'" + name.names.getLast() + "' is neither grouped by nor aggregated. Add it to GROUP BY, or aggregate it.");
  }

  /** A measure and the modifiers of its context. */
  private record Contextual(SqlNode measure, List<AtModifier> modifiers) {}

  private Optional<Contextual> contextOf(SqlCall call) {
    if (call.getKind() == SqlKind.CAST && call.operand(1) instanceof SqlDataTypeSpec type && type.getTypeName() != null
        && type.getTypeName().getSimple().startsWith(SqlPrelude.CONTEXT)) {
      List<AtModifier> modifiers = new ArrayList<>();
      SqlNode measure = call.operand(0);
      if (measure instanceof SqlCall inner) {
        contextOf(inner).ifPresent(nested -> modifiers.addAll(nested.modifiers()));
        measure = contextOf(inner).map(Contextual::measure).orElse(measure);
      }
      modifiers.addAll(AtReader.read(SqlPrelude.carried(type.getTypeName().getSimple(), SqlPrelude.CONTEXT), context.at(call),
          call.getParserPosition()));
      return Optional.of(new Contextual(measure, modifiers));
    }
    boolean wraps = SqlNodes.isAggregate(call) && call.operandCount() == 1 && call.operand(0) instanceof SqlCall;
    return wraps
        ? contextOf(call.operand(0)).map(found -> new Contextual(SqlNodes.sameCall(call, List.of(found.measure())), found.modifiers()))
        : Optional.empty();
  }

  private SqlNode inContext(Contextual asked, SqlCall at) {
    Optional<Scope.Found> measure = asked.measure() instanceof SqlIdentifier name ? scope.find(name, context)
        : asked.measure() instanceof SqlCall aggregate ? aggregates.meant(aggregate) : Optional.empty();
    measure.ifPresent(found -> aggregates.checkRepeated(at, found));
    Relation.Carried carried = measure.flatMap(found -> found.column().measure())
        .orElseThrow(() -> Problem.at(QueryIssue.INVALID_SQL, context.at(at), "AT follows a measure, as in MEASURE(m) AT (ALL)."));
    EvaluationContext seen = own();
    for (AtModifier modifier : asked.modifiers().reversed()) {
      check(modifier);
      seen = seen.after(modifier, this);
    }
    SqlNode source = ((SqlBasicCall) tables).operand(0);
    SqlNode value = new ContextQueries(context, queries, scope, source).query(carried, seen);
    context.types.put(value, measure.orElseThrow().column().type());
    return value;
  }

  private void check(AtModifier modifier) {
    List<SqlNode> dimensions = switch (modifier) {
      case AtModifier.AllOf some -> some.dimensions();
      case AtModifier.Set set -> List.of(set.dimension());
      case AtModifier.All all -> List.of();
      case AtModifier.Visible visible -> List.of();
      case AtModifier.Where where -> List.of();
    };
    SqlShuttle known = new SqlShuttle() {
      @Override
      public SqlNode visit(SqlIdentifier name) {
        if (scope.find(name, context).isEmpty()) {
          throw scope.unknown(name, context);
        }
        return name;
      }
    };
    Placement placement = new Placement(context::at);
    dimensions.forEach(dimension -> placement.ofRows(dimension, "AT").accept(known));
    if (modifier instanceof AtModifier.Where where) {
      placement.ofRows(where.condition(), "AT");
    }
  }

  @Override
  public EvaluationContext own() {
    List<EvaluationContext.Term> terms = new ArrayList<>();
    keys.all()
        .forEach((name, key) -> terms.add(new EvaluationContext.Term(key, grouped.column(name),
            keys.hasSubtotals() ? Optional.of(grouped.column(GroupedTable.subtotal(name))) : Optional.empty())));
    return new EvaluationContext(terms, select.getWhere() == null ? List.of() : ContextQueries.conjuncts(select.getWhere()));
  }

  @Override
  public boolean same(SqlNode a, SqlNode b) {
    return expressions.same(a, b);
  }

  @Override
  public SqlNode value(SqlNode expression) {
    return outer(expression, Collections.emptyMap());
  }
}

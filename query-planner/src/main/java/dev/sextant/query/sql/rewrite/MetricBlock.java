// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;

/**
 * A grouped block over one semantic table whose metrics rows alone cannot give: metrics of several datasets, cumulative, shifted, conversion or
 * semi-additive ones. The block's keys, filters and metrics are planned as a metric query; the rest of the block reads its result.
 */
final class MetricBlock {
  private final Rewriting context;
  private final Scope scope;
  private final Relation relation;
  private final SemanticTable table;
  private final Map<String, SqlNode> keys = new LinkedHashMap<>();
  private final Map<String, Metric> metrics = new LinkedHashMap<>();
  private final String alias;

  MetricBlock(Rewriting context, Scope scope) {
    this.context = context;
    this.scope = scope;
    this.relation = scope.relations().getFirst();
    this.table = relation.use().orElseThrow().table();
    this.alias = relation.alias();
  }

  /** Whether a block reads one table that has no rows of its own. */
  static boolean hasNoRows(Scope scope) {
    return scope.relations().size() == 1 && scope.relations().getFirst().use().filter(use -> use.table().base().isEmpty()).isPresent();
  }

  /** Whether a grouped block asks for a measure that its rows cannot give. */
  static boolean isNeeded(SqlSelect select, List<SqlNode> entries, Optional<SqlOrderBy> order, Scope scope, Rewriting context) {
    if (scope.relations().size() != 1 || scope.relations().getFirst().use().isEmpty()) {
      return false;
    }
    boolean[] needed = {scope.relations().getFirst().use().orElseThrow().table().base().isEmpty()};
    SqlShuttle finder = new SqlShuttle() {
      @Override
      public SqlNode visit(SqlIdentifier name) {
        needed[0] |= !name.isStar() && scope.find(name, context)
            .flatMap(found -> found.column().measure())
            .filter(measure -> measure.shape().isEmpty())
            .isPresent();
        return name;
      }
    };
    entries.forEach(entry -> entry.accept(finder));
    if (select.getHaving() != null) {
      select.getHaving().accept(finder);
    }
    order.ifPresent(keys -> keys.orderList.accept(finder));
    return needed[0];
  }

  QueryRewriter.Rewritten rewrite(SqlSelect select, List<Map.Entry<String, SqlNode>> entries, Optional<SqlOrderBy> order) {
    if (select.getGroup() != null) {
      select.getGroup().forEach(key -> addKey(resolved(key, entries)));
    }
    SqlNodeList items = new SqlNodeList(SqlNodes.POS);
    Map<String, SqlNode> aliases = new LinkedHashMap<>();
    entries.forEach(entry -> {
      SqlNode outerNode = outer(entry.getValue(), Collections.emptyMap());
      aliases.put(entry.getKey(), outerNode);
      items.add(SqlNodes.as(outerNode, entry.getKey()));
    });
    SqlNode having = select.getHaving() == null ? null : outer(select.getHaving(), aliases);
    SqlNodeList sort = order.map(one -> {
      SqlNodeList list = new SqlNodeList(SqlNodes.POS);
      one.orderList.forEach(key -> list.add(sortKey(key, aliases)));
      return list;
    }).orElse(null);
    BoundQuery query = query(select.getWhere());
    SqlNode from = SqlNodes.as(new RawSql(() -> context.text(new Planner().plan(query))), alias);
    SqlSelect rewritten = new SqlSelect(SqlNodes.POS, null, items, from, having, null, null, null, null, sort,
        order.map(one -> one.offset).orElse(null), order.map(one -> one.fetch).orElse(null), null);
    return new QueryRewriter.Rewritten(rewritten, entries.stream().map(entry -> Relation.OutColumn.plain(entry.getKey())).toList());
  }

  private SqlNode sortKey(SqlNode key, Map<String, SqlNode> aliases) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST -> ((SqlCall) key).getOperator()
          .createCall(SqlNodes.POS,
              sortKey(((SqlCall) key).operand(0), aliases));
      case LITERAL -> key;
      default -> outer(key, aliases);
    };
  }

  private SqlNode resolved(SqlNode key, List<Map.Entry<String, SqlNode>> entries) {
    if (key instanceof SqlLiteral literal) {
      int place = literal.intValue(false);
      if (place < 1 || place > entries.size()) {
        throw Problem.at(QueryIssue.INVALID_SQL, context.at(key), "there is no column " + place + " in the select list.");
      }
      return entries.get(place - 1).getValue();
    }
    if (key instanceof SqlCall call && (call.getKind() == SqlKind.ROLLUP || call.getKind() == SqlKind.CUBE
        || call.getKind() == SqlKind.GROUPING_SETS)) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(key),
          "subtotals of these metrics are not supported; ask for each grouping apart.");
    }
    boolean column = !(key instanceof SqlIdentifier name) || scope.find(name, context).isPresent();
    return column ? key
        : entries.stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(((SqlIdentifier) key).names.getLast()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> scope.unknown((SqlIdentifier) key, context));
  }

  private void addKey(SqlNode key) {
    boolean constant = key instanceof SqlLiteral;
    if (!constant && keys.values().stream().noneMatch(known -> known.equalsDeep(key, Litmus.IGNORE))) {
      keys.put("key_" + (keys.size() + 1), key);
    }
  }

  /** The expression over the planned result: keys and metrics become its columns. */
  private SqlNode outer(SqlNode node, Map<String, SqlNode> aliases) {
    for (Map.Entry<String, SqlNode> key : keys.entrySet()) {
      if (key.getValue().equalsDeep(node, Litmus.IGNORE) || sameColumn(key.getValue(), node)) {
        return SqlNodes.column(alias, key.getKey());
      }
    }
    if (node instanceof SqlIdentifier name && !name.isStar()) {
      return outerColumn(name, aliases);
    }
    if (node instanceof SqlCall call && call.getKind() == SqlKind.OVER) {
      SqlCall function = SqlNodes.unfiltered(call.operand(0));
      List<SqlNode> operands = function.getOperandList().stream().map(one -> SqlNodes.isStar(one) ? one : outer(one, aliases)).toList();
      return call.getOperator()
          .createCall(SqlNodes.POS,
              function.getOperator().createCall(function.getFunctionQuantifier(), SqlNodes.POS, operands), outer(call.operand(1), aliases));
    }
    if (SqlNodes.isAggregate(node)) {
      return SqlNodes.column(alias, metric((SqlCall) node));
    }
    return switch (node) {
      case SqlNodeList list -> new SqlNodeList(list.stream().map(one -> outer(one, aliases)).toList(), SqlNodes.POS);
      case org.apache.calcite.sql.SqlWindow window -> org.apache.calcite.sql.SqlWindow.create(null, window.getRefName(),
          (SqlNodeList) outer(window.getPartitionList(), aliases), (SqlNodeList) outer(window.getOrderList(), aliases),
          SqlLiteral.createBoolean(window.isRows(), SqlNodes.POS), window.getLowerBound(), window.getUpperBound(), null, SqlNodes.POS);
      case org.apache.calcite.sql.fun.SqlCase choice -> new org.apache.calcite.sql.fun.SqlCase(SqlNodes.POS,
          choice.getValueOperand() == null ? null : outer(choice.getValueOperand(), aliases),
          (SqlNodeList) outer(choice.getWhenOperands(), aliases), (SqlNodeList) outer(choice.getThenOperands(), aliases),
          choice.getElseOperand() == null ? null : outer(choice.getElseOperand(), aliases));
      case SqlCall call -> spelled((SqlCall) call.getOperator()
          .createCall(call.getFunctionQuantifier(), SqlNodes.POS,
              call.getOperandList().stream().map(one -> outer(one, aliases)).toList()));
      default -> node;
    };
  }

  private SqlNode spelled(SqlCall call) {
    if (call.getKind() == SqlKind.DIVIDE) {
      return context.functions.divide(call.operand(0), call.operand(1));
    }
    boolean function = call.getOperator() instanceof org.apache.calcite.sql.SqlUnresolvedFunction;
    return function ? context.functions.call(SqlNodes.functionName(call), call.getOperandList())
        .orElseThrow(
            () -> Problem.at(QueryIssue.INVALID_SQL, context.at(call), "function '" + call.getOperator().getName() + "' is not known."))
        : call;
  }

  private boolean sameColumn(SqlNode key, SqlNode node) {
    return key instanceof SqlIdentifier a && node instanceof SqlIdentifier b && !b.isStar()
        && scope.find(a, context).equals(scope.find(b, context)) && scope.find(a, context).isPresent();
  }

  private SqlNode outerColumn(SqlIdentifier name, Map<String, SqlNode> aliases) {
    SqlNode aliased = name.isSimple() ? aliases.get(name.getSimple()) : null;
    if (aliased != null) {
      return aliased;
    }
    Optional<Scope.Found> found = scope.find(name, context);
    if (found.isEmpty()) {
      throw scope.unknown(name, context);
    }
    throw Problem.at(QueryIssue.INVALID_SQL, context.at(name), found.get().column().measure().isPresent()
        ? "measure '" + name.names.getLast() + "' must be aggregated in a block that groups. Write MEASURE(" + name.names.getLast() + ")."
        : "'" + name.names.getLast() + "' is neither grouped by nor aggregated.");
  }

  private String metric(SqlCall call) {
    SqlNode argument = call.operandCount() == 1 ? call.operand(0) : call;
    Optional<Relation.Carried> measure = argument instanceof SqlIdentifier name && !name.isStar()
        ? scope.find(name, context).flatMap(found -> found.column().measure())
        : Optional.empty();
    Relation.Carried carried = measure.orElseThrow(() -> Problem.at(QueryIssue.UNSUPPORTED, context.at(call),
        "'" + table.name() + "' evaluates metrics here that its rows alone cannot give, so the block can hold MEASURE(metric) only, not "
            + SqlNodes.functionName(call) + " of something else."));
    String name = SqlNodes.functionName(call);
    if (!name.equals("MEASURE") && !name.equals("AGGREGATE") && !name.equals("AGG")
        && !(carried.metric().metric() instanceof Metric.Simple simple && simple.measure()
            .aggregation()
            .label()
            .equals(name.toLowerCase(
                java.util.Locale.ROOT)))) {
      context.warnings
          .add(name + "(" + carried.metric().name() + ") was read as the metric itself. Write MEASURE(" + carried.metric().name() + ").");
    }
    metrics.put(carried.metric().name(), carried.metric().metric());
    return carried.metric().name();
  }

  private BoundQuery query(@org.jspecify.annotations.Nullable SqlNode where) {
    SqlToExpr toExpr = new SqlToExpr(context, scope, table);
    List<BoundQuery.Item> items = new ArrayList<>();
    keys.forEach((name, node) -> {
      Optional<ItemName> plain = toExpr.item(node);
      ItemName label = new ItemName(List.of(), name, Optional.empty(), Optional.empty());
      items.add(plain.map(item -> new BoundQuery.Item(item, name))
          .orElseGet(() -> new BoundQuery.Item(label, name, Optional.of(toExpr.convert(node)))));
    });
    List<BoundQuery.AskedMetric> asked = new ArrayList<>();
    metrics.forEach((name, metric) -> asked.add(new BoundQuery.AskedMetric(metric, name)));
    List<Expr> filters = where == null ? List.of() : FilterReader.conjuncts(toExpr.convert(where));
    return new BoundQuery(context.model, asked, items, filters, List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(),
        Optional.empty(), context.model.calendar().zone(), MetricQuery.Mode.DISTINCT, MetricQuery.Extras.NONE);
  }
}

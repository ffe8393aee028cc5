// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** The groups of a layered block as a table: its keys, aggregates of its rows, and metrics that a metric query gives. */
final class GroupedTable {
  private final Rewriting context;
  private final Scope scope;
  private final QueryRewriter queries;
  private final BlockKeys keys;
  private final ExprRewriter overGroups;
  private final Relation relation;
  private final Optional<MetricPart> metrics;
  private final Map<String, SqlNode> aggregates = new LinkedHashMap<>();
  private final Map<String, DataType> types = new LinkedHashMap<>();
  private final String name;
  private boolean rows;

  GroupedTable(Rewriting context, QueryRewriter queries, Scope scope, BlockKeys keys, ExprRewriter overGroups) {
    this.context = context;
    this.queries = queries;
    this.scope = scope;
    this.keys = keys;
    this.overGroups = overGroups;
    this.relation = scope.relations().getFirst();
    this.metrics = relation.use().map(use -> new MetricPart(context, queries, scope, use.table()));
    this.name = context.freshName("block");
  }

  /** Says whether the block's rows take part. */
  void decide(boolean needsRows) {
    rows = needsRows && hasRows();
  }

  private boolean hasRows() {
    return relation.use().isEmpty() || relation.use().get().table().base().isPresent();
  }

  SqlNode column(String column) {
    SqlNode found = SqlNodes.column(name, column);
    context.types.put(found, types.computeIfAbsent(column, this::typeOf));
    return found;
  }

  private DataType typeOf(String column) {
    SqlNode key = keys.all().get(column);
    if (key == null) {
      return DataType.OTHER;
    }
    new ExprRewriter(context, queries, scope, false, Collections.emptyMap()).rewrite(key);
    return context.types.of(key);
  }

  /** The column that is 1 in groups over all values of a key. */
  static String subtotal(String key) {
    return "sub" + key;
  }

  /** Adds an aggregate; returns what reads it. */
  SqlNode aggregate(SqlCall call, AggregateRewriter reader) {
    Optional<Scope.Found> metric = call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.WITHIN_GROUP ? Optional.empty()
        : reader.meant(call);
    Optional<Relation.Carried> carried = metric.flatMap(found -> found.column().measure());
    if (carried.isPresent() && metrics.isPresent() && (!rows || carried.get().shape().isEmpty())) {
      if (keys.hasSubtotals()) {
        throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "subtotals of metric '" + carried.get().metric().name()
            + "' are not supported; ask for each grouping apart.");
      }
      String asked = metrics.get().add(carried.get().metric().metric());
      types.put(asked, metric.get().column().type());
      return column(asked);
    }
    if (!rows) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "'" + relation.alias()
          + "' has metrics of several datasets and no rows of its own, so the block can hold MEASURE(metric) only, not "
          + SqlNodes.functionName(SqlNodes.unfiltered(call)) + " of something else.");
    }
    String column = "agg_" + (aggregates.size() + 1);
    aggregates.put(column, overGroups.rewrite(call));
    types.put(column, context.types.of(call));
    boolean counts = SqlNodes.functionName(SqlNodes.unfiltered(call)).equals("COUNT");
    return counts && meets() ? SqlStdOperatorTable.COALESCE.createCall(SqlNodes.POS, column(column), SqlNodes.number(0)) : column(column);
  }

  /** Whether a metric query takes part, as far as it is known. */
  private boolean meets() {
    return metrics.filter(part -> !part.columns().isEmpty()).isPresent();
  }

  /** The finished table under its name. */
  SqlNode table(SqlSelect select, SqlNode tables) {
    boolean asked = metrics.filter(part -> !part.columns().isEmpty()).isPresent();
    if (rows && !asked) {
      return SqlNodes.as(rowsOf(select, tables), name);
    }
    SqlNode metricTable = metrics.orElseThrow()
        .table(keys.all(), select.getWhere() == null ? List.of() : ContextQueries.conjuncts(select.getWhere()));
    return SqlNodes.as(rows ? met(rowsOf(select, tables), metricTable) : metricTable, name);
  }

  private SqlNode rowsOf(SqlSelect select, SqlNode tables) {
    ExprRewriter overRows = new ExprRewriter(context, queries, scope, false, Collections.emptyMap());
    SqlNodeList items = new SqlNodeList(SqlNodes.POS);
    keys.all().forEach((key, node) -> {
      items.add(SqlNodes.as(overRows.rewrite(node), key));
      if (keys.hasSubtotals()) {
        items.add(SqlNodes.as(SqlStdOperatorTable.GROUPING.createCall(SqlNodes.POS, overRows.rewrite(node)), subtotal(key)));
      }
    });
    aggregates.forEach((column, aggregate) -> items.add(SqlNodes.as(aggregate, column)));
    if (items.isEmpty()) {
      items.add(SqlNodes.as(SqlStdOperatorTable.COUNT.createCall(SqlNodes.POS, SqlIdentifier.star(SqlNodes.POS)), "rows"));
    }
    SqlNode where = select.getWhere() == null ? null
        : Placement.condition(overRows.rewrite(new Placement(context::at).ofRows(select.getWhere(), "WHERE")));
    SqlNodeList group = keys.all().isEmpty() ? null
        : (SqlNodeList) keys.rewritten(java.util.Objects.requireNonNull(select.getGroup()), overRows);
    return new SqlSelect(SqlNodes.POS, null, items, tables, where, group, null, null, null, null, null, null, null);
  }

  /** Rows and metrics meet on the keys, NULL-safely, and no side loses groups. */
  private SqlNode met(SqlNode rowTable, SqlNode metricTable) {
    String ofRows = context.freshName("rows");
    String ofMetrics = context.freshName("metrics");
    List<SqlNode> with = List.of(item(ofRows, rowTable), item(ofMetrics, new SqlSelect(SqlNodes.POS, null,
        SqlNodeList.of(SqlIdentifier.star(SqlNodes.POS)), SqlNodes.as(metricTable, ofMetrics), null, null, null, null, null, null, null,
        null, null)));
    SqlNodeList items = new SqlNodeList(SqlNodes.POS);
    String groups = context.freshName("groups");
    keys.all().keySet().forEach(key -> items.add(SqlNodes.as(SqlNodes.column(groups, key), key)));
    aggregates.keySet().forEach(column -> items.add(SqlNodes.as(SqlNodes.column(ofRows, column), column)));
    metrics.orElseThrow().columns().forEach(column -> items.add(SqlNodes.as(SqlNodes.column(ofMetrics, column), column)));
    SqlNode from = keys.all().isEmpty()
        ? join(new SqlIdentifier(ofRows, SqlNodes.POS), new SqlIdentifier(ofMetrics, SqlNodes.POS), Optional.empty())
        : join(join(SqlNodes.as(SqlStdOperatorTable.UNION.createCall(SqlNodes.POS, keysOf(ofRows), keysOf(ofMetrics)), groups),
            new SqlIdentifier(ofRows, SqlNodes.POS), Optional.of(sameKeys(groups, ofRows))), new SqlIdentifier(ofMetrics, SqlNodes.POS),
            Optional.of(sameKeys(groups, ofMetrics)));
    SqlSelect body = new SqlSelect(SqlNodes.POS, null, items, from, null, null, null, null, null, null, null, null, null);
    return new SqlWith(SqlNodes.POS, new SqlNodeList(with, SqlNodes.POS), body);
  }

  private static SqlNode item(String name, SqlNode query) {
    return new SqlWithItem(SqlNodes.POS, new SqlIdentifier(name, SqlNodes.POS), null, query, SqlLiteral.createBoolean(false, SqlNodes.POS));
  }

  private SqlNode keysOf(String table) {
    List<SqlNode> items = new ArrayList<>();
    keys.all().keySet().forEach(key -> items.add(SqlNodes.as(SqlNodes.column(table, key), key)));
    return new SqlSelect(SqlNodes.POS, null, new SqlNodeList(items, SqlNodes.POS), new SqlIdentifier(table, SqlNodes.POS), null, null, null,
        null, null, null, null, null, null);
  }

  private SqlNode sameKeys(String left, String right) {
    return keys.all()
        .keySet()
        .stream()
        .<SqlNode>map(key -> SqlStdOperatorTable.IS_NOT_DISTINCT_FROM.createCall(SqlNodes.POS, SqlNodes.column(left, key),
            SqlNodes.column(right, key)))
        .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlNodes.POS, a, b))
        .orElseThrow();
  }

  private static SqlNode join(SqlNode left, SqlNode right, Optional<SqlNode> condition) {
    return new SqlJoin(SqlNodes.POS, left, SqlLiteral.createBoolean(false, SqlNodes.POS),
        (condition.isPresent() ? JoinType.LEFT : JoinType.CROSS).symbol(SqlNodes.POS), right,
        (condition.isPresent() ? JoinConditionType.ON : JoinConditionType.NONE).symbol(SqlNodes.POS), condition.orElse(null));
  }
}

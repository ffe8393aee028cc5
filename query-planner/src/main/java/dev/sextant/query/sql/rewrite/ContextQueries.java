// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.sql.at.EvaluationContext;
import dev.sextant.query.sql.node.Enclosed;
import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Writes a measure in a context as a scalar query over the rows of its relation. */
final class ContextQueries {
  private final Rewriting context;
  private final QueryRewriter queries;
  private final Scope scope;
  private final Relation relation;
  private final SqlNode source;

  /** {@code source} is what gives the relation's rows, without a name. */
  ContextQueries(Rewriting context, QueryRewriter queries, Scope scope, SqlNode source) {
    this.context = context;
    this.queries = queries;
    this.scope = scope;
    this.relation = scope.relations().getFirst();
    this.source = source;
  }

  SqlNode query(Relation.Carried measure, EvaluationContext seen) {
    return new Enclosed(measure.shape().isPresent() ? overRows(measure, seen) : ofMetric(measure, seen));
  }

  private SqlNode overRows(Relation.Carried measure, EvaluationContext seen) {
    relation.use().ifPresent(use -> use.useLeaves(measure));
    ExprRewriter rows = new ExprRewriter(context, queries, new Scope(List.of(relation), scope.ctes(), Optional.empty()), false,
        Collections.emptyMap());
    List<SqlNode> conditions = new ArrayList<>();
    seen.terms().forEach(term -> conditions.add(held(rows.rewrite(term.dimension()), term)));
    seen.filters().forEach(filter -> conditions.add(rows.rewrite(filter)));
    SqlNode value = new MeasureAggregates(context).overGroup(relation.alias(), measure, Optional.empty());
    return select(value, SqlNodes.as(source, relation.alias()), conditions);
  }

  private SqlNode ofMetric(Relation.Carried measure, EvaluationContext seen) {
    MetricPart part = new MetricPart(context, queries, scope, relation.use().orElseThrow().table());
    String column = part.add(measure.metric().metric());
    String name = context.freshName("context");
    Map<String, SqlNode> keys = new LinkedHashMap<>();
    List<SqlNode> conditions = new ArrayList<>();
    for (EvaluationContext.Term term : seen.terms()) {
      String key = "key_" + (keys.size() + 1);
      keys.put(key, term.dimension());
      conditions.add(held(SqlNodes.column(name, key), term));
    }
    return select(SqlNodes.column(name, column), SqlNodes.as(part.table(keys, seen.filters()), name), conditions);
  }

  private static SqlNode held(SqlNode dimension, EvaluationContext.Term term) {
    SqlNode same = SqlStdOperatorTable.IS_NOT_DISTINCT_FROM.createCall(SqlNodes.POS, dimension, term.value());
    return term.rolledUp()
        .<SqlNode>map(subtotal -> SqlStdOperatorTable.OR.createCall(SqlNodes.POS,
            SqlStdOperatorTable.EQUALS.createCall(SqlNodes.POS, subtotal, SqlNodes.number(1)), same))
        .orElse(same);
  }

  private static SqlNode select(SqlNode value, SqlNode from, List<SqlNode> conditions) {
    SqlNode where = conditions.stream()
        .map(Placement::condition)
        .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlNodes.POS, a, b))
        .orElse(null);
    return new SqlSelect(SqlNodes.POS, null, SqlNodeList.of(SqlNodes.as(value, "value")), from, where, null, null, null, null, null, null,
        null, null);
  }

  /** The conditions of a conjunction. */
  static List<SqlNode> conjuncts(SqlNode condition) {
    if (condition.getKind() != SqlKind.AND) {
      return List.of(condition);
    }
    return ((SqlCall) condition).getOperandList().stream().flatMap(one -> conjuncts(one).stream()).toList();
  }
}

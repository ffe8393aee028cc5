// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.ItemName;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.bind.FilterReader;
import dev.sextant.query.sql.node.RawSql;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlNode;

/** Metrics that rows alone cannot give, by keys and under conditions, as a metric query's table. */
final class MetricPart {
  private final Rewriting context;
  private final SqlToExpr toExpr;
  private final ExprRewriter rows;
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  MetricPart(Rewriting context, QueryRewriter queries, Scope scope, SemanticTable table) {
    this.context = context;
    this.rows = new ExprRewriter(context, queries, scope, false, Collections.emptyMap());
    this.toExpr = new SqlToExpr(context, scope, table);
  }

  /** Asks for a metric; returns its column. */
  String add(Metric metric) {
    metrics.put(metric.name(), metric);
    return metric.name();
  }

  List<String> columns() {
    return List.copyOf(metrics.keySet());
  }

  /** The table of the metrics by keys under the given names. */
  SqlNode table(Map<String, SqlNode> keys, List<SqlNode> conditions) {
    conditions.forEach(condition -> {
      rows.rewrite(condition);
      context.types.condition(condition, "WHERE");
    });
    BoundQuery query = query(keys, conditions);
    return new RawSql(() -> context.text(context.planner.plan(query)));
  }

  private BoundQuery query(Map<String, SqlNode> keys, List<SqlNode> conditions) {
    List<BoundQuery.Item> items = new ArrayList<>();
    keys.forEach((name, node) -> {
      Optional<ItemName> plain = toExpr.item(node);
      ItemName label = new ItemName(List.of(), name, Optional.empty(), Optional.empty());
      items.add(plain.map(item -> new BoundQuery.Item(item, name))
          .orElseGet(() -> new BoundQuery.Item(label, name, Optional.of(toExpr.convert(node)))));
    });
    List<BoundQuery.AskedMetric> asked = new ArrayList<>();
    metrics.forEach((name, metric) -> asked.add(new BoundQuery.AskedMetric(metric, name)));
    List<Expr> filters = conditions.stream().flatMap(condition -> FilterReader.conjuncts(toExpr.convert(condition)).stream()).toList();
    return new BoundQuery(context.model, asked, items, filters, List.of(), List.of(), OptionalLong.empty(), OptionalLong.empty(),
        Optional.empty(), context.model.calendar().zone(), MetricQuery.Mode.DISTINCT, MetricQuery.Extras.NONE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Measure;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Member;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.bind.MemberFinder;
import dev.sextant.query.plan.FlatRows;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.sql.table.MeasureShape;
import dev.sextant.query.sql.table.SemanticTable;
import dev.sextant.query.sql.table.TableTypes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One mention of a semantic table in a statement, read row by row: it collects the columns that are used and plans just these. */
final class TableUse {
  private final SemanticTable table;
  private final SemanticModel model;
  private final Map<String, Consumer<FlatRows>> used = new LinkedHashMap<>();
  private final List<Relation.OutColumn> columns = new ArrayList<>();

  TableUse(SemanticTable table, SemanticModel model, TableTypes types) {
    this.table = table;
    this.model = model;
    for (SemanticTable.Column column : table.columns()) {
      columns.add(switch (column) {
        case SemanticTable.ItemColumn item -> Relation.OutColumn.plain(item.name(), types.of(table, item));
        case SemanticTable.MetricColumn metric ->
            new Relation.OutColumn(metric.name(), Optional.of(carried(metric)), types.of(table, metric));
      });
    }
  }

  private Relation.Carried carried(SemanticTable.MetricColumn metric) {
    Optional<MeasureShape> shape = table.base().flatMap(base -> MeasureShape.of(metric.metric(), base, table.time(), model));
    List<String> leaves = new ArrayList<>();
    shape.ifPresent(found -> {
      for (int i = 0; i < found.leaves().size(); i++) {
        leaves.add(showsItsLeaf(found) ? metric.name() : metric.name() + "#" + i);
      }
    });
    return new Relation.Carried(metric, shape, leaves, false);
  }

  /** Whether what the metric's one aggregate takes is also the metric's value for a row. */
  private static boolean showsItsLeaf(MeasureShape shape) {
    return shape.metric() instanceof Metric.Simple simple && simple.fillNullsWith().isEmpty() && switch (simple.measure().aggregation()) {
      case SUM, MIN, MAX, AVERAGE, MEDIAN, PERCENTILE -> true;
      case COUNT -> simple.measure().expr() instanceof Expr.Literal && shape.leaves().getFirst().filters().isEmpty();
      case SUM_BOOLEAN, COUNT_DISTINCT, STDDEV, STDDEV_POP, VARIANCE, VARIANCE_POP, CORRELATION, CUSTOM -> false;
    };
  }

  /** The keys of the table's rows: the columns of primary entities of its dataset. */
  List<Set<String>> keys() {
    MemberFinder finder = new MemberFinder(model);
    return table.columns()
        .stream()
        .filter(SemanticTable.ItemColumn.class::isInstance)
        .map(SemanticTable.ItemColumn.class::cast)
        .filter(column -> !column.item().isMetricTime() && table.base()
            .flatMap(base -> finder.tryFind(base, column.item()))
            .filter(TableUse::identifiesRows)
            .isPresent())
        .map(column -> Relation.key(List.of(column.name())))
        .toList();
  }

  private static boolean identifiesRows(Member member) {
    return member instanceof Member.Key key && key.path().length() == 0 && key.entity().type() == Entity.Type.PRIMARY
        && key.entity().keys().size() == 1;
  }

  SemanticTable table() {
    return table;
  }

  List<Relation.OutColumn> columns() {
    return columns;
  }

  /** Notes that a dimension's values are used. */
  void useItem(SemanticTable.ItemColumn column) {
    used.put(column.name(), rows -> rows.item(column.name(), column.item()));
  }

  /** Notes that the row values of a measure's aggregates are used. */
  void useLeaves(Relation.Carried measure) {
    MeasureShape shape = measure.shape()
        .orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED, "metric '" + measure.metric().name()
            + "' has no value for a single row of '" + table.name() + "'. Group by something and write MEASURE(" + measure.metric().name()
            + ")."));
    for (int i = 0; i < shape.leaves().size(); i++) {
      MeasureShape.Leaf leaf = shape.leaves().get(i);
      String name = measure.leafColumns().get(i);
      used.put(name, rows -> rows.argument(name, argument(leaf.measure()), leaf.filters()));
      for (int j = 0; j < leaf.measure().furtherArguments().size(); j++) {
        Expr further = leaf.measure().furtherArguments().get(j);
        String furtherName = name + "#and" + j;
        used.put(furtherName, rows -> rows.argument(furtherName, further, leaf.filters()));
      }
    }
  }

  private static Expr argument(Measure measure) {
    boolean counted = measure.aggregation() == Aggregation.COUNT && !(measure.expr() instanceof Expr.Literal);
    return counted ? new Expr.Case(List.of(new Expr.When(Expr.call("is not null", measure.expr()), Expr.number(1))), Optional.empty())
        : measure.expr();
  }

  /** The rows with the columns used. */
  PlanNode plan() {
    Dataset base = table.base()
        .orElseThrow(() -> Problem.of(QueryIssue.UNSUPPORTED, "'" + table.name()
            + "' has metrics of several datasets, so it has no rows of its own. Group by something and write MEASURE(metric)."));
    FlatRows rows = new FlatRows(model, base, table.time(), model.calendar().zone());
    used.values().forEach(column -> column.accept(rows));
    return rows.plan();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.table;

import dev.sextant.model.DataType;
import dev.sextant.model.Dimension;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Member;
import dev.sextant.query.bind.LeafMetrics;
import dev.sextant.query.bind.MemberFinder;
import java.util.List;
import java.util.Optional;

/** The SQL types of a virtual table's columns as the catalog names them, found without asking the warehouse. */
final class ColumnTypes {
  private ColumnTypes() {}

  static List<String> of(SemanticTable table, SemanticModel model) {
    MemberFinder finder = new MemberFinder(model);
    return table.columns().stream().map(column -> switch (column) {
      case SemanticTable.MetricColumn metric -> metric(metric.metric(), model);
      case SemanticTable.ItemColumn item -> item(item, table, finder);
    }).toList();
  }

  private static String metric(Metric metric, SemanticModel model) {
    boolean counts = metric instanceof Metric.Simple simple && (simple.measure().aggregation().countsRows()
        || simple.measure().aggregation() == dev.sextant.model.Aggregation.SUM_BOOLEAN);
    return counts && !LeafMetrics.of(metric, model).isEmpty() ? "bigint" : "numeric";
  }

  private static String item(SemanticTable.ItemColumn column, SemanticTable table, MemberFinder finder) {
    if (column.item().isMetricTime()) {
      return "timestamp without time zone";
    }
    if (column.item().part().isPresent()) {
      return "bigint";
    }
    Optional<Member> member = table.base().flatMap(base -> finder.tryFind(base, column.item()));
    boolean time = member.filter(found -> found instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time)
        .isPresent()
        || column.item().grain().isPresent();
    boolean cast = member.filter(found -> found instanceof Member.Attribute attribute
        && attribute.dimension().expr() instanceof dev.sextant.model.Expr.Cast typed && typed.type().equals(DataType.BOOLEAN)).isPresent();
    return time ? "timestamp without time zone" : cast ? "boolean" : "character varying";
  }
}

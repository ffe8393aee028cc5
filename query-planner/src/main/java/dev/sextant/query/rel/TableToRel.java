// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.Dataset;
import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Source;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.plan.node.PlanNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Lowers what reads tables: their columns are looked up, and only those that are asked for are read. */
final class TableToRel {
  private final TableSchemas schemas;
  private final RelOptCluster cluster;
  private final RexBuilder rex;

  TableToRel(TableSchemas schemas, RelOptCluster cluster, RexBuilder rex) {
    this.schemas = schemas;
    this.cluster = cluster;
    this.rex = rex;
  }

  Frame scan(PlanNode.Scan scan) {
    Dataset dataset = scan.dataset();
    return read(dataset.warehouse(), dataset.source(), scan.outputs(), "dataset '" + dataset.name() + "'");
  }

  Frame elsewhere(PlanNode.Elsewhere rows) {
    List<PlanNode.Named> columns = rows.columns().stream().map(name -> new PlanNode.Named(name, Expr.column(name))).toList();
    return read(rows.warehouse(), new Source.Table(Optional.empty(), Optional.empty(), rows.table()), columns,
        "warehouse " + rows.warehouse());
  }

  private Frame read(String warehouse, Source source, List<PlanNode.Named> outputs, String reader) {
    TableColumns columns = schemas.columns(warehouse, source);
    Map<String, RexNode> fields = new LinkedHashMap<>();
    RelDataTypeFactory.Builder row = Types.factory().builder();
    ExprToRex convert = new ExprToRex(rex, name -> {
      TableColumns.Column column = column(columns, name, source, reader);
      return fields.computeIfAbsent(column.name(), fresh -> {
        row.add(fresh, Types.toCalcite(column.type(), Types.factory()));
        return rex.makeInputRef(Types.toCalcite(column.type(), Types.factory()), row.getFieldCount() - 1);
      });
    });
    Map<String, RexNode> frame = new LinkedHashMap<>();
    outputs.forEach(output -> frame.put(output.name(), convert.convert(output.expr())));
    return new Frame(LogicalTableScan.create(cluster, new WarehouseTable(source, row.build(), columns.plain()), List.of()), frame);
  }

  private static TableColumns.Column column(TableColumns columns, String name, Source source, String reader) {
    String plain = name.substring(name.lastIndexOf('.') + 1);
    return columns.column(name).or(() -> columns.column(plain)).orElseThrow(() -> {
      List<String> near = NearestNames.to(plain, columns.columns().stream().map(TableColumns.Column::name).toList());
      return Problem.of(QueryIssue.WAREHOUSE_SCHEMA,
          reader + " reads column '" + name + "', which " + source + " does not have." + NearestNames.question(near), near);
    });
  }

  /** A time spine's columns. */
  Frame spine(PlanNode.Spine spine) {
    return read(spine.spine().warehouse(), spine.spine().source(), spine.outputs(), "the time spine");
  }
}

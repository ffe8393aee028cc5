// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Dataset;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.Warehouse;
import dev.sextant.query.bind.QueryBinder;
import dev.sextant.query.dialect.Dialect;
import dev.sextant.query.dialect.Dialects;
import dev.sextant.query.plan.PlanNode;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.rel.PlanToRel;
import dev.sextant.query.rel.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;

/** The way from a question to SQL: bind, plan, lower, write. */
final class QueryCompiler {
  private final Function<String, Warehouse> warehouses;
  private final TableSchemas schemas;

  QueryCompiler(Function<String, Warehouse> warehouses, TableSchemas schemas) {
    this.warehouses = warehouses;
    this.schemas = schemas;
  }

  Compiled compile(MetricQuery query, SemanticModel model, Caller caller, Stages stages) {
    BoundQuery bound = stages.time("bind", () -> new QueryBinder(model).bind(query, caller));
    PlanNode plan = stages.time("plan", () -> new Planner().plan(bound));
    String warehouse = warehouse(plan, model);
    Dialect dialect = Dialects.named(warehouses.apply(warehouse).dialect());
    RelNode rel = stages.time("lower", () -> new PlanToRel(schemas, dialect.features()).lower(plan));
    String sql = stages.time("write", () -> dialect.write(rel));
    return new Compiled(bound, plan, rel, schema(bound, rel), warehouse, sql);
  }

  private static String warehouse(PlanNode plan, SemanticModel model) {
    Set<String> names = new LinkedHashSet<>();
    collect(plan, names);
    if (names.size() > 1) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "this query reads datasets of several warehouses: " + String.join(", ", names)
          + ". Ask for metrics of one warehouse at a time.");
    }
    return names.stream().findFirst().orElseGet(() -> model.project().defaultWarehouse());
  }

  private static void collect(PlanNode node, Set<String> names) {
    if (node instanceof PlanNode.Scan scan) {
      names.add(scan.dataset().warehouse());
    } else if (node instanceof PlanNode.Spine spine) {
      names.add(spine.spine().warehouse());
    }
    node.inputs().forEach(input -> collect(input, names));
  }

  private static ResultSchema schema(BoundQuery bound, RelNode rel) {
    List<ResultSchema.Column> columns = new ArrayList<>();
    for (RelDataTypeField field : rel.getRowType().getFieldList()) {
      Optional<Metric> metric = bound.metrics()
          .stream()
          .filter(asked -> asked.name().equals(field.getName()))
          .map(BoundQuery.AskedMetric::metric)
          .findFirst();
      columns.add(new ResultSchema.Column(field.getName(), Types.fromCalcite(field.getType()),
          bound.items().stream().anyMatch(item -> item.name().equals(field.getName())) || bound.metrics().isEmpty()
              ? ResultSchema.Role.GROUP_BY
              : ResultSchema.Role.METRIC,
          metric.flatMap(found -> found.header().documentation().label())));
    }
    return new ResultSchema(columns);
  }

  /** Reads the columns of a dataset's table, so that later questions need not wait for it. */
  void warm(Dataset dataset) {
    if (schemas.columns(dataset.warehouse(), dataset.source()).columns().isEmpty()) {
      throw Problem.of(QueryIssue.WAREHOUSE_SCHEMA,
          "dataset '" + dataset.name() + "' reads " + dataset.source() + ", which has no columns.");
    }
  }
}

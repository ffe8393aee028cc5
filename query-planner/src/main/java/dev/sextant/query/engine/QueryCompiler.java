// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Dataset;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.AddedNames;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.TableColumns;
import dev.sextant.query.TableSchemas;
import dev.sextant.query.bind.QueryBinder;
import dev.sextant.query.dialect.Dialect;
import dev.sextant.query.dialect.Dialects;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.rel.PlanToRel;
import dev.sextant.query.rel.Types;
import dev.sextant.query.rollup.RollupRouter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;

/** The way from a question to SQL: bind, plan, lower, write. */
final class QueryCompiler {
  private final Function<String, String> dialects;
  private final TableSchemas schemas;

  /** {@code dialects} tells the name of each warehouse's dialect. */
  QueryCompiler(Function<String, String> dialects, TableSchemas schemas) {
    this.dialects = dialects;
    this.schemas = schemas;
  }

  /** Compiles a question for a caller; {@code router} finds rollups to read, where those may answer. */
  Compiled compile(MetricQuery query, SemanticModel model, Caller caller, Optional<RollupRouter> router, Stages stages) {
    BoundQuery bound = stages.time("bind", () -> new QueryBinder(model).bind(query, caller));
    PlanNode plan = stages.time("plan", () -> new Planner(Rollups.routes(router)).plan(bound));
    Rollups.require(query.options(), router.map(RollupRouter::decisions).orElse(List.of()), RowsRead.beyondRollups(bound));
    List<String> names = PlanSplit.warehouses(plan);
    try {
      return names.size() > 1 ? met(bound, new PlanSplit(plan), stages)
          : alone(bound, plan, names.isEmpty() ? model.project().defaultWarehouse() : names.getFirst(), stages);
    } catch (SextantException failure) {
      throw new AskedTypes(bound.model(), schemas).explained(failure, bound, query);
    }
  }

  /** Compiles the plan of a question that reads one warehouse. */
  Compiled alone(BoundQuery bound, PlanNode plan, String warehouse, Stages stages) {
    RelNode rel = stages.time("lower", () -> lower(plan, warehouse));
    String sql = stages.time("write", () -> dialect(warehouse).write(rel));
    return new Compiled(bound, plan, rel, schema(bound, rel), new Compiled.Execution.Alone(warehouse, sql));
  }

  /** Writes a plan in the SQL of the one warehouse it reads. */
  String write(PlanNode plan, String warehouse) {
    return dialect(warehouse).write(lower(plan, warehouse));
  }

  /** Writes what is done, where rows meet, with the rows that {@code fetched} gives in a warehouse. */
  String writeOver(PlanNode plan, PlanNode fetched, String warehouse) {
    TableColumns columns = columns(lower(fetched, warehouse));
    Dialect dialect = Dialects.named(CrossWarehouse.DIALECT);
    return dialect.write(new PlanToRel((any, source) -> columns, dialect.features()).lower(plan));
  }

  private Dialect dialect(String warehouse) {
    return Dialects.named(dialects.apply(warehouse));
  }

  private RelNode lower(PlanNode plan, String warehouse) {
    return new PlanToRel(schemas, dialect(warehouse).features()).lower(plan);
  }

  private Compiled met(BoundQuery bound, PlanSplit split, Stages stages) {
    List<Compiled.Part> parts = new ArrayList<>();
    Map<String, TableColumns> tables = new LinkedHashMap<>();
    for (PlanNode.Elsewhere part : split.parts()) {
      RelNode rel = stages.time("lower", () -> lower(part.input(), part.warehouse()));
      String sql = stages.time("write", () -> dialect(part.warehouse()).write(rel));
      parts.add(new Compiled.Part(part.warehouse(), sql, part.table(), part.columns()));
      tables.put(part.table(), columns(rel));
    }
    Dialect dialect = Dialects.named(CrossWarehouse.DIALECT);
    TableSchemas fetched = (warehouse, source) -> Objects.requireNonNull(tables.get(source.toString()));
    RelNode rel = stages.time("lower", () -> new PlanToRel(fetched, dialect.features()).lower(split.rest()));
    String sql = stages.time("write", () -> dialect.write(rel));
    long maxRows = CrossWarehouse.maxRows(bound.model().project().settings());
    return new Compiled(bound, split.rest(), rel, schema(bound, rel), new Compiled.Execution.Met(parts, sql, maxRows));
  }

  private static TableColumns columns(RelNode rel) {
    return new TableColumns(rel.getRowType()
        .getFieldList()
        .stream()
        .map(field -> new TableColumns.Column(field.getName(), Types.fromCalcite(field.getType())))
        .toList());
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
          isGroup(field.getName(), bound) ? ResultSchema.Role.GROUP_BY
              : ResultSchema.Role.METRIC,
          metric.flatMap(found -> found.header().documentation().label())));
    }
    return new ResultSchema(columns);
  }

  private static boolean isGroup(String column, BoundQuery bound) {
    return bound.metrics().isEmpty() || bound.items().stream().anyMatch(item -> item.name().equals(column))
        || bound.extras().totals().stream().map(AddedNames::isTotal).anyMatch(column::equals);
  }

  /** Reads the columns of a dataset's table, so that later questions need not wait for it. */
  void warm(Dataset dataset) {
    if (schemas.columns(dataset.warehouse(), dataset.source()).columns().isEmpty()) {
      throw Problem.of(QueryIssue.WAREHOUSE_SCHEMA,
          "dataset '" + dataset.name() + "' reads " + dataset.source() + ", which has no columns.");
    }
  }
}

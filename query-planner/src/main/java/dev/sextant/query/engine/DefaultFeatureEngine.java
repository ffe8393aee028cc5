// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Dataset;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.FeatureEngine;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.Warehouse;
import dev.sextant.query.bind.Policies;
import dev.sextant.query.dialect.Dialect;
import dev.sextant.query.dialect.Dialects;
import dev.sextant.query.engine.answer.StreamedResult;
import dev.sextant.query.plan.asof.FeaturePlanner;
import dev.sextant.query.plan.asof.FeatureShape;
import dev.sextant.query.plan.asof.SourceCounts;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.PlanPrinter;
import dev.sextant.query.rel.PlanToRel;
import dev.sextant.query.rel.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.rel.RelNode;

/** Answers feature queries from the live model and its warehouses: each is one statement. */
public final class DefaultFeatureEngine implements FeatureEngine {
  private final Supplier<SemanticModel> model;
  private final Function<String, Warehouse> warehouses;
  private final CachedSchemas schemas;
  private final FeatureShape shape;

  /** {@code warehouses} gives a warehouse by the name the project gives it. */
  public DefaultFeatureEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses) {
    this(model, warehouses, FeatureShape.ESTIMATED);
  }

  /** Computes metrics over windows in a given way where that can be. */
  DefaultFeatureEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses, FeatureShape shape) {
    this.model = model;
    this.warehouses = warehouses;
    this.schemas = new CachedSchemas(warehouses);
    this.shape = shape;
  }

  private FeaturePlanner planner(SemanticModel seen, FeatureQuery query, FeatureShape wanted, QueryControl control) {
    return new FeaturePlanner(seen, query, wanted, new WarehouseVolumes(warehouses, schemas, control));
  }

  /** A feature query in the warehouse's terms. */
  private record Written(PlanNode plan, String warehouse, String sql, ResultSchema schema) {}

  @Override
  public QueryResult run(FeatureQuery query, Caller caller, QueryControl control) {
    control.check();
    Stages stages = new Stages();
    Written written = write(query, caller, stages, control);
    ArrowBatches batches = stages.time("execute", () -> execute(written, control));
    return new StreamedResult(written.schema(), new QueryFacts(control.queryId(),
        List.of(new QueryFacts.Statement(written.warehouse(), written.sql())), stages.micros(), Collections.emptyMap()), batches);
  }

  private ArrowBatches execute(Written written, QueryControl control) {
    try {
      return warehouses.apply(written.warehouse()).run(written.sql(), control);
    } catch (SextantException failure) {
      if (failure.issue().code() == QueryIssue.WAREHOUSE_SCHEMA) {
        schemas.forget();
      }
      throw failure;
    }
  }

  @Override
  public Explanation explain(FeatureQuery query, Caller caller) {
    Written written = write(query, caller, new Stages(), QueryControl.unlimited("explain"));
    return new Explanation(List.of(new Explanation.Stage("plan", PlanPrinter.print(written.plan())),
        new Explanation.Stage("sql (" + written.warehouse() + ")", written.sql())));
  }

  @Override
  public List<SourceVersion> sources(FeatureQuery query, Caller caller) {
    SemanticModel seen = Policies.seen(model.get(), caller);
    List<SourceVersion> versions = new ArrayList<>();
    for (String name : PlannedDatasets.of(List.of(planner(seen, query, FeatureShape.PAIRS, QueryControl.unlimited("sources")).plan()))) {
      seen.dataset(name).ifPresent(dataset -> versions.add(version(dataset, seen)));
    }
    return versions;
  }

  private SourceVersion version(Dataset dataset, SemanticModel seen) {
    Written written = written(SourceCounts.plan(dataset, seen), new Stages());
    try (ArrowBatches rows = warehouses.apply(written.warehouse()).run(written.sql(), QueryControl.unlimited("sources"))) {
      rows.loadNext();
      VectorSchemaRoot root = rows.root();
      long count = ((Number) root.getVector(0).getObject(0)).longValue();
      Optional<
          String> newest = root.getFieldVectors().size() > 1 ? Optional.ofNullable(root.getVector(1).getObject(0)).map(Object::toString)
              : Optional.empty();
      return new SourceVersion(dataset.name(), dataset.source().toString(), count, newest, dataset.createdTime().isPresent());
    }
  }

  private Written write(FeatureQuery query, Caller caller, Stages stages, QueryControl control) {
    SemanticModel seen = Policies.seen(model.get(), caller);
    return written(stages.time("plan", () -> planner(seen, query, shape, control).plan()), stages);
  }

  private Written written(PlanNode plan, Stages stages) {
    List<String> names = PlanSplit.warehouses(plan);
    if (names.size() != 1) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "features of one request must all be in the spine's warehouse, but these are in "
          + String.join(", ", names) + ". Rows of different warehouses are not joined.");
    }
    Dialect dialect = Dialects.named(warehouses.apply(names.getFirst()).dialect());
    RelNode rel = stages.time("lower", () -> new PlanToRel(schemas, dialect.features()).lower(plan));
    String sql = stages.time("write", () -> dialect.write(rel));
    return new Written(plan, names.getFirst(), sql, schema(rel));
  }

  private static ResultSchema schema(RelNode rel) {
    return new ResultSchema(rel.getRowType()
        .getFieldList()
        .stream()
        .map(field -> new ResultSchema.Column(field.getName(), Types.fromCalcite(field.getType()), ResultSchema.Role.GROUP_BY,
            Optional.empty()))
        .toList());
  }
}

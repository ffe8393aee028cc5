// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.Warehouse;
import dev.sextant.query.plan.PlanPrinter;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers metric queries from the live model and its warehouses. */
public final class DefaultQueryEngine implements QueryEngine {
  private final Supplier<SemanticModel> model;
  private final Function<String, Warehouse> warehouses;
  private final CachedSchemas schemas;
  private final QueryCompiler compiler;

  /** {@code warehouses} gives a warehouse by the name the project gives it. */
  public DefaultQueryEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses) {
    this.model = model;
    this.warehouses = warehouses;
    this.schemas = new CachedSchemas(warehouses);
    this.compiler = new QueryCompiler(warehouses, schemas);
  }

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    control.check();
    if (query.options().rollups() == MetricQuery.RollupUse.REQUIRE) {
      throw Problem.of(QueryIssue.UNSUPPORTED, "no rollup is built, so none can answer. Ask without rollups: require.");
    }
    Stages stages = new Stages();
    Compiled compiled = compiler.compile(query, model.get(), caller, stages);
    ArrowBatches batches = stages.time("execute", () -> execute(compiled, control));
    QueryFacts facts = new QueryFacts(control.queryId(), List.of(new QueryFacts.Statement(compiled.warehouse(), compiled.sql())),
        stages.micros(),
        Collections.emptyMap());
    return new StreamedResult(compiled.schema(), facts, batches);
  }

  private ArrowBatches execute(Compiled compiled, QueryControl control) {
    try {
      return warehouses.apply(compiled.warehouse()).run(compiled.sql(), control);
    } catch (SextantException e) {
      if (e.issue().code() == QueryIssue.WAREHOUSE_SCHEMA) {
        schemas.forget();
      }
      throw e;
    }
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    Compiled compiled = compiler.compile(query, model.get(), caller, new Stages());
    return new Explanation(List.of(new Explanation.Stage("resolution", ResolutionPrinter.print(compiled.bound())),
        new Explanation.Stage("plan", PlanPrinter.print(compiled.plan())),
        new Explanation.Stage("sql (" + compiled.warehouse() + ")", compiled.sql())));
  }

  /** Compiles one query and reads the tables' columns ahead of the first question; failures show when a question meets them. */
  public void warmUp(MetricQuery query) {
    try {
      Compiled compiled = compiler.compile(query, model.get(), Caller.ANONYMOUS, new Stages());
      compiled.bound().metrics();
    } catch (SextantException e) {
      schemas.forget();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.RollupPlanner;
import dev.sextant.query.Warehouse;
import dev.sextant.query.engine.answer.StreamedResult;
import dev.sextant.query.plan.node.PlanPrinter;
import dev.sextant.query.rollup.RollupRouter;
import dev.sextant.query.warehouse.duckdb.MeetingPlace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Answers metric queries from the live model and its warehouses. */
public final class DefaultQueryEngine implements QueryEngine, QueryPlanner<MetricQuery> {
  private final Supplier<SemanticModel> model;
  private final Function<String, Warehouse> warehouses;
  private final CachedSchemas schemas;
  private final QueryCompiler compiler;
  private final Rollups rollups;

  /** An engine without rollups; {@code warehouses} gives a warehouse by the name the project gives it. */
  public DefaultQueryEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses) {
    this(model, warehouses, RollupCatalog.EMPTY, InstantSource.system());
  }

  /** An engine that reads rollups that {@code catalog} tells to be built and {@code clock} to be fresh. */
  public DefaultQueryEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses, RollupCatalog catalog,
      InstantSource clock) {
    this.model = model;
    this.warehouses = warehouses;
    this.schemas = new CachedSchemas(warehouses);
    this.compiler = new QueryCompiler(name -> warehouses.apply(name).dialect(), schemas);
    this.rollups = new Rollups(catalog, clock, schemas, warehouses);
  }

  /** What writes the SQL that builds the model's rollups. */
  public RollupPlanner rollupPlanner() {
    return new DefaultRollupPlanner(model, rollups, compiler);
  }

  @Override
  public QueryResult run(MetricQuery query, Caller caller, QueryControl control) {
    control.check();
    return plan(query, caller).run(control);
  }

  @Override
  public PlannedQuery plan(MetricQuery query, Caller caller) {
    SemanticModel current = model.get();
    Stages stages = new Stages();
    Optional<RollupRouter> router = rollups.router(current, query.options(), false);
    BooleanSupplier unchanged = rollups.unchanged(router);
    Compiled compiled = compiler.compile(query, current, caller, router, stages);
    Map<String, String> notes = rollups.notes(router);
    long known = schemas.generation();
    Planned planned = new Planned(statements(compiled.execution()), Optional.of(compiled.schema()),
        PlannedDatasets.of(List.of(compiled.plan())),
        () -> model.get() == current && unchanged.getAsBoolean() && schemas.generation() == known,
        control -> Rollups.answer(notes, () -> run(compiled, notes, control, stages.copy()),
            () -> run(query.withOptions(query.options().fromRows()), caller, control)));
    boolean mayReadKept = query.options().rollups() == MetricQuery.RollupUse.USE
        || query.options().rollups() == MetricQuery.RollupUse.EXACT;
    return notes.isEmpty() && compiled.execution() instanceof Compiled.Execution.Alone alone && mayReadKept
        ? new PlannedMetrics(planned, compiled.bound(), () -> isLikeMemory(alone.warehouse()))
        : planned;
  }

  /** Whether rows of a warehouse can be worked on in memory as they would be there. */
  private boolean isLikeMemory(String name) {
    return warehouses.apply(name).dialect().equals(CrossWarehouse.DIALECT) && rollups.comparesByBytes(name);
  }

  private QueryResult run(Compiled compiled, Map<String, String> notes, QueryControl control, Stages stages) {
    ArrowBatches batches = stages.time("execute", () -> execute(compiled, control));
    return new StreamedResult(compiled.schema(),
        new QueryFacts(control.queryId(), statements(compiled.execution()), stages.micros(), notes), batches);
  }

  private ArrowBatches execute(Compiled compiled, QueryControl control) {
    try {
      return switch (compiled.execution()) {
        case Compiled.Execution.Alone alone -> warehouses.apply(alone.warehouse()).run(alone.sql(), control);
        case Compiled.Execution.Met met -> new CrossWarehouse(warehouses, control).run(met);
      };
    } catch (SextantException e) {
      if (e.issue().code() == QueryIssue.WAREHOUSE_SCHEMA) {
        schemas.forget();
      }
      boolean conditions = !compiled.bound().where().isEmpty() || !compiled.bound().having().isEmpty();
      throw conditions ? WarehouseRefusals.explained(e) : e;
    }
  }

  private static List<QueryFacts.Statement> statements(Compiled.Execution execution) {
    return switch (execution) {
      case Compiled.Execution.Alone alone -> List.of(new QueryFacts.Statement(alone.warehouse(), alone.sql()));
      case Compiled.Execution.Met met -> Stream.concat(
          met.parts().stream().map(part -> new QueryFacts.Statement(part.warehouse(), part.sql())),
          Stream.of(new QueryFacts.Statement(MeetingPlace.NAME, met.sql()))).toList();
    };
  }

  @Override
  public Explanation explain(MetricQuery query, Caller caller) {
    SemanticModel current = model.get();
    Optional<RollupRouter> router = rollups.router(current, query.options(), true);
    Compiled compiled = compiler.compile(query, current, caller, router, new Stages());
    List<Explanation.Stage> stages = new ArrayList<>();
    stages.add(new Explanation.Stage("resolution", ResolutionPrinter.print(compiled.bound())));
    stages.add(new Explanation.Stage("plan", PlanPrinter.print(compiled.plan())));
    Rollups.explanation(router).ifPresent(stages::add);
    statements(compiled.execution())
        .forEach(statement -> stages.add(new Explanation.Stage("sql (" + statement.warehouse() + ")", statement.sql())));
    return new Explanation(stages);
  }

  /** Compiles one query and reads the tables' columns ahead of the first question; failures show when a question meets them. */
  public void warmUp(MetricQuery query) {
    try {
      Compiled compiled = compiler.compile(query, model.get(), Caller.ANONYMOUS, Optional.empty(), new Stages());
      compiled.bound().metrics();
    } catch (SextantException e) {
      schemas.forget();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryPlanner;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.Warehouse;
import dev.sextant.query.bind.Policies;
import dev.sextant.query.engine.answer.AnswerColumns;
import dev.sextant.query.engine.answer.ArrowTypes;
import dev.sextant.query.engine.answer.NoBatches;
import dev.sextant.query.engine.answer.StreamedResult;
import dev.sextant.query.engine.answer.TextResult;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.PlanPrinter;
import dev.sextant.query.rollup.RollupRouter;
import dev.sextant.query.sql.Statement;
import dev.sextant.query.sql.parse.SqlParameters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;

/** Answers semantic SQL from the live model: each statement becomes one statement of the warehouse. */
public final class DefaultSqlEngine implements SqlEngine, QueryPlanner<SqlQuery> {
  private static final OptionalLong NO_ROWS = OptionalLong.of(0);

  private final Supplier<SemanticModel> model;
  private final Function<String, Warehouse> warehouses;
  private final CachedSchemas schemas;
  private final Rollups rollups;
  private final SqlCompiler compiler;
  private final AnswerColumns columns;

  /** An engine without rollups; {@code warehouses} gives a warehouse by the name the project gives it. */
  public DefaultSqlEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses) {
    this(model, warehouses, RollupCatalog.EMPTY, InstantSource.system());
  }

  /** An engine that reads rollups that {@code catalog} tells to be built and {@code clock} to be fresh. */
  public DefaultSqlEngine(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses, RollupCatalog catalog,
      InstantSource clock) {
    this.model = model;
    this.warehouses = warehouses;
    this.schemas = new CachedSchemas(warehouses);
    this.rollups = new Rollups(catalog, clock, schemas, warehouses);
    this.compiler = new SqlCompiler(warehouses, schemas, rollups);
    this.columns = new AnswerColumns(clock);
  }

  @Override
  public QueryResult run(SqlQuery query, Caller caller, QueryControl control) {
    control.check();
    return plan(query, caller).run(control);
  }

  @Override
  public PlannedQuery plan(SqlQuery query, Caller caller) {
    SemanticModel current = model.get();
    Stages stages = new Stages();
    SqlCompiler.Compiled compiled = stages.time("compile", () -> compiler.compile(query, current, caller));
    if (compiled.own().isPresent()) {
      return answered(compiled.own().get(), query, caller);
    }
    long known = schemas.generation();
    QueryFacts.Statement whole = new QueryFacts.Statement(compiled.warehouse(), compiler.written(compiled, query));
    QueryFacts.Statement statement = new QueryFacts.Statement(whole.warehouse(), limited(whole.sql(), query.maxRows()));
    Map<String, String> notes = new LinkedHashMap<>(compiled.notes());
    List<String> warnings = new ArrayList<>(compiled.warnings());
    Optional.ofNullable(notes.get(Rollups.APPROXIMATE)).ifPresent(estimated -> warnings.add("estimated from a rollup: " + estimated));
    if (!warnings.isEmpty()) {
      notes.put("warnings", String.join("\n", warnings));
    }
    return new Planned(List.of(statement), Optional.empty(), compiled.datasets(),
        () -> model.get() == current && compiled.current().getAsBoolean() && schemas.generation() == known,
        control -> Rollups.answer(compiled.notes(), () -> {
          Stages own = stages.copy();
          ArrowBatches batches = own.time("execute", () -> batches(whole, query.maxRows(), control));
          QueryFacts facts = new QueryFacts(control.queryId(), List.of(statement), own.micros(), notes);
          return new StreamedResult(ArrowTypes.schema(batches.root().getSchema()), facts, batches);
        }, () -> run(query.withOptions(query.options().fromRows()), caller, control)));
  }

  private Planned answered(Statement own, SqlQuery query, Caller caller) {
    return answered(own instanceof Statement.Explain explained
        ? control -> TextResult.lines(control.queryId(), "plan", explain(about(explained, query), caller).toString().lines().toList())
        : control -> TextResult.command(control.queryId()));
  }

  private static SqlQuery about(Statement.Explain explained, SqlQuery query) {
    return new SqlQuery(explained.query(), query.parameters(), query.maxRows(), query.options());
  }

  /** An answer of our own, which asks no warehouse. */
  private static Planned answered(Function<QueryControl, QueryResult> answer) {
    return new Planned(List.of(), Optional.empty(), List.of(), () -> false, answer);
  }

  private static String limited(String sql, OptionalLong maxRows) {
    return maxRows.isPresent() ? "SELECT * FROM (" + sql + ") AS limited LIMIT " + maxRows.getAsLong() + " OFFSET 0" : sql;
  }

  /** The batches of a statement; who wants no rows wants its columns, which may be known. */
  private ArrowBatches batches(QueryFacts.Statement whole, OptionalLong maxRows, QueryControl control) {
    Optional<Schema> known = maxRows.equals(NO_ROWS) ? columns.of(whole) : Optional.empty();
    if (known.isPresent()) {
      return NoBatches.of(known.get());
    }
    ArrowBatches batches = explained(() -> warehouses.apply(whole.warehouse()).run(limited(whole.sql(), maxRows), control));
    columns.seen(whole, batches.root().getSchema());
    return batches;
  }

  private <T> T explained(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (SextantException e) {
      if (e.issue().code() == QueryIssue.WAREHOUSE_SCHEMA) {
        schemas.forget();
      }
      throw WarehouseRefusals.explained(e);
    }
  }

  @Override
  public PreparedSql prepare(SqlQuery query, Caller caller) {
    int parameters = SqlParameters.count(query.sql());
    SqlQuery unknown = new SqlQuery(query.sql(), Collections.nCopies(parameters, SqlParameter.NULL), query.maxRows(),
        MetricQuery.Options.DEFAULT);
    SqlCompiler.Compiled compiled = compiler.compile(unknown, model.get(), caller);
    List<DataType> open = Collections.nCopies(parameters, DataType.OTHER);
    return switch (compiled.own().orElse(null)) {
      case Statement.Command command -> new PreparedSql(new ResultSchema(List.of()), open, PreparedSql.Kind.COMMAND);
      case Statement.Explain explain ->
          new PreparedSql(new ResultSchema(List.of(column("plan", DataType.STRING))), open, PreparedSql.Kind.QUERY);
      case null, default -> new PreparedSql(described(compiled, unknown), compiled.parameters(), PreparedSql.Kind.QUERY);
    };
  }

  private ResultSchema described(SqlCompiler.Compiled compiled, SqlQuery query) {
    QueryFacts.Statement whole = new QueryFacts.Statement(compiled.warehouse(), compiler.written(compiled, query));
    try (ArrowBatches none = batches(whole, NO_ROWS, QueryControl.unlimited("prepare"))) {
      return ArrowTypes.schema(none.root().getSchema());
    }
  }

  private static ResultSchema.Column column(String name, DataType type) {
    return new ResultSchema.Column(name, type, ResultSchema.Role.GROUP_BY, Optional.empty());
  }

  @Override
  public Explanation explain(SqlQuery query, Caller caller) {
    SemanticModel current = model.get();
    Optional<RollupRouter> router = rollups.router(current, query.options(), true);
    SqlCompiler.Compiled compiled = compiler.compile(query, Policies.seen(current, caller), caller, router);
    if (compiled.own().isPresent()) {
      if (compiled.own().get() instanceof Statement.Explain explain) {
        return explain(about(explain, query), caller);
      }
      throw Problem.of(QueryIssue.INVALID_SQL, "the statement has no plan; it changes nothing.");
    }
    List<Explanation.Stage> stages = new ArrayList<>();
    for (PlanNode plan : compiled.plans()) {
      stages.add(new Explanation.Stage("plan", PlanPrinter.print(plan)));
    }
    Rollups.explanation(router).ifPresent(stages::add);
    compiled.warnings().forEach(warning -> stages.add(new Explanation.Stage("warning", warning)));
    stages.add(new Explanation.Stage("sql (" + compiled.warehouse() + ")",
        compiler.written(compiled, query)));
    return new Explanation(stages);
  }
}

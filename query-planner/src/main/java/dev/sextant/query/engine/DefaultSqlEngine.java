// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
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
import dev.sextant.query.dialect.Dialect;
import dev.sextant.query.dialect.Dialects;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.plan.node.PlanPrinter;
import dev.sextant.query.rel.PlanToRel;
import dev.sextant.query.rollup.RollupRouter;
import dev.sextant.query.sql.SemanticSql;
import dev.sextant.query.sql.Statement;
import dev.sextant.query.sql.parse.SqlParameters;
import dev.sextant.query.sql.rewrite.SemanticRewriter;
import dev.sextant.query.sql.table.SemanticTables;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;

/** Answers semantic SQL from the live model: each statement becomes one statement of the warehouse. */
public final class DefaultSqlEngine implements SqlEngine, QueryPlanner<SqlQuery> {
  /** Models with their virtual tables: one for each version and for each kind of caller. */
  private static final int MOST_REMEMBERED = 64;
  private static final OptionalLong NO_ROWS = OptionalLong.of(0);

  private final Supplier<SemanticModel> model;
  private final Function<String, Warehouse> warehouses;
  private final CachedSchemas schemas;
  private final Rollups rollups;
  private final AnswerColumns columns;
  private final Map<SemanticModel, SemanticTables> tables = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<SemanticModel, SemanticTables> eldest) {
      return size() > MOST_REMEMBERED;
    }
  });

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
    this.rollups = new Rollups(catalog, clock, schemas);
    this.columns = new AnswerColumns(clock);
  }

  /** A statement in the warehouse's terms. */
  private record Compiled(Statement statement, String warehouse, String sql, List<String> warnings, List<PlanNode> plans) {
    QueryFacts.Statement whole() {
      return new QueryFacts.Statement(warehouse, sql);
    }
  }

  private Compiled compile(String sql, List<SqlParameter> parameters, Caller caller, Optional<RollupRouter> router) {
    SemanticModel current = Policies.seen(model.get(), caller);
    String warehouse = current.project().defaultWarehouse();
    Dialect dialect = Dialects.named(warehouses.apply(warehouse).dialect());
    SemanticTables virtual = tables.computeIfAbsent(current, SemanticTables::new);
    SemanticSql reader = new SemanticSql(new SemanticRewriter(virtual, dialect.functions(), new Planner(Rollups.routes(router).beside()),
        plan -> dialect.writePart(new PlanToRel(schemas, dialect.features()).lower(plan))));
    Statement statement = reader.read(sql, parameters, caller);
    return switch (statement) {
      case Statement.Query query -> new Compiled(query, warehouse, dialect.write(query.node()), query.warnings(), query.plans());
      case Statement.Explain explain -> new Compiled(explain, warehouse, explain.query(), List.of(), List.of());
      case Statement.Command command -> new Compiled(command, warehouse, "", List.of(), List.of());
    };
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
    Optional<RollupRouter> router = rollups.router(current, query.options(), false);
    BooleanSupplier unchanged = rollups.unchanged(router);
    Compiled compiled = stages.time("compile", () -> compile(query.sql(), query.parameters(), caller, router));
    long known = schemas.generation();
    return switch (compiled.statement()) {
      case Statement.Command command -> answered(control -> TextResult.command(control.queryId()));
      case Statement.Explain explained -> answered(control -> TextResult.lines(control.queryId(), "plan",
          explain(new SqlQuery(explained.query(), query.parameters(), query.maxRows(), query.options()), caller).toString()
              .lines()
              .toList()));
      case Statement.Query found -> {
        QueryFacts.Statement whole = compiled.whole();
        QueryFacts.Statement statement = new QueryFacts.Statement(whole.warehouse(), limited(whole.sql(), query.maxRows()));
        Map<String, String> notes = rollups.notes(router);
        if (!compiled.warnings().isEmpty()) {
          notes.put("warnings", String.join("\n", compiled.warnings()));
        }
        yield new Planned(List.of(statement), Optional.empty(), PlannedDatasets.of(compiled.plans()),
            () -> model.get() == current && unchanged.getAsBoolean() && schemas.generation() == known,
            control -> {
              Stages own = stages.copy();
              ArrowBatches batches = own.time("execute", () -> batches(whole, query.maxRows(), control));
              QueryFacts facts = new QueryFacts(control.queryId(), List.of(statement), own.micros(), notes);
              return new StreamedResult(ArrowTypes.schema(batches.root().getSchema()), facts, batches);
            });
      }
    };
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

  private static <T> T explained(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (SextantException e) {
      throw WarehouseRefusals.explained(e);
    }
  }

  @Override
  public PreparedSql prepare(SqlQuery query, Caller caller) {
    int parameters = SqlParameters.count(query.sql());
    Compiled compiled = compile(query.sql(), Collections.nCopies(parameters, SqlParameter.NULL), caller, Optional.empty());
    List<DataType> types = Collections.nCopies(parameters, DataType.OTHER);
    return switch (compiled.statement()) {
      case Statement.Command command -> new PreparedSql(new ResultSchema(List.of()), types, PreparedSql.Kind.COMMAND);
      case Statement.Explain explain ->
          new PreparedSql(new ResultSchema(List.of(column("plan", DataType.STRING))), types, PreparedSql.Kind.QUERY);
      case Statement.Query found -> new PreparedSql(described(compiled), types, PreparedSql.Kind.QUERY);
    };
  }

  private ResultSchema described(Compiled compiled) {
    try (ArrowBatches none = batches(compiled.whole(), NO_ROWS, QueryControl.unlimited("prepare"))) {
      return ArrowTypes.schema(none.root().getSchema());
    }
  }

  private static ResultSchema.Column column(String name, DataType type) {
    return new ResultSchema.Column(name, type, ResultSchema.Role.GROUP_BY, Optional.empty());
  }

  @Override
  public Explanation explain(SqlQuery query, Caller caller) {
    Optional<RollupRouter> router = rollups.router(model.get(), query.options(), true);
    Compiled compiled = compile(query.sql(), query.parameters(), caller, router);
    if (compiled.statement() instanceof Statement.Explain explain) {
      return explain(new SqlQuery(explain.query(), query.parameters(), query.maxRows(), query.options()), caller);
    }
    if (compiled.statement() instanceof Statement.Command command) {
      throw Problem.of(QueryIssue.INVALID_SQL, command.name() + " has no plan.");
    }
    List<Explanation.Stage> stages = new ArrayList<>();
    for (PlanNode plan : compiled.plans()) {
      stages.add(new Explanation.Stage("plan", PlanPrinter.print(plan)));
    }
    Rollups.explanation(router).ifPresent(stages::add);
    compiled.warnings().forEach(warning -> stages.add(new Explanation.Stage("warning", warning)));
    stages.add(new Explanation.Stage("sql (" + compiled.warehouse() + ")", compiled.sql()));
    return new Explanation(stages);
  }
}

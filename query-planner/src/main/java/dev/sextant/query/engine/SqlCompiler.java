// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.model.DataType;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.Warehouse;
import dev.sextant.query.bind.Policies;
import dev.sextant.query.dialect.Dialect;
import dev.sextant.query.dialect.Dialects;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.rel.PlanToRel;
import dev.sextant.query.rollup.RollupRouter;
import dev.sextant.query.sql.SemanticSql;
import dev.sextant.query.sql.Statement;
import dev.sextant.query.sql.node.SqlTemplate;
import dev.sextant.query.sql.parse.SqlLexer;
import dev.sextant.query.sql.rewrite.SemanticRewriter;
import dev.sextant.query.sql.table.SemanticTables;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The way from semantic SQL to the warehouse's: parse, rewrite, plan, write. Compiled statements are remembered by their text, the types of their
 * parameters and the model as the caller sees it, so that callers with other rights and later models never meet them.
 */
final class SqlCompiler {
  /** Models with their virtual tables: one for each version and for each kind of caller. */
  private static final int MOST_MODELS = 64;
  private static final long MOST_CHARACTERS = 32_000_000;

  private final Function<String, Warehouse> warehouses;
  private final CachedSchemas schemas;
  private final Rollups rollups;
  private final Cache<SemanticModel, SemanticTables> tables = Caffeine.newBuilder().maximumSize(MOST_MODELS).build();
  private final Cache<Key, Compiled> known = Caffeine.newBuilder()
      .maximumWeight(MOST_CHARACTERS)
      .weigher((Key key, Compiled compiled) -> 200 + key.text().length() + compiled.sql().length())
      .build();

  /** {@code values} are those of parameters where others would make another statement, else none. */
  private record Key(SemanticModel seen, String text, List<DataType> types, List<SqlParameter> values, Optional<String> maxAge,
      MetricQuery.RollupUse rollups, long schemas) {}

  /**
   * A statement in the warehouse's terms, or one that is answered without a warehouse; {@code current} tells whether it would be compiled so again,
   * {@code notes} what the answer tells of the rollups read.
   */
  record Compiled(Optional<Statement> own, String warehouse, SqlTemplate sql, List<DataType> parameters, List<PlanNode> plans,
      List<String> datasets, Map<String, String> notes, List<String> warnings, BooleanSupplier current, boolean valuesMatter) {

    /** The same without what only explanations show. */
    Compiled remembered() {
      return new Compiled(own, warehouse, sql, parameters, List.of(), datasets, notes, warnings, current, valuesMatter);
    }
  }

  SqlCompiler(Function<String, Warehouse> warehouses, CachedSchemas schemas, Rollups rollups) {
    this.warehouses = warehouses;
    this.schemas = schemas;
    this.rollups = rollups;
  }

  /** Compiles a statement, or remembers how. */
  Compiled compile(SqlQuery query, SemanticModel model, Caller caller) {
    checkCharacters(query);
    SemanticModel seen = Policies.seen(model, caller);
    List<DataType> types = query.parameters().stream().map(SqlParameter::type).toList();
    Key any = new Key(seen, SqlLexer.normalized(query.sql()), types, List.of(), query.options().maxAge(), query.options().rollups(),
        schemas.generation());
    Compiled found = current(any);
    if (found == null) {
      found = current(with(any, query.parameters()));
    }
    if (found != null) {
      return found;
    }
    Optional<RollupRouter> router = rollups.router(model, query.options(), false);
    Compiled compiled = compile(query, seen, caller, router);
    if (compiled.own().isEmpty()) {
      known.put(compiled.valuesMatter() ? with(any, query.parameters()) : any, compiled.remembered());
    }
    return compiled;
  }

  /** Text ends at U+0000 for warehouses, and what comes after would be SQL. */
  private static void checkCharacters(SqlQuery query) {
    if (query.sql().indexOf('\0') >= 0 || query.parameters().stream().anyMatch(parameter -> parameter.text().indexOf('\0') >= 0)) {
      throw Problem.of(QueryIssue.INVALID_SQL, "the character U+0000 cannot stand in text or names: no warehouse takes it.");
    }
  }

  private static Key with(Key key, List<SqlParameter> values) {
    return new Key(key.seen(), key.text(), key.types(), values, key.maxAge(), key.rollups(), key.schemas());
  }

  private @org.jspecify.annotations.Nullable Compiled current(Key key) {
    Compiled compiled = known.getIfPresent(key);
    return compiled != null && compiled.current().getAsBoolean() ? compiled : null;
  }

  /** Compiles a statement over the model as seen by its caller. */
  Compiled compile(SqlQuery query, SemanticModel seen, Caller caller, Optional<RollupRouter> router) {
    BooleanSupplier unchanged = rollups.unchanged(router);
    String warehouse = seen.project().defaultWarehouse();
    Dialect dialect = dialect(warehouse);
    SemanticTables virtual = tables.get(seen, SemanticTables::new);
    SemanticSql reader = new SemanticSql(new SemanticRewriter(virtual, dialect.functions(), new Planner(Rollups.routes(router).beside()),
        plan -> dialect.writePart(new PlanToRel(schemas, dialect.features()).lower(plan)), new ExprTypes(seen, schemas)));
    Statement statement = reader.read(query.sql(), query.parameters(), caller);
    if (!(statement instanceof Statement.Query found)) {
      return new Compiled(Optional.of(statement), warehouse, new SqlTemplate(List.of(""), List.of(), Collections.emptySet()), List.of(),
          List.of(), List.of(),
          Collections.emptyMap(), List.of(), unchanged, false);
    }
    String sql = dialect.write(found.node());
    require(query, found, router);
    return new Compiled(Optional.empty(), warehouse, SqlTemplate.of(sql, found.parameters()),
        found.types().parameters(query.parameters().size()), List.copyOf(found.plans()), PlannedDatasets.of(found.plans()),
        rollups.notes(router), found.warnings(), unchanged, found.parameters().matter());
  }

  private static void require(SqlQuery query, Statement.Query found, Optional<RollupRouter> router) {
    if (!found.plans().isEmpty()) {
      Rollups.require(query.options(), router.map(RollupRouter::decisions).orElse(List.of()), found.readsRows().getAsBoolean());
    }
  }

  /** A compiled statement with the values of its parameters. */
  String written(Compiled compiled, SqlQuery query) {
    return compiled.sql().with(query.parameters(), dialect(compiled.warehouse())::write);
  }

  private Dialect dialect(String warehouse) {
    return Dialects.named(warehouses.apply(warehouse).dialect());
  }
}

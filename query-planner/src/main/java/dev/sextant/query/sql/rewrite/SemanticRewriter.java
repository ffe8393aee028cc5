// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.Caller;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.sql.node.Parameters;
import dev.sextant.query.sql.node.SqlFunctions;
import dev.sextant.query.sql.parse.SqlParsing;
import dev.sextant.query.sql.parse.SqlPrelude;
import dev.sextant.query.sql.table.SemanticTables;
import dev.sextant.query.sql.table.TableTypes;
import dev.sextant.query.sql.type.ValueTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;

/** Turns one query over virtual tables into a query of the warehouse. */
public final class SemanticRewriter {
  private final SemanticTables tables;
  private final SqlFunctions functions;
  private final Planner planner;
  private final Function<PlanNode, String> writer;
  private final TableTypes types;

  /** {@code planner} plans metrics as tables, and {@code writer} writes these in the warehouse's SQL; {@code types} tells of their columns. */
  public SemanticRewriter(SemanticTables tables, SqlFunctions functions, Planner planner, Function<PlanNode, String> writer,
      TableTypes types) {
    this.types = types;
    this.planner = planner;
    this.tables = tables;
    this.functions = functions;
    this.writer = writer;
  }

  /**
   * A query in the warehouse's terms, its columns and warnings for the asker; {@code plans} holds the plans within it, and it is known whether
   * datasets are read row by row, once its text has been written.
   */
  public record Rewritten(SqlNode node, List<String> columns, List<PlanNode> plans, List<String> warnings, Parameters parameters,
      ValueTypes types,
      BooleanSupplier readsRows) {}

  public Rewritten rewrite(SqlPrelude.Prepared prepared, Parameters parameters, Caller caller) {
    SqlNode parsed = SqlParsing.query(prepared);
    Rewriting context = new Rewriting(tables.model(), tables, caller, functions, parameters, prepared.positions(), types, planner,
        writer);
    QueryRewriter.Rewritten rewritten = new QueryRewriter(context).rewrite(parsed, new LinkedHashMap<>(), Optional.empty(), false);
    List<String> columns = rewritten.columns().stream().map(Relation.OutColumn::name).toList();
    return new Rewritten(rewritten.node(), columns, context.plans, List.copyOf(context.warnings), context.parameters, context.types,
        () -> context.readsRows);
  }
}

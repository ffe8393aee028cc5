// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.sql.node.Parameters;
import dev.sextant.query.sql.node.SqlFunctions;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.parse.SqlPositions;
import dev.sextant.query.sql.table.SemanticTables;
import dev.sextant.query.sql.table.TableTypes;
import dev.sextant.query.sql.type.ValueTypes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** What the rewriting of one statement shares, and what it finds out on the way. */
final class Rewriting {
  final SemanticModel model;
  final SemanticTables tables;
  final Caller caller;
  final SqlFunctions functions;
  final Parameters parameters;
  final SqlPositions positions;
  final TableTypes tableTypes;
  final ValueTypes types;
  final Planner planner;
  final Function<PlanNode, String> writer;
  final Set<String> warnings = new LinkedHashSet<>();
  final List<PlanNode> plans = new ArrayList<>();
  boolean readsRows;
  private int names;

  Rewriting(SemanticModel model, SemanticTables tables, Caller caller, SqlFunctions functions, Parameters parameters,
      SqlPositions positions, TableTypes tableTypes, Planner planner, Function<PlanNode, String> writer) {
    this.tableTypes = tableTypes;
    this.types = new ValueTypes(this::at, parameters.values());
    this.planner = planner;
    this.model = model;
    this.tables = tables;
    this.caller = caller;
    this.functions = functions;
    this.parameters = parameters;
    this.positions = positions;
    this.writer = writer;
  }

  /** Where a node stands in the statement as written. */
  Position at(SqlNode node) {
    return positions.original(node.getParserPosition().getLineNum(), node.getParserPosition().getColumnNum());
  }

  /** The value of a parameter. */
  SqlNode value(SqlDynamicParam parameter) {
    return parameters.place(index(parameter));
  }

  /** The value of a parameter that says how many rows there are to be. */
  SqlNode count(SqlDynamicParam parameter) {
    types.use(parameter, DataType.BIGINT);
    parameters.count(index(parameter));
    return value(parameter);
  }

  /** The index of a parameter that has a value. */
  int index(SqlDynamicParam parameter) {
    int index = parameter.getIndex();
    if (index >= parameters.values().size()) {
      throw Problem.at(QueryIssue.INVALID_SQL, at(parameter), "parameter " + (index + 1) + " has no value; the statement was given "
          + parameters.values().size() + ".");
    }
    return index;
  }

  /** The text of a dataset's rows, in parentheses. */
  String rowsText(PlanNode plan) {
    readsRows = true;
    return text(plan);
  }

  /** The text of a planned table, in parentheses. */
  String text(PlanNode plan) {
    plans.add(plan);
    return "(" + writer.apply(plan) + ")";
  }

  /** The warehouse's spelling of a function, or what the model itself answers. */
  Optional<SqlNode> call(String name, List<SqlNode> operands) {
    return name.equals("CURRENT_DATABASE") || name.equals("CURRENT_CATALOG")
        ? Optional.of(SqlLiteral.createCharString(model.project().name(), SqlNodes.POS))
        : functions.call(name, operands);
  }

  /** A name no statement uses. */
  String freshName(String kind) {
    return "sextant_" + kind + "_" + ++names;
  }

  /** What is asked of a node; what is wrong with it is said to be where the node stands. */
  <T> T located(SqlNode node, Supplier<T> asked) {
    try {
      return asked.get();
    } catch (SextantException e) {
      Issue issue = e.issues().getFirst();
      throw issue.position().equals(Position.NOWHERE) && issue.code() instanceof QueryIssue code
          ? Problem.at(code, at(node), issue.message(), issue.suggestions())
          : e;
    }
  }
}

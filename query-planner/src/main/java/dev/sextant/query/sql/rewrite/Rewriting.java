// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.plan.Planner;
import dev.sextant.query.plan.node.PlanNode;
import dev.sextant.query.sql.node.SqlFunctions;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.parse.SqlPositions;
import dev.sextant.query.sql.table.SemanticTables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** What the rewriting of one statement shares, and what it finds out on the way. */
final class Rewriting {
  final SemanticModel model;
  final SemanticTables tables;
  final Caller caller;
  final SqlFunctions functions;
  final List<SqlParameter> parameters;
  final SqlPositions positions;
  final Planner planner;
  final Function<PlanNode, String> writer;
  final Set<String> warnings = new LinkedHashSet<>();
  final List<PlanNode> plans = new ArrayList<>();
  private int names;

  Rewriting(SemanticModel model, SemanticTables tables, Caller caller, SqlFunctions functions, List<SqlParameter> parameters,
      SqlPositions positions, Planner planner, Function<PlanNode, String> writer) {
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.Placement;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.table.MeasureShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Rewrites aggregates: those that mean a metric become the metric over the group, others aggregate the rows' values. */
final class AggregateRewriter {
  private static final List<String> ORDERED_SETS = List.of("PERCENTILE_CONT", "PERCENTILE_DISC", "MODE", "LISTAGG");

  private final Rewriting context;
  private final Scope scope;
  private final MeasureAggregates measures;
  private final ExprRewriter rows;
  private final Placement placement;

  AggregateRewriter(Rewriting context, Scope scope, MeasureAggregates measures, ExprRewriter rows) {
    this.context = context;
    this.scope = scope;
    this.measures = measures;
    this.rows = rows;
    this.placement = new Placement(context::at);
  }

  /** An aggregate with FILTER. */
  SqlNode filtered(SqlCall call) {
    if (!SqlNodes.isAggregate(SqlNodes.unfiltered(call.operand(0)))) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(call.operand(0)), "FILTER follows an aggregate.");
    }
    checkOwn(call);
    placement.argument(call.operand(1));
    SqlNode condition = rows.rewrite(call.operand(1), true);
    context.types.condition(call.operand(1), "FILTER");
    return rewrite(SqlNodes.unfiltered(call.operand(0)), Optional.of(condition));
  }

  /** An aggregate over the group's rows, of those that pass a condition where there is one. */
  SqlNode rewrite(SqlCall call, Optional<SqlNode> filter) {
    Optional<Scope.Found> metric = meant(call);
    if (metric.isPresent()) {
      return metric(call, metric.get(), filter);
    }
    if (filter.isEmpty()) {
      checkOwn(call);
    }
    List<SqlNode> operands = new ArrayList<>();
    if (call.getFunctionQuantifier() != null && call.operandCount() > 1 && SqlNodes.functionName(call).equals("COUNT")) {
      return rewrite(distinctRows(call), filter);
    }
    call.getOperandList().forEach(placement::argument);
    checkSeparator(call);
    call.getOperandList().forEach(one -> operands.add(SqlNodes.isStar(one) ? rows.star(call, one) : argument(one)));
    SqlNode plain = spelled(call, operands);
    return filter.<SqlNode>map(condition -> SqlStdOperatorTable.FILTER.createCall(SqlNodes.POS, plain, condition)).orElse(plain);
  }

  /** An argument, or the ORDER BY among the arguments. */
  private SqlNode argument(SqlNode node) {
    return node instanceof SqlNodeList keys ? new SqlNodeList(keys.stream().map(this::sortKey).toList(), SqlNodes.POS)
        : alone(node, rows.rewrite(node, true));
  }

  private SqlNode sortKey(SqlNode key) {
    if (key instanceof SqlLiteral) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(key), "a constant orders nothing; name what the values are ordered by.");
    }
    return rows.sorted(key, true);
  }

  /** The alias of an aggregate is an aggregate, too. */
  private SqlNode alone(SqlNode written, SqlNode rewritten) {
    if (SqlNodes.containsAggregate(rewritten)) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(written), "aggregates cannot be nested; aggregate in a sub-query first.");
    }
    return rewritten;
  }

  /** An aggregate of values in the order of others. */
  SqlNode inOrder(SqlCall call, boolean inRows) {
    SqlCall function = call.operand(0);
    if (!ORDERED_SETS.contains(SqlNodes.functionName(function))) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(function),
          "WITHIN GROUP follows one of " + String.join(", ", ORDERED_SETS) + ".");
    }
    checkOwn(call);
    function.getOperandList().forEach(this::checkFraction);
    ((SqlNodeList) call.operand(1)).forEach(placement::argument);
    return SqlNodes.sameCall(call, List.of(rows.rewrite(function, inRows), argument(call.operand(1))));
  }

  private void checkFraction(SqlNode node) {
    boolean fraction = node instanceof SqlDynamicParam || node instanceof SqlNumericLiteral number && number.bigDecimalValue() != null
        && number.bigDecimalValue().signum() >= 0 && number.bigDecimalValue().compareTo(java.math.BigDecimal.ONE) <= 0;
    if (!fraction) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(node), "a percentile is a constant between 0 and 1.");
    }
  }

  private void checkSeparator(SqlCall call) {
    boolean joins = SqlNodes.functionName(call).equals("STRING_AGG") || SqlNodes.functionName(call).equals("LISTAGG");
    if (joins && call.operandCount() > 1 && !(call.operand(1) instanceof SqlLiteral) && !(call.operand(1) instanceof SqlDynamicParam)) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(call.operand(1)), "what is put between the texts must be a constant.");
    }
  }

  /** An aggregate of values: the least text is so by its bytes, the least truth value is false. */
  SqlNode spelled(SqlCall call, List<SqlNode> operands) {
    String name = SqlNodes.functionName(call);
    boolean least = name.equals("MIN");
    if (name.equals("MEDIAN") && call.getFunctionQuantifier() == null) {
      return context.call(name, operands).orElseGet(() -> SqlNodes.sameCall(call, operands));
    }
    if (!least && !name.equals("MAX") || call.operandCount() != 1) {
      return SqlNodes.sameCall(call, operands);
    }
    return switch (context.types.of(call.operand(0)).kind()) {
      case STRING -> SqlNodes.sameCall(call, List.of(context.functions.bytewise(operands.getFirst())));
      case BOOLEAN -> context.call(least ? "BOOL_AND" : "BOOL_OR", operands).orElseThrow();
      default -> SqlNodes.sameCall(call, operands);
    };
  }

  /** {@code COUNT(DISTINCT a, b)} counts the different rows of values none of which is NULL. */
  private static SqlCall distinctRows(SqlCall call) {
    SqlNode present = call.getOperandList()
        .stream()
        .<SqlNode>map(one -> SqlStdOperatorTable.IS_NOT_NULL.createCall(SqlNodes.POS, one))
        .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(SqlNodes.POS, a, b))
        .orElseThrow();
    SqlNode row = SqlStdOperatorTable.ROW.createCall(SqlNodes.POS, call.getOperandList());
    return (SqlCall) SqlNodes.sameCall(call, List.of(SqlNodes.caseWhen(present, row, SqlLiteral.createNull(SqlNodes.POS))));
  }

  static boolean isGoverned(SqlCall call) {
    String name = SqlNodes.functionName(call);
    return name.equals("MEASURE") || name.equals("AGGREGATE") || name.equals("AGG");
  }

  /** The measure whose metric an aggregate means, if it does. */
  Optional<Scope.Found> meant(SqlCall call) {
    boolean governed = isGoverned(call);
    Optional<Scope.Found> measure = call.operandCount() == 1 && SqlNodes.isAggregate(call) ? measureIn(call.operand(0)) : Optional.empty();
    if (governed && measure.isEmpty()) {
      if (call.operandCount() == 1 && call.operand(0) instanceof SqlIdentifier name && !name.isStar()
          && scope.find(name, context).isEmpty()) {
        throw scope.unknown(name, context);
      }
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(call), SqlNodes.functionName(call) + " takes a measure column.");
    }
    measure.ifPresent(found -> checkOwn(call));
    boolean distinct = call.getFunctionQuantifier() != null;
    return measure.filter(found -> !distinct && (governed || means(call, found)));
  }

  /** Whether an SQL aggregate over a measure means the metric; on metrics that are no plain aggregate every one does, with a warning. */
  private boolean means(SqlCall call, Scope.Found found) {
    String name = SqlNodes.functionName(call);
    Relation.Carried measure = found.column().measure().orElseThrow();
    boolean wraps = name.equals("SUM") || name.equals("AVG") || name.equals("MIN") || name.equals("MAX") || name.equals("COUNT");
    if (MeasureShape.isAdditive(measure.metric().metric())) {
      boolean matches = MeasureShape.matches(name, measure.metric().metric());
      if (wraps && !matches && measure.shape().isEmpty()) {
        throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call),
            name + " of single rows of '" + found.column().name() + "' cannot be told from '"
                + found.relation().alias() + "'. Write MEASURE(" + found.column().name()
                + ") for the metric, or ask the table of its dataset.");
      }
      return matches;
    }
    if (wraps) {
      context.warnings.add(name + "(" + found.column().name() + ") was read as the metric itself: " + name
          + " of single rows means nothing for it. Write MEASURE(" + found.column().name() + ").");
    }
    return wraps;
  }

  private SqlNode metric(SqlCall call, Scope.Found found, Optional<SqlNode> filter) {
    Relation relation = found.relation();
    Relation.Carried measure = evaluable(call, found);
    relation.use().ifPresent(use -> use.useLeaves(measure));
    return measures.overGroup(relation.alias(), measure, filter);
  }

  /** A measure that rows alone can give. */
  Relation.Carried evaluable(SqlCall call, Scope.Found found) {
    Relation.Carried measure = found.column().measure().orElseThrow();
    if (measure.shape().isEmpty()) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "metric '" + measure.metric().name()
          + "' cannot be evaluated in this block. Select from its table alone, grouped by plain columns.");
    }
    checkRepeated(call, found);
    return measure;
  }

  /** An aggregate of nothing but an outer block's columns would aggregate that block's rows, wherever it stands. */
  private void checkOwn(SqlCall call) {
    List<SqlIdentifier> columns = SqlNodes.names(call).stream().filter(name -> scope.find(name, context).isPresent()).toList();
    if (!columns.isEmpty() && columns.stream().allMatch(name -> scope.findOwn(name, context).isEmpty())) {
      String name = columns.getFirst().names.getLast();
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "'" + name
          + "' belongs to the block around this query, so SQL would aggregate that block's rows. Aggregate in that block, or select '"
          + name
          + "' FROM a table here.");
    }
  }

  /** A measure counts each row of its dataset once; over rows that a join repeats it would not. */
  void checkRepeated(SqlNode at, Scope.Found found) {
    Relation.Carried measure = found.column().measure().orElseThrow();
    if (measure.repeated() && !measure.shape().filter(MeasureShape::ignoresRepetition).isPresent()) {
      throw Problem.at(QueryIssue.UNSAFE_REAGGREGATION, context.at(at), "metric '" + measure.metric().name() + "' would count rows of '"
          + found.relation().alias()
          + "' several times, because the join may repeat them. Join on a key of the other side, group the other "
          + "side by what it is joined on, or ask with EXISTS or IN.");
    }
  }

  /** The measure that an aggregate's argument is, seen through casts, COALESCE with a constant and CASE WHEN x IS NOT NULL. */
  private Optional<Scope.Found> measureIn(SqlNode node) {
    return switch (node) {
      case SqlIdentifier name when !name.isStar() -> {
        Optional<Scope.Found> found = scope.find(name, context).filter(one -> one.column().measure().isPresent());
        found.ifPresent(one -> context.types.put(name, one.column().type()));
        yield found;
      }
      case SqlCase choice when choice.getWhenOperands().size() == 1 && choice.getValueOperand() == null -> throughCase(choice);
      case SqlCall call when call.getKind() == SqlKind.CAST -> measureIn(call.operand(0));
      case SqlCall call when call.getOperator().getName().equalsIgnoreCase("COALESCE") && call.operandCount() == 2
          && call.operand(1) instanceof SqlLiteral ->
          measureIn(call.operand(0));
      default -> Optional.empty();
    };
  }

  private Optional<Scope.Found> throughCase(SqlCase choice) {
    SqlNode condition = choice.getWhenOperands().get(0);
    SqlNode result = choice.getThenOperands().get(0);
    boolean tests = condition.getKind() == SqlKind.IS_NOT_NULL
        && ((SqlCall) condition).operand(0).equalsDeep(result, org.apache.calcite.util.Litmus.IGNORE);
    return tests && (choice.getElseOperand() == null || choice.getElseOperand() instanceof SqlLiteral) ? measureIn(result)
        : Optional.empty();
  }
}

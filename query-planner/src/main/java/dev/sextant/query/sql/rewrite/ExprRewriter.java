// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.NearestNames;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.Done;
import dev.sextant.query.sql.node.ParameterLiterals;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.node.TimeUnits;
import dev.sextant.query.sql.parse.SqlPrelude;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Rewrites expressions of one block into the warehouse's SQL: names become columns of the block's relations, aggregates of measures become the
 * metric, functions are spelled the warehouse's way. What is not known is an error here and never reaches the warehouse.
 */
final class ExprRewriter {
  /** Functions that are called without parentheses. */
  private static final List<
      String> KEYWORDS = List.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_USER", "SESSION_USER",
          "USER", "CURRENT_SCHEMA", "CURRENT_CATALOG", "CURRENT_DATABASE");

  private final Rewriting context;
  private final Scope scope;
  private final boolean grouped;
  private final GroupedColumns groups;
  private final Map<String, SqlNode> aliases;
  private final MeasureAggregates measures;
  private final AggregateRewriter aggregates;
  private final WindowRewriter windows;
  private final QueryRewriter queries;

  /** {@code aliases} are the select list's names, seen where no column has the name; {@code grouped} says that the block aggregates. */
  ExprRewriter(Rewriting context, QueryRewriter queries, Scope scope, boolean grouped, Map<String, SqlNode> aliases) {
    this(context, queries, scope, grouped, aliases, GroupedColumns.none(context, scope));
  }

  /** {@code groups} tells which expressions are keys, whose measures are those of rows. */
  ExprRewriter(Rewriting context, QueryRewriter queries, Scope scope, boolean grouped, Map<String, SqlNode> aliases,
      GroupedColumns groups) {
    this.context = context;
    this.groups = groups;
    this.queries = queries;
    this.scope = scope;
    this.grouped = grouped;
    this.aliases = aliases;
    this.measures = new MeasureAggregates(context);
    this.aggregates = new AggregateRewriter(context, scope, measures, this);
    this.windows = new WindowRewriter(context, aggregates, measures, this);
  }

  SqlNode rewrite(SqlNode node) {
    return rewrite(node, !grouped);
  }

  /** {@code rows} says that measures stand for their row values here: in blocks that do not aggregate, and inside aggregates. */
  SqlNode rewrite(SqlNode node, boolean inRows) {
    boolean rows = inRows || groups.isKey(node);
    return switch (node) {
      case Done done -> done.node();
      case SqlIdentifier name -> column(name, rows);
      case SqlDynamicParam parameter -> parameter(parameter);
      case SqlDataTypeSpec type -> type(type);
      case SqlNodeList list -> new SqlNodeList(list.stream().map(one -> one == null ? null : rewrite(one, rows)).toList(), SqlNodes.POS);
      case SqlWindow window -> window(window, rows);
      case SqlCase choice -> choice(choice, rows);
      case SqlCall call -> call(call, rows);
      default -> node;
    };
  }

  private SqlNode column(SqlIdentifier name, boolean rows) {
    Optional<Scope.Found> found = scope.find(name, context);
    if (found.isEmpty()) {
      SqlNode aliased = name.isSimple() ? alias(name.getSimple()) : null;
      if (aliased != null) {
        return aliased;
      }
      return keyword(name).orElseThrow(() -> scope.unknown(name, context));
    }
    Relation relation = found.get().relation();
    Relation.OutColumn column = found.get().column();
    if (column.measure().isEmpty()) {
      use(relation, column);
      return SqlNodes.column(relation.alias(), column.name());
    }
    if (!rows) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(name),
          "measure '" + column.name() + "' must be aggregated in a block that groups. Write MEASURE("
              + column.name() + ").");
    }
    return rowValue(relation, column);
  }

  private @org.jspecify.annotations.Nullable SqlNode alias(String name) {
    SqlNode exact = aliases.get(name);
    return exact != null ? exact
        : aliases.entrySet()
            .stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }

  private Optional<SqlNode> keyword(SqlIdentifier name) {
    return name.isSimple() && KEYWORDS.contains(name.getSimple().toUpperCase(java.util.Locale.ROOT))
        ? context.call(name.getSimple().toUpperCase(java.util.Locale.ROOT), List.of())
        : Optional.empty();
  }

  private SqlNode rowValue(Relation relation, Relation.OutColumn column) {
    Relation.Carried measure = column.measure().orElseThrow();
    if (relation.use().isPresent()) {
      relation.use().get().useLeaves(measure);
      return measures.ofRow(relation.alias(), measure);
    }
    return SqlNodes.column(relation.alias(), column.name());
  }

  static void use(Relation relation, Relation.OutColumn column) {
    relation.use()
        .ifPresent(use -> use.table()
            .columns()
            .stream()
            .filter(one -> one.name().equals(column.name()))
            .filter(SemanticTable.ItemColumn.class::isInstance)
            .map(SemanticTable.ItemColumn.class::cast)
            .forEach(use::useItem));
  }

  private SqlNode parameter(SqlDynamicParam parameter) {
    int index = parameter.getIndex();
    if (index >= context.parameters.size()) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(parameter), "parameter " + (index + 1) + " has no value; the statement was given "
          + context.parameters.size() + ".");
    }
    return ParameterLiterals.of(context.parameters.get(index));
  }

  private SqlNode type(SqlDataTypeSpec type) {
    SqlIdentifier name = type.getTypeName();
    Optional<String> known = name == null || !name.isSimple() ? Optional.empty() : context.functions.type(name.getSimple());
    boolean standard = type.getTypeNameSpec() instanceof org.apache.calcite.sql.SqlBasicTypeNameSpec;
    if (known.isEmpty() && !standard) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(type), "type '" + name + "' is not known.");
    }
    boolean plain = known.isPresent() && (!standard || !type.toString().contains("("));
    return plain
        ? new SqlDataTypeSpec(new SqlAlienSystemTypeNameSpec(known.get(), org.apache.calcite.sql.type.SqlTypeName.ANY, SqlNodes.POS),
            SqlNodes.POS)
        : type;
  }

  private SqlNode window(SqlWindow window, boolean rows) {
    SqlNodeList partition = (SqlNodeList) rewrite(window.getPartitionList(), rows);
    SqlNodeList order = (SqlNodeList) rewrite(window.getOrderList(), rows);
    return SqlWindow.create(null, window.getRefName(), partition, order, SqlLiteral.createBoolean(window.isRows(), SqlNodes.POS),
        window.getLowerBound(), window.getUpperBound(), null, SqlNodes.POS);
  }

  private SqlNode choice(SqlCase choice, boolean rows) {
    SqlNode value = choice.getValueOperand();
    SqlNode otherwise = choice.getElseOperand();
    return new SqlCase(SqlNodes.POS, value == null ? null : rewrite(value, rows), (SqlNodeList) rewrite(choice.getWhenOperands(), rows),
        (SqlNodeList) rewrite(choice.getThenOperands(), rows), otherwise == null ? null : rewrite(otherwise, rows));
  }

  private SqlNode call(SqlCall call, boolean rows) {
    if (call.getKind().belongsTo(SqlKind.QUERY) && call.getKind() != SqlKind.VALUES || call.getKind() == SqlKind.WITH) {
      return queries.rewrite(call, scope.ctes(), Optional.of(scope), false).node();
    }
    return switch (call.getKind()) {
      case OVER -> windows.rewrite(call, rows);
      case WITHIN_GROUP -> SqlNodes.sameCall(call, List.of(rewrite(call.operand(0), rows), rewrite(call.operand(1), true)));
      case FILTER -> aggregates.filtered(call);
      case CAST -> cast(call, rows);
      case DOT, ITEM -> throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "values have no parts to name here.");
      case FLOOR, CEIL -> call.operandCount() == 2 && call.operand(1) instanceof SqlIntervalQualifier unit ? floor(call, unit, rows)
          : plain(call, rows);
      case DIVIDE -> context.functions.divide(rewrite(call.operand(0), rows), rewrite(call.operand(1), rows));
      default -> SqlNodes.isAggregate(call) ? aggregates.rewrite(call, Optional.empty()) : plain(call, rows);
    };
  }

  /** {@code x::type} and {@code CAST}; zones and contexts travel as types of their own. */
  private SqlNode cast(SqlCall call, boolean rows) {
    SqlNode target = call.operand(1);
    String name = target instanceof SqlDataTypeSpec type && type.getTypeName() != null ? type.getTypeName().getSimple() : "";
    if (name.startsWith(SqlPrelude.ZONE)) {
      return context.functions.atTimeZone(rewrite(call.operand(0), rows), SqlPrelude.carried(name, SqlPrelude.ZONE));
    }
    if (name.startsWith(SqlPrelude.CONTEXT)) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call),
          "AT stands in a block that groups rows of one table, as in SELECT d, MEASURE(m) / MEASURE(m) AT (ALL d) FROM t GROUP BY d.");
    }
    return SqlStdOperatorTable.CAST.createCall(SqlNodes.POS, rewrite(call.operand(0), rows), rewrite(target, rows));
  }

  /** {@code FLOOR(time TO MONTH)}. */
  private SqlNode floor(SqlCall call, SqlIntervalQualifier unit, boolean rows) {
    if (call.getKind() == SqlKind.CEIL) {
      throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "CEIL of a time is not supported; add to FLOOR(time TO unit).");
    }
    return known((SqlCall) MeasureAggregates.function("DATE_TRUNC"),
        List.of(SqlLiteral.createCharString(unit.toString().toLowerCase(java.util.Locale.ROOT), SqlNodes.POS),
            rewrite(call.operand(0), rows)));
  }

  private SqlNode plain(SqlCall call, boolean rows) {
    List<SqlNode> operands = new ArrayList<>();
    boolean named = SqlNodes.isNamed(call);
    call.getOperandList()
        .forEach(one -> operands.add(one == null || SqlNodes.isStar(one) ? one
            : named && isUnit(call, one) ? SqlLiteral.createCharString(((SqlIdentifier) one).getSimple(), SqlNodes.POS)
                : rewrite(one, rows)));
    if (named) {
      return known(call, operands);
    }
    return call.getOperator() instanceof SqlAggFunction || call instanceof SqlBasicCall
        ? call.getOperator().createCall(call.getFunctionQuantifier(), SqlNodes.POS, operands)
        : call.getOperator().createCall(SqlNodes.POS, operands);
  }

  /** Whether an operand is a unit of time, as in {@code DATEADD(month, 1, d)}. */
  private boolean isUnit(SqlCall call, SqlNode operand) {
    return operand instanceof SqlIdentifier name && name.isSimple() && TimeUnits.takes(SqlNodes.functionName(call))
        && TimeUnits.isUnit(name.getSimple()) && scope.find(name, context).isEmpty();
  }

  /** A function the warehouse's way. */
  SqlNode known(SqlCall call, List<SqlNode> operands) {
    String name = SqlNodes.functionName(call);
    return context.located(call, () -> context.call(name, operands)).orElseThrow(() -> {
      List<String> near = NearestNames.to(name, context.functions.names());
      return Problem.at(QueryIssue.INVALID_SQL, context.at(call),
          "function '" + name.toLowerCase(java.util.Locale.ROOT) + "' is not known." + NearestNames.question(near), near);
    });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.model.NearestNames;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.CastSpelling;
import dev.sextant.query.sql.node.Done;
import dev.sextant.query.sql.node.Frames;
import dev.sextant.query.sql.node.NamedWindows;
import dev.sextant.query.sql.node.SqlNodes;
import dev.sextant.query.sql.node.TimeUnits;
import dev.sextant.query.sql.table.SemanticTable;
import dev.sextant.query.sql.type.FunctionTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
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

/**
 * Rewrites expressions of one block into the warehouse's SQL: names become columns of the block's relations, aggregates of measures become the
 * metric, functions are spelled the warehouse's way. What is not known is an error here and never reaches the warehouse.
 */
final class ExprRewriter {
  /** Functions that are called without parentheses. */
  private static final List<
      String> KEYWORDS = List.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_USER", "SESSION_USER",
          "USER", "CURRENT_SCHEMA", "CURRENT_CATALOG", "CURRENT_DATABASE");

  /** Functions that compare their arguments. */
  private static final List<String> ORDERED = List.of("GREATEST", "LEAST");

  private final Rewriting context;
  private final Scope scope;
  private final boolean grouped;
  private final GroupedColumns groups;
  private final Map<String, SqlNode> aliases;
  private final MeasureAggregates measures;
  private final AggregateRewriter aggregates;
  private final WindowRewriter windows;
  private final CastSpelling casts;
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
    this.casts = new CastSpelling(context.functions, context::at);
    this.measures = new MeasureAggregates(context);
    this.aggregates = new AggregateRewriter(context, scope, measures, this);
    this.windows = new WindowRewriter(context, aggregates, measures, this);
  }

  SqlNode rewrite(SqlNode node) {
    return rewrite(node, !grouped);
  }

  /** {@code rows} says that measures stand for their row values here: in blocks that do not aggregate, and inside aggregates. */
  SqlNode rewrite(SqlNode node, boolean inRows) {
    SqlNode rewritten = rewritten(node, inRows);
    if (!(rewritten instanceof SqlNodeList) && !SqlNodes.isQuery(node)) {
      context.types.put(rewritten, context.types.of(node));
    }
    return rewritten;
  }

  private SqlNode rewritten(SqlNode node, boolean inRows) {
    boolean rows = inRows || groups.isKey(node);
    return switch (node) {
      case Done done -> done.node();
      case SqlIdentifier name -> column(name, rows);
      case SqlDynamicParam parameter -> context.value(parameter);
      case SqlDataTypeSpec type -> casts.type(type);
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
        context.types.put(name, context.types.of(aliased));
        return aliased;
      }
      return keyword(name).orElseThrow(() -> scope.unknown(name, context));
    }
    Relation relation = found.get().relation();
    Relation.OutColumn column = found.get().column();
    context.types.put(name, column.type());
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

  /** Whether a name that is no column's calls a function. */
  static boolean isKeyword(SqlIdentifier name) {
    return name.isSimple() && KEYWORDS.contains(name.getSimple().toUpperCase(java.util.Locale.ROOT));
  }

  private Optional<SqlNode> keyword(SqlIdentifier name) {
    if (isKeyword(name)) {
      context.types.putCall(name, name.getSimple());
    }
    return isKeyword(name) ? context.call(name.getSimple().toUpperCase(java.util.Locale.ROOT), List.of())
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

  private SqlNode window(SqlWindow window, boolean rows) {
    if (window.getRefName() != null) {
      throw NamedWindows.unknown(window.getRefName(), List.of(), context.at(window.getRefName()));
    }
    SqlNodeList partition = (SqlNodeList) rewrite(window.getPartitionList(), rows);
    SqlNodeList order = new SqlNodeList(window.getOrderList().stream().map(key -> sorted(key, rows)).toList(), SqlNodes.POS);
    Frames.check(window, context::at);
    return SqlWindow.create(null, null, partition, order, SqlLiteral.createBoolean(window.isRows(), SqlNodes.POS),
        window.getLowerBound(), window.getUpperBound(), null, SqlNodes.POS);
  }

  /** A sort key of a window or an aggregate; texts are sorted by their bytes. */
  SqlNode sorted(SqlNode key, boolean rows) {
    return SqlNodes.nullsLast(sortedAsWritten(key, rows));
  }

  private SqlNode sortedAsWritten(SqlNode key, boolean rows) {
    return switch (key.getKind()) {
      case DESCENDING, NULLS_FIRST, NULLS_LAST ->
          SqlNodes.sameCall((SqlCall) key, List.of(sortedAsWritten(((SqlCall) key).operand(0), rows)));
      case LITERAL -> SqlNodes.typed(key);
      default -> {
        SqlNode rewritten = SqlNodes.typed(rewrite(key, rows));
        yield context.types.areTexts(List.of(key)) ? context.functions.bytewise(rewritten) : rewritten;
      }
    };
  }

  private SqlNode choice(SqlCase choice, boolean rows) {
    SqlNode value = choice.getValueOperand();
    SqlNode otherwise = choice.getElseOperand();
    return new SqlCase(SqlNodes.POS, value == null ? null : rewrite(value, rows), (SqlNodeList) rewrite(choice.getWhenOperands(), rows),
        (SqlNodeList) rewrite(choice.getThenOperands(), rows), otherwise == null ? null : rewrite(otherwise, rows));
  }

  private SqlNode call(SqlCall call, boolean rows) {
    if (SqlNodes.isQuery(call) && call.getKind() != SqlKind.VALUES) {
      return queries.rewrite(call, scope.ctes(), Optional.of(scope), false).node();
    }
    return switch (call.getKind()) {
      case OVER -> windows.rewrite(call, rows);
      case WITHIN_GROUP -> aggregates.inOrder(call, rows);
      case INTERVAL -> throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call),
          "INTERVAL takes a constant; multiply INTERVAL '1 day' by what is counted.");
      case FILTER -> aggregates.filtered(call);
      case CAST -> casts.of(call, rewrite(call.operand(0), rows), context.types.of(call.operand(0)));
      case DOT, ITEM -> throw Problem.at(QueryIssue.UNSUPPORTED, context.at(call), "values have no parts to name here.");
      case FLOOR, CEIL -> call.operandCount() == 2 && call.operand(1) instanceof SqlIntervalQualifier unit ? floor(call, unit, rows)
          : plain(call, rows);
      case DIVIDE -> context.functions.divide(rewrite(call.operand(0), rows), rewrite(call.operand(1), rows));
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, BETWEEN -> compared(call, rows);
      default -> SqlNodes.isAggregate(call) ? aggregates.rewrite(call, Optional.empty()) : plain(call, rows);
    };
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

  /** The star of COUNT(*). */
  SqlNode star(SqlCall call, SqlNode star) {
    if (!SqlNodes.functionName(call).equals("COUNT")) {
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(star), "* can stand in COUNT(*) and in a select list only.");
    }
    return star;
  }

  private SqlNode compared(SqlCall call, boolean rows) {
    SqlCall rewritten = (SqlCall) plain(call, rows);
    if (context.types.areTexts(call.getOperandList())) {
      rewritten.setOperand(0, context.functions.bytewise(rewritten.operand(0)));
    }
    return rewritten;
  }

  private SqlNode plain(SqlCall call, boolean rows) {
    TimeUnits.check(call, context::at);
    List<SqlNode> operands = new ArrayList<>();
    boolean named = SqlNodes.isNamed(call);
    call.getOperandList()
        .forEach(one -> operands.add(one == null ? null
            : SqlNodes.isStar(one) ? star(call, one)
                : named && isUnit(call, one) ? SqlLiteral.createCharString(((SqlIdentifier) one).getSimple(), SqlNodes.POS)
                    : named && one instanceof SqlDynamicParam parameter ? argument(parameter) : rewrite(one, rows)));
    if (named) {
      if (FunctionTypes.WINDOWED.contains(SqlNodes.functionName(call))) {
        throw Problem.at(QueryIssue.INVALID_SQL, context.at(call),
            SqlNodes.functionName(call) + " needs a window: write OVER (..) after it.");
      }
      return known(call, operands);
    }
    return call.getOperator() instanceof SqlAggFunction || call instanceof SqlBasicCall
        ? call.getOperator().createCall(call.getFunctionQuantifier(), SqlNodes.POS, operands)
        : call.getOperator().createCall(SqlNodes.POS, operands);
  }

  /** An argument of a function; a text may be a unit or a format, which decides how the function is written. */
  private SqlNode argument(SqlDynamicParam parameter) {
    return context.types.of(parameter).equals(DataType.STRING) ? context.parameters.constant(context.index(parameter))
        : context.value(parameter);
  }

  /** Whether an operand is a unit of time, as in {@code DATEADD(month, 1, d)}. */
  private boolean isUnit(SqlCall call, SqlNode operand) {
    return operand instanceof SqlIdentifier name && name.isSimple() && TimeUnits.takes(SqlNodes.functionName(call))
        && TimeUnits.isUnit(name.getSimple()) && scope.find(name, context).isEmpty();
  }

  /** A function the warehouse's way. */
  SqlNode known(SqlCall call, List<SqlNode> operands) {
    String name = SqlNodes.functionName(call);
    if (ORDERED.contains(name) && context.types.areTexts(call.getOperandList())) {
      operands.set(0, context.functions.bytewise(operands.getFirst()));
    }
    return context.located(call, () -> context.call(name, operands)).orElseThrow(() -> {
      List<String> near = NearestNames.to(name, context.functions.names());
      return Problem.at(QueryIssue.INVALID_SQL, context.at(call),
          "function '" + name.toLowerCase(java.util.Locale.ROOT) + "' is not known." + NearestNames.question(near), near);
    });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.rewrite;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.expr.ExprParser;
import dev.sextant.query.ItemName;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.sql.table.SemanticTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.SqlUnresolvedFunction;

/**
 * Converts conditions and keys of a metric block to expressions over items. A time without a grain is its finest value, and
 * {@code DATE_TRUNC} of a time is the item in that grain.
 */
final class SqlToExpr {
  private final Rewriting context;
  private final Scope scope;
  private final SemanticTable table;

  SqlToExpr(Rewriting context, Scope scope, SemanticTable table) {
    this.context = context;
    this.scope = scope;
    this.table = table;
  }

  /** The item a key is, if it is one: a column, or the truncation of a time column. */
  Optional<ItemName> item(SqlNode node) {
    if (node instanceof SqlIdentifier name) {
      return item(name).map(this::grained);
    }
    if (node instanceof SqlCall call && call.getOperator().getName().equalsIgnoreCase("DATE_TRUNC") && call.operandCount() == 2
        && call.operand(0) instanceof SqlLiteral unit && call.operand(1) instanceof SqlIdentifier name) {
      Optional<TimeGrain> grain = TimeGrain.named(unit.getValueAs(String.class));
      return item(name).filter(item -> item.grain().isEmpty() && grain.isPresent()).map(item -> item.withGrain(grain.orElseThrow()));
    }
    return Optional.empty();
  }

  private ItemName grained(ItemName item) {
    return item.isMetricTime() && item.grain().isEmpty() && item.part().isEmpty() ? item.withGrain(TimeGrain.DAY) : item;
  }

  private Optional<ItemName> item(SqlIdentifier name) {
    Optional<Scope.Found> found = scope.find(name, context);
    return found.flatMap(one -> table.columns()
        .stream()
        .filter(column -> column.name().equals(one.column().name()))
        .filter(SemanticTable.ItemColumn.class::isInstance)
        .map(SemanticTable.ItemColumn.class::cast)
        .findFirst()).map(SemanticTable.ItemColumn::item);
  }

  Expr convert(SqlNode node) {
    Optional<ItemName> item = item(node);
    if (item.isPresent()) {
      return Expr.column(item.get().full());
    }
    return switch (node) {
      case SqlLiteral literal -> ExprParser.parse(text(literal), context.at(literal));
      case SqlDynamicParam parameter -> convertParameter(parameter);
      case SqlIdentifier name -> throw notHere(name);
      case SqlCall call -> call(call);
      default -> throw notHere(node);
    };
  }

  private Expr convertParameter(SqlDynamicParam parameter) {
    SqlParameter value = context.parameters.decisive(context.index(parameter));
    return new Expr.Literal(value.type(), value.text());
  }

  private RuntimeException notHere(SqlNode node) {
    if (node instanceof SqlIdentifier name && scope.find(name, context).isEmpty()) {
      return scope.unknown(name, context);
    }
    return Problem.at(QueryIssue.UNSUPPORTED, context.at(node), "'" + context.positions.slice(node.getParserPosition())
        + "' cannot be used to group or filter these metrics.");
  }

  private static String text(SqlLiteral literal) {
    if (literal instanceof SqlUnknownLiteral typed) {
      return typed.tag.toLowerCase(Locale.ROOT) + " '" + typed.getValueAs(String.class).replace("'", "''") + "'";
    }
    return switch (literal.getTypeName()) {
      case CHAR, VARCHAR -> "'" + String.valueOf(literal.getValueAs(String.class)).replace("'", "''") + "'";
      case NULL -> "null";
      case BOOLEAN -> String.valueOf(literal.booleanValue());
      case DATE -> "date '" + ((SqlAbstractDateTimeLiteral) literal).toFormattedString() + "'";
      case TIMESTAMP -> "timestamp '" + ((SqlAbstractDateTimeLiteral) literal).toFormattedString() + "'";
      default -> literal.getTypeName().getFamily() == org.apache.calcite.sql.type.SqlTypeFamily.INTERVAL_DAY_TIME
          || literal.getTypeName().getFamily() == org.apache.calcite.sql.type.SqlTypeFamily.INTERVAL_YEAR_MONTH ? interval(literal)
              : literal.toValue() == null ? literal.toString() : literal.toValue();
    };
  }

  private static String interval(SqlLiteral literal) {
    var interval = literal.getValueAs(org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue.class);
    return "interval '" + (interval.getSign() < 0 ? "-" : "") + interval.getIntervalLiteral() + " "
        + interval.getIntervalQualifier().getUnit().name().toLowerCase(Locale.ROOT) + "'";
  }

  private Expr call(SqlCall call) {
    return switch (call.getKind()) {
      case AND, OR ->
          call.getOperandList().stream().map(this::convert).reduce((a, b) -> Expr.call(call.getKind().lowerName, a, b)).orElseThrow();
      case NOT -> Expr.call("not", convert(call.operand(0)));
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, PLUS, MINUS, TIMES, DIVIDE -> operator(
          call.getOperator().getName().equals("!=") ? "<>" : call.getOperator().getName(), call);
      case IS_NULL -> operator("is null", call);
      case IS_NOT_NULL -> operator("is not null", call);
      case IS_TRUE -> operator("is true", call);
      case IS_FALSE -> operator("is false", call);
      case IS_NOT_TRUE -> operator("is not true", call);
      case IS_NOT_FALSE -> operator("is not false", call);
      case IS_DISTINCT_FROM -> operator("is distinct from", call);
      case IS_NOT_DISTINCT_FROM -> operator("is not distinct from", call);
      case MINUS_PREFIX -> operator("neg", call);
      case IN, NOT_IN -> in(call);
      case BETWEEN -> between(call);
      case LIKE -> negated(call, operator(call.getOperator().getName().toLowerCase(Locale.ROOT).replace("not ", ""), call));
      case CASE -> choice((org.apache.calcite.sql.fun.SqlCase) call);
      case CAST -> cast(call);
      case EXTRACT -> Expr.call("extract_" + call.operand(0).toString().toLowerCase(Locale.ROOT), convert(call.operand(1)));
      default -> function(call);
    };
  }

  private Expr operator(String name, SqlCall call) {
    return new Expr.Call(name, call.getOperandList().stream().map(this::convert).toList());
  }

  private static Expr negated(SqlCall call, Expr expr) {
    return call.getOperator().getName().toUpperCase(Locale.ROOT).startsWith("NOT ") ? Expr.call("not", expr) : expr;
  }

  private Expr in(SqlCall call) {
    if (!(call.operand(1) instanceof org.apache.calcite.sql.SqlNodeList list)) {
      throw notHere(call);
    }
    List<Expr> arguments = new ArrayList<>(List.of(convert(call.operand(0))));
    list.forEach(value -> arguments.add(convert(value)));
    Expr in = new Expr.Call("in", arguments);
    return call.getKind() == SqlKind.NOT_IN ? Expr.call("not", in) : in;
  }

  private Expr between(SqlCall call) {
    return negated(call, Expr.call("between", convert(call.operand(0)), convert(call.operand(1)), convert(call.operand(2))));
  }

  private Expr choice(org.apache.calcite.sql.fun.SqlCase choice) {
    List<Expr.When> whens = new ArrayList<>();
    SqlNode value = choice.getValueOperand();
    for (int i = 0; i < choice.getWhenOperands().size(); i++) {
      Expr condition = convert(choice.getWhenOperands().get(i));
      whens.add(
          new Expr.When(value == null ? condition : Expr.call("=", convert(value), condition), convert(choice.getThenOperands().get(i))));
    }
    SqlNode otherwise = choice.getElseOperand();
    return new Expr.Case(whens, otherwise == null || SqlLiteral.valueMatchesType(null, org.apache.calcite.sql.type.SqlTypeName.NULL)
        && otherwise.toString().equals("NULL") ? Optional.empty() : Optional.of(convert(otherwise)));
  }

  private Expr cast(SqlCall call) {
    Expr typed = ExprParser.parse("cast(null as " + call.operand(1).toString().replace("`", "").replace("\"", "") + ")", context.at(call));
    DataType type = ((Expr.Cast) typed).type();
    return new Expr.Cast(convert(call.operand(0)), type);
  }

  private Expr function(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (name.equals("||")) {
      return operator("||", call);
    }
    if (call.getOperator() instanceof SqlUnresolvedFunction && !context.functions.names().contains(name)) {
      List<String> near = NearestNames.to(name, context.functions.names());
      throw Problem.at(QueryIssue.INVALID_SQL, context.at(call),
          "function '" + name.toLowerCase(Locale.ROOT) + "' is not known." + NearestNames.question(near), near);
    }
    return operator(name.toLowerCase(Locale.ROOT), call);
  }
}

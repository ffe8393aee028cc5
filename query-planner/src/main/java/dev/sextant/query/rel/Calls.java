// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rel;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** Operators and functions by name, with the checks that make a wrong type an error of the asker and not of the warehouse. */
final class Calls {
  private static final List<
      String> UNITS = List.of("microsecond", "microseconds", "millisecond", "milliseconds", "second", "minute", "hour",
          "day", "dow", "isodow", "doy", "week", "isoyear", "month", "quarter", "year", "decade", "century", "millennium", "epoch",
          "julian", "nanosecond", "nanoseconds", "era", "yearweek", "timezone");

  private final RexBuilder rex;

  Calls(RexBuilder rex) {
    this.rex = rex;
  }

  static boolean compares(String operator) {
    return switch (operator) {
      case "=", "<>", "<", "<=", ">", ">=", "in", "between", "is distinct from", "is not distinct from" -> true;
      default -> false;
    };
  }

  RexNode make(Expr.Call call, List<RexNode> arguments) {
    Signatures.check(call, arguments);
    return switch (call.operator()) {
      case "and", "or" -> logical(call, arguments);
      case "not" -> rex.makeCall(SqlStdOperatorTable.NOT, truth(call, arguments.getFirst()));
      case "=" -> compare(SqlStdOperatorTable.EQUALS, call, arguments);
      case "<>" -> compare(SqlStdOperatorTable.NOT_EQUALS, call, arguments);
      case "<" -> compare(SqlStdOperatorTable.LESS_THAN, call, arguments);
      case "<=" -> compare(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, call, arguments);
      case ">" -> compare(SqlStdOperatorTable.GREATER_THAN, call, arguments);
      case ">=" -> compare(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, call, arguments);
      case "is distinct from" -> compare(SqlStdOperatorTable.IS_DISTINCT_FROM, call, arguments);
      case "is not distinct from" -> compare(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, call, arguments);
      case "between" -> rex.makeCall(SqlStdOperatorTable.AND,
          compare(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, call, List.of(arguments.get(0), arguments.get(1))),
          compare(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, call, List.of(arguments.get(0), arguments.get(2))));
      case "in" -> in(call, arguments);
      case "is null" -> rex.makeCall(SqlStdOperatorTable.IS_NULL, arguments);
      case "is not null" -> rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, arguments);
      case "is true" -> rex.makeCall(SqlStdOperatorTable.IS_TRUE, truth(call, arguments.getFirst()));
      case "is not true" -> rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, truth(call, arguments.getFirst()));
      case "is false" -> rex.makeCall(SqlStdOperatorTable.IS_FALSE, truth(call, arguments.getFirst()));
      case "is not false" -> rex.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, truth(call, arguments.getFirst()));
      case "+", "-", "*", "/", "%" -> arithmetic(call, arguments);
      case "neg" -> rex.makeCall(SqlStdOperatorTable.UNARY_MINUS, number(call, arguments.getFirst()));
      case "||" -> rex.makeCall(nullable(SqlTypeName.VARCHAR), SqlStdOperatorTable.CONCAT, arguments);
      case "like" -> rex.makeCall(SqlStdOperatorTable.LIKE, text(call, arguments));
      case "ilike" -> rex.makeCall(nullable(SqlTypeName.BOOLEAN), SqlLibraryOperators.ILIKE, text(call, arguments));
      case "date_trunc" -> truncate(call, arguments);
      case "local_time" -> localTime(arguments);
      case "stored_time" -> storedTime(arguments);
      case "at time zone" -> rex.makeCall(Operators.AT_TIME_ZONE, arguments);
      default -> call.operator().startsWith("extract_") ? extract(call, arguments) : function(call, arguments);
    };
  }

  private RexNode logical(Expr.Call call, List<RexNode> arguments) {
    SqlOperator operator = call.operator().equals("and") ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR;
    return rex.makeCall(operator, arguments.stream().map(argument -> truth(call, argument)).toList());
  }

  private RexNode truth(Expr.Call call, RexNode argument) {
    return switch (argument.getType().getSqlTypeName()) {
      case BOOLEAN, ANY, NULL -> argument;
      default -> throw Problem.of(QueryIssue.TYPE_MISMATCH, "'" + Texts.of(call) + "' needs a truth value where it has one of type "
          + Types.fromCalcite(argument.getType()) + ". Compare it with something.");
    };
  }

  private RexNode compare(SqlOperator operator, Expr.Call call, List<RexNode> arguments) {
    Family left = Family.of(arguments.get(0).getType());
    Family right = Family.of(arguments.get(1).getType());
    if (!left.comparesWith(right)) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "'" + Texts.of(call) + "' compares " + typeName(arguments.get(0)) + " with " + typeName(arguments.get(1)) + ".");
    }
    return rex.makeCall(operator, arguments);
  }

  private static String typeName(RexNode node) {
    return Family.of(node.getType()) == Family.LENGTH ? "interval" : Types.fromCalcite(node.getType()).toString();
  }

  private RexNode in(Expr.Call call, List<RexNode> arguments) {
    arguments.subList(1, arguments.size())
        .forEach(argument -> compare(SqlStdOperatorTable.EQUALS, call, List.of(arguments.getFirst(), argument)));
    return rex.makeCall(nullable(SqlTypeName.BOOLEAN), Operators.IN_LIST, arguments);
  }

  private RexNode arithmetic(Expr.Call call, List<RexNode> arguments) {
    boolean interval = arguments.get(1).getType().getFamily() instanceof SqlTypeFamily family
        && (family == SqlTypeFamily.INTERVAL_DAY_TIME || family == SqlTypeFamily.INTERVAL_YEAR_MONTH);
    if (interval && call.operator().equals("+")) {
      return rex.makeCall(Operators.PLUS_INTERVAL, arguments);
    }
    if (interval && call.operator().equals("-")) {
      return rex.makeCall(Operators.MINUS_INTERVAL, arguments);
    }
    RexNode left = number(call, arguments.get(0));
    RexNode right = number(call, arguments.get(1));
    return switch (call.operator()) {
      case "+" -> rex.makeCall(SqlStdOperatorTable.PLUS, left, right);
      case "-" -> rex.makeCall(SqlStdOperatorTable.MINUS, left, right);
      case "*" -> rex.makeCall(SqlStdOperatorTable.MULTIPLY, left, right);
      case "/" -> rex.makeCall(nullable(SqlTypeName.DOUBLE), SqlStdOperatorTable.DIVIDE,
          List.of(asDouble(AggregateToRel.unsettled(left)), notZero(AggregateToRel.unsettled(right))));
      default -> rex.makeCall(right.getType(), SqlStdOperatorTable.MOD, List.of(left, notZero(right)));
    };
  }

  private RexNode asDouble(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.DOUBLE ? node
        : rex.makeAbstractCast(nullable(SqlTypeName.DOUBLE), node, false);
  }

  /** Division by zero is NULL on every warehouse. */
  private RexNode notZero(RexNode divisor) {
    boolean constant = divisor instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal value && value.signum() != 0;
    return constant ? divisor
        : rex.makeCall(rex.getTypeFactory().createTypeWithNullability(divisor.getType(), true), SqlStdOperatorTable.NULLIF,
            List.of(divisor, rex.makeExactLiteral(BigDecimal.ZERO)));
  }

  private RexNode number(Expr.Call call, RexNode argument) {
    Family family = Family.of(argument.getType());
    if (family != Family.NUMBER && family != Family.ANYTHING) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "'" + Texts.of(call) + "' calculates with a value of type " + typeName(argument) + ".");
    }
    return argument;
  }

  private List<RexNode> text(Expr.Call call, List<RexNode> arguments) {
    arguments.forEach(argument -> {
      Family family = Family.of(argument.getType());
      if (family != Family.TEXT && family != Family.ANYTHING) {
        throw Problem.of(QueryIssue.TYPE_MISMATCH,
            "'" + Texts.of(call) + "' matches a value of type " + typeName(argument) + " as text. Cast it.");
      }
    });
    return arguments;
  }

  private RexNode truncate(Expr.Call call, List<RexNode> arguments) {
    RexNode time = arguments.get(1);
    String unit = unit(call, arguments.getFirst() instanceof RexLiteral literal ? String.valueOf(RexLiteral.stringValue(literal)) : "");
    if (time.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return unit.equals("day") ? time
          : rex.makeAbstractCast(time.getType(), rex.makeCall(Operators.DATE_TRUNC, arguments), false);
    }
    RexNode instant = Family.of(time.getType()) == Family.TEXT ? rex.makeAbstractCast(nullable(SqlTypeName.TIMESTAMP), time, false) : time;
    if (Family.of(instant.getType()) == Family.NUMBER || Family.of(instant.getType()) == Family.TRUTH) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "a value of type " + typeName(time) + " cannot be truncated to " + unit + ": it is no time.");
    }
    return rex.makeCall(Operators.DATE_TRUNC, arguments.get(0), instant);
  }

  private static String unit(Expr.Call call, String unit) {
    if (!UNITS.contains(unit.toLowerCase(Locale.ROOT))) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "'" + Texts.of(call) + "' names no unit of time. Known are " + String.join(", ", UNITS) + ".");
    }
    return unit;
  }

  private RexNode localTime(List<RexNode> arguments) {
    RexNode time = arguments.get(0);
    return switch (time.getType().getSqlTypeName()) {
      case DATE -> time;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> rex.makeCall(Operators.AT_TIME_ZONE, time, arguments.get(2));
      default -> rex.makeCall(Operators.AT_TIME_ZONE, rex.makeCall(Operators.AT_TIME_ZONE, time, arguments.get(1)), arguments.get(2));
    };
  }

  /** Any time as the project's zone tells it: {@code stored_time(time, zone)}. */
  private RexNode storedTime(List<RexNode> arguments) {
    RexNode time = arguments.get(0);
    return switch (time.getType().getSqlTypeName()) {
      case TIMESTAMP, ANY, NULL -> time;
      case DATE -> rex.makeAbstractCast(nullable(SqlTypeName.TIMESTAMP), time, false);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> rex.makeCall(Operators.AT_TIME_ZONE, time, arguments.get(1));
      default ->
          throw Problem.of(QueryIssue.TYPE_MISMATCH, "a value of type " + typeName(time) + " stands where a time is needed. Cast it.");
    };
  }

  private RexNode extract(Expr.Call call, List<RexNode> arguments) {
    String part = unit(call, call.operator().substring("extract_".length()));
    RexNode time = arguments.getFirst();
    if (Family.of(time.getType()) != Family.TIME && Family.of(time.getType()) != Family.ANYTHING) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH, "'" + Texts.of(call) + "' takes a part of a value of type " + typeName(time) + ".");
    }
    return rex.makeCall(Operators.extract(part.equals("dow") ? "ISODOW" : part.toUpperCase(Locale.ROOT)), time);
  }

  private RexNode function(Expr.Call call, List<RexNode> arguments) {
    String name = call.operator();
    List<RexNode> given = new ArrayList<>(arguments);
    return switch (name) {
      case "coalesce", "ifnull", "nvl" -> common(call, SqlStdOperatorTable.COALESCE, given);
      case "nullif" -> rex.makeCall(rex.getTypeFactory().createTypeWithNullability(given.getFirst().getType(), true),
          SqlStdOperatorTable.NULLIF, given);
      case "greatest" -> common(call, Operators.function("GREATEST", org.apache.calcite.sql.type.ReturnTypes.LEAST_RESTRICTIVE), given);
      case "least" -> common(call, Operators.function("LEAST", org.apache.calcite.sql.type.ReturnTypes.LEAST_RESTRICTIVE), given);
      case "position" -> given.size()
          == 2 ? rex.makeCall(Types.toCalcite(DataType.BIGINT, rex.getTypeFactory()), SqlStdOperatorTable.POSITION,
              given) : rex.makeCall(Operators.function("POSITION", Operators.returns(DataType.BIGINT)), given);
      case "mod", "div" -> rex.makeCall(Operators.function(name.toUpperCase(Locale.ROOT), Operators.returns(FunctionTypes.of(name, given))),
          List.of(given.get(0), notZero(given.get(1))));
      case "current_date" -> rex.makeCall(nullable(SqlTypeName.DATE), SqlStdOperatorTable.CURRENT_DATE, List.of());
      case "current_timestamp", "now" -> rex.makeCall(nullable(SqlTypeName.TIMESTAMP), SqlStdOperatorTable.CURRENT_TIMESTAMP, List.of());
      default -> rex.makeCall(Operators.function(name.toUpperCase(Locale.ROOT), Operators.returns(FunctionTypes.of(name, given))), given);
    };
  }

  private RexNode common(Expr.Call call, SqlOperator operator, List<RexNode> arguments) {
    RelDataType type = SharedTypes.of(arguments.stream().map(RexNode::getType).toList(), rex).orElse(null);
    if (type == null) {
      throw Problem.of(QueryIssue.TYPE_MISMATCH,
          "'" + Texts.of(call) + "' mixes types: " + String.join(", ", arguments.stream().map(Calls::typeName).distinct().toList()) + ".");
    }
    return rex.makeCall(type, operator, arguments);
  }

  private RelDataType nullable(SqlTypeName name) {
    return Types.toCalcite(switch (name) {
      case BOOLEAN -> DataType.BOOLEAN;
      case VARCHAR -> DataType.STRING;
      case DATE -> DataType.DATE;
      case TIMESTAMP -> DataType.TIMESTAMP;
      default -> DataType.DOUBLE;
    }, rex.getTypeFactory());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.Expr;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an expression as text that {@link ExprParser} reads back to the same tree. */
public final class ExprPrinter {

  private ExprPrinter() {}

  public static String print(Expr expr) {
    return print(expr, Operators.LOWEST);
  }

  /** The expression, in parentheses where it binds less than {@code strength}. */
  private static String print(Expr expr, int strength) {
    return switch (expr) {
      case Expr.Literal literal -> literal(literal);
      case Expr.Interval interval -> "interval '" + interval.count() + " " + interval.grain().label() + "'";
      case Expr.Column column -> Names.quoted(column.name());
      case Expr.Member member -> MemberPrinter.print(member);
      case Expr.Call call -> call(call, strength);
      case Expr.Case choice -> choice(choice);
      case Expr.Cast cast -> "cast(" + print(cast.value()) + " as " + cast.type() + ")";
    };
  }

  private static String literal(Expr.Literal literal) {
    return switch (literal.type().kind()) {
      case NULL -> "null";
      case BOOLEAN, INTEGER, BIGINT, DECIMAL -> literal.text();
      case DOUBLE -> literal.text().contains("e") ? literal.text() : literal.text() + "e0";
      case STRING, BINARY, OTHER, INTERVAL -> text(literal.text());
      case DATE -> "date " + text(literal.text());
      case TIME -> "time " + text(literal.text());
      case TIMESTAMP -> "timestamp " + text(literal.text());
      case TIMESTAMP_TZ -> "timestamptz " + text(literal.text());
    };
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  private static String call(Expr.Call call, int strength) {
    int own = strength(call);
    if (own == 0) {
      return function(call);
    }
    String text = operator(call, own);
    return own < strength ? "(" + text + ")" : text;
  }

  /** How strongly a call binds when written as an operator; 0 for functions. */
  private static int strength(Expr.Call call) {
    return switch (call.arguments().size()) {
      case 0 -> 0;
      case 1 -> switch (call.operator()) {
        case "not" -> Operators.NOT;
        case "neg" -> Operators.SIGN;
        case "is null", "is not null", "is true", "is not true", "is false", "is not false" -> Operators.IS;
        default -> 0;
      };
      case 2 -> switch (call.operator()) {
        case "or" -> Operators.OR;
        case "and" -> Operators.AND;
        case "is distinct from", "is not distinct from" -> Operators.IS;
        case "=", "<>", "<", "<=", ">", ">=" -> Operators.COMPARISON;
        case "like", "ilike", "in" -> Operators.RANGE;
        case "||" -> Operators.CONCAT;
        case "+", "-" -> Operators.SUM;
        case "*", "/", "%" -> Operators.PRODUCT;
        case "at time zone" -> Operators.ZONE;
        default -> 0;
      };
      default -> call.operator().equals("in") || call.operator().equals("between") ? Operators.RANGE : 0;
    };
  }

  private static String operator(Expr.Call call, int own) {
    List<Expr> parts = call.arguments();
    Expr first = parts.getFirst();
    return switch (call.operator()) {
      case "not" -> "not " + print(first, own + 1);
      case "neg" -> "-" + (first instanceof Expr.Literal || isSigned(first) ? "(" + print(first) + ")" : print(first, own));
      case "in" -> print(first, own) + " in (" + list(parts.subList(1, parts.size())) + ")";
      case "between" -> print(first, own) + " between " + print(parts.get(1), own + 1) + " and " + print(parts.get(2), own + 1);
      default -> parts.size() == 1
          ? print(first, own) + " " + call.operator()
          : print(first, own) + " " + call.operator() + " " + print(parts.get(1), own + 1);
    };
  }

  /** Two minus signs in a row would begin a comment. */
  private static boolean isSigned(Expr expr) {
    return expr instanceof Expr.Call call && call.operator().equals("neg");
  }

  private static String function(Expr.Call call) {
    String name = call.operator();
    if (name.startsWith("extract_") && call.arguments().size() == 1) {
      return "extract(" + name.substring("extract_".length()) + " from " + print(call.arguments().getFirst()) + ")";
    }
    if (call.arguments().isEmpty() && Words.isCallWithoutParentheses(name)) {
      return name;
    }
    if (name.equals("position") && call.arguments().size() == 2) {
      return "position(" + print(call.arguments().getFirst(), Operators.CONCAT) + " in " + print(call.arguments().getLast()) + ")";
    }
    return Names.quoted(name) + "(" + list(call.arguments()) + ")";
  }

  private static String list(List<Expr> parts) {
    return parts.stream().map(ExprPrinter::print).collect(Collectors.joining(", "));
  }

  private static String choice(Expr.Case choice) {
    StringBuilder text = new StringBuilder("case");
    choice.whens().forEach(when -> text.append(" when ").append(print(when.condition())).append(" then ").append(print(when.result())));
    choice.otherwise().ifPresent(otherwise -> text.append(" else ").append(print(otherwise)));
    return text.append(" end").toString();
  }
}

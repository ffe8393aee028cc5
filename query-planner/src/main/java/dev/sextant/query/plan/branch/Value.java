// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.branch;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A metric's value over the combined parts, and the parts it is made from: it exists where one of them has a row. */
public record Value(Expr expr, Set<Integer> parts) {

  public static Value of(Expr expr, int part) {
    Set<Integer> parts = new LinkedHashSet<>();
    parts.add(part);
    return new Value(expr, parts);
  }

  public static Set<Integer> allParts(List<Value> values) {
    Set<Integer> parts = new LinkedHashSet<>();
    values.forEach(value -> parts.addAll(value.parts()));
    return parts;
  }

  /** A number that stands in for a missing value. */
  public static Expr number(BigDecimal value) {
    boolean whole = value.scale() <= 0;
    return new Expr.Literal(whole ? DataType.BIGINT : DataType.decimal(value.precision(), value.scale()), value.toPlainString());
  }

  /** Whether an expression is NULL whenever all the columns in it are. */
  public static boolean isStrict(Expr expr) {
    return switch (expr) {
      case Expr.Column column -> true;
      case Expr.Cast cast -> isStrict(cast.value());
      case Expr.Call call -> switch (call.operator()) {
        case "+", "-", "*", "/", "%" -> call.arguments().stream().anyMatch(Value::isStrict);
        case "neg", "nullif", "abs", "round", "floor", "ceil", "sqrt", "ln", "exp" -> isStrict(call.arguments().getFirst());
        default -> false;
      };
      case Expr.Literal literal -> false;
      case Expr.Interval interval -> false;
      case Expr.Member member -> false;
      case Expr.Case choice -> false;
    };
  }

  public static Expr replaceColumns(Expr expr, java.util.Map<String, Expr> replacements) {
    return expr.rewrite(node -> node instanceof Expr.Column column ? replacements.getOrDefault(column.name(), column) : node);
  }

  public static List<Expr> plus(List<Expr> some, List<Expr> more) {
    List<Expr> all = new ArrayList<>(some);
    more.stream().filter(one -> !all.contains(one)).forEach(all::add);
    return all;
  }
}

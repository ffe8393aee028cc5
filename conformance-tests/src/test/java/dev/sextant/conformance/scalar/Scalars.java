// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.scalar;

import dev.sextant.conformance.Value;
import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.TimeGrain;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Evaluates an expression; {@code names} gives columns and members their values. */
public final class Scalars {
  private final Function<Expr, Value> names;

  public Scalars(Function<Expr, Value> names) {
    this.names = names;
  }

  /** Whether a condition holds; unknown does not. */
  public boolean holds(Expr condition) {
    return Logic.isTrue(evaluate(condition));
  }

  public Value evaluate(Expr expr) {
    return switch (expr) {
      case Expr.Literal literal -> constant(literal);
      case Expr.Column column -> names.apply(column);
      case Expr.Member member -> names.apply(member);
      case Expr.Call call -> call(call.operator(), call.arguments());
      case Expr.Case choice -> choice(choice);
      case Expr.Cast cast -> Casts.to(cast.type(), evaluate(cast.value()));
      case Expr.Interval interval -> throw new UnknownToTheOracle("the interval " + interval + " by itself");
    };
  }

  private static Value constant(Expr.Literal literal) {
    return switch (literal.type().kind()) {
      case NULL -> Value.NULL;
      case BOOLEAN -> Value.of(Boolean.parseBoolean(literal.text()));
      case INTEGER, BIGINT, DECIMAL -> new Value.Exact(new BigDecimal(literal.text()));
      case DOUBLE -> new Value.Real(Double.parseDouble(literal.text()));
      case STRING -> Value.of(literal.text());
      case DATE -> new Value.Day(LocalDate.parse(literal.text()));
      case TIMESTAMP -> new Value.Moment(Moments.parse(literal.text()));
      case TIMESTAMP_TZ, TIME, INTERVAL, BINARY, OTHER -> throw new UnknownToTheOracle("constants such as " + literal);
    };
  }

  private Value choice(Expr.Case choice) {
    for (Expr.When when : choice.whens()) {
      if (holds(when.condition())) {
        return evaluate(when.result());
      }
    }
    return choice.otherwise().map(this::evaluate).orElse(Value.NULL);
  }

  private Value call(String operator, List<Expr> arguments) {
    return switch (operator) {
      case "and" -> Logic.and(evaluate(arguments.get(0)), () -> evaluate(arguments.get(1)));
      case "or" -> Logic.or(evaluate(arguments.get(0)), () -> evaluate(arguments.get(1)));
      case "coalesce" -> arguments.stream().map(this::evaluate).filter(value -> !value.isNull()).findFirst().orElse(Value.NULL);
      case "+", "-" -> arguments.getLast() instanceof Expr.Interval interval
          ? shifted(evaluate(arguments.getFirst()), operator.equals("+") ? interval.count() : -interval.count(), interval.grain())
          : apply(operator, arguments.stream().map(this::evaluate).toList());
      default -> apply(operator, arguments.stream().map(this::evaluate).toList());
    };
  }

  private static Value shifted(Value time, long count, TimeGrain grain) {
    return time.isNull() ? Value.NULL : new Value.Moment(Moments.plus(Moments.of(time), count, grain));
  }

  private static Value apply(String operator, List<Value> values) {
    Value first = values.getFirst();
    return switch (operator) {
      case "not" -> Logic.not(first);
      case "is null" -> Value.of(first.isNull());
      case "is not null" -> Value.of(!first.isNull());
      case "is true" -> Value.of(Logic.isTrue(first));
      case "is false" -> Value.of(Logic.isFalse(first));
      case "is not true" -> Value.of(!Logic.isTrue(first));
      case "is not false" -> Value.of(!Logic.isFalse(first));
      case "is distinct from" -> Value.of(!Comparison.same(first, values.get(1)));
      case "is not distinct from" -> Value.of(Comparison.same(first, values.get(1)));
      case "=" -> Comparison.equal(first, values.get(1));
      case "<>" -> Comparison.test(first, values.get(1), order -> order != 0);
      case "<" -> Comparison.test(first, values.get(1), order -> order < 0);
      case "<=" -> Comparison.test(first, values.get(1), order -> order <= 0);
      case ">" -> Comparison.test(first, values.get(1), order -> order > 0);
      case ">=" -> Comparison.test(first, values.get(1), order -> order >= 0);
      case "in" -> Logic.in(first, values.subList(1, values.size()));
      case "between" -> Logic.and(Comparison.test(first, values.get(1), order -> order >= 0),
          () -> Comparison.test(first, values.get(2), order -> order <= 0));
      case "+", "-", "*", "/", "%" -> Arithmetic.calculate(operator, first, values.get(1));
      case "neg" -> Arithmetic.negative(first);
      case "nullif" -> Logic.isTrue(Comparison.equal(first, values.get(1))) ? Value.NULL : first;
      case "greatest" -> values.stream().reduce((a, b) -> Comparison.least(a, b, 1)).orElse(Value.NULL);
      case "least" -> values.stream().reduce((a, b) -> Comparison.least(a, b, -1)).orElse(Value.NULL);
      default -> first.isNull() || values.stream().anyMatch(Value::isNull) ? Value.NULL : function(operator, values);
    };
  }

  /** Functions that are NULL when any argument is. */
  private static Value function(String name, List<Value> values) {
    Value first = values.getFirst();
    return switch (name) {
      case "||" -> Value.of(Casts.text(first) + Casts.text(values.get(1)));
      case "like" -> Value.of(like(Casts.text(first), Casts.text(values.get(1)), 0));
      case "ilike" -> Value.of(like(Casts.text(first), Casts.text(values.get(1)), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
      case "lower" -> Value.of(Casts.text(first).toLowerCase(Locale.ROOT));
      case "upper" -> Value.of(Casts.text(first).toUpperCase(Locale.ROOT));
      case "length" -> Value.Exact.of(Casts.text(first).codePoints().count());
      case "abs" ->
          first instanceof Value.Exact exact ? new Value.Exact(exact.value().abs()) : new Value.Real(Math.abs(Arithmetic.asDouble(first)));
      case "date_trunc" -> new Value.Moment(Moments.floor(Moments.of(values.get(1)), grain(Casts.text(first)), DayOfWeek.MONDAY));
      default -> part(name, first);
    };
  }

  private static Value part(String name, Value time) {
    String label = name.startsWith("extract_") ? name.substring("extract_".length()) : name;
    DatePart part = DatePart.named(label).orElseThrow(() -> new UnknownToTheOracle("the function " + name));
    return Value.Exact.of(Moments.part(Moments.of(time), part));
  }

  private static TimeGrain grain(String label) {
    return TimeGrain.named(label).orElseThrow(() -> new UnknownToTheOracle("the grain " + label));
  }

  private static boolean like(String text, String pattern, int flags) {
    StringBuilder regex = new StringBuilder();
    pattern.codePoints().forEach(c -> regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c))));
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL).matcher(text).matches();
  }
}

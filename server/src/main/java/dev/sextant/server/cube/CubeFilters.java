// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.Expr;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SextantException;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns conditions in Cube's form into expressions over group-by items and metrics. */
record CubeFilters(CubeModel model, DatePhrases dates) {
  private static final List<String> OPERATORS = List.of("equals", "notEquals", "contains", "notContains", "startsWith", "notStartsWith",
      "endsWith", "notEndsWith", "in", "notIn", "gt", "gte", "lt", "lte", "set", "notSet", "inDateRange", "notInDateRange", "onTheDate",
      "beforeDate", "beforeOrOnDate", "afterDate", "afterOrOnDate", "measureFilter");
  private static final List<String> WITHOUT_VALUES = List.of("set", "notSet", "measureFilter");
  private static final BinaryOperator<Expr> AND = (a, b) -> Expr.call("and", a, b);
  private static final BinaryOperator<Expr> OR = (a, b) -> Expr.call("or", a, b);

  Expr of(CubeFilter filter) {
    return switch (filter) {
      case CubeFilter.One one -> one(one);
      case CubeFilter.All all -> all.filters().stream().map(this::of).reduce(AND).orElseThrow(() -> empty("and"));
      case CubeFilter.Any any -> any.filters().stream().map(this::of).reduce(OR).orElseThrow(() -> empty("or"));
    };
  }

  private static SextantException empty(String group) {
    return Problem.of(QueryIssue.INVALID_FILTER, "A filter's '" + group + "' lists no conditions.");
  }

  private Expr one(CubeFilter.One filter) {
    CubeMember member = model.member(filter.member());
    String operator = filter.operator();
    if (!OPERATORS.contains(operator)) {
      List<String> near = NearestNames.to(operator, OPERATORS);
      throw Problem.of(QueryIssue.INVALID_FILTER, "Operator " + operator + " is not supported for filter by '" + member.name() + "'."
          + NearestNames.question(near), near);
    }
    if (filter.values().isEmpty() && !WITHOUT_VALUES.contains(operator)) {
      throw Problem.of(QueryIssue.INVALID_FILTER, "Values required for filter by '" + member.name() + "' (" + operator + ").");
    }
    boolean dated = member.isTime() && !operator.equals("set") && !operator.equals("notSet");
    return dated ? new TimeConditions(member, dates).of(operator, texts(filter)) : plain(member, operator, filter);
  }

  private static Expr plain(CubeMember member, String operator, CubeFilter.One filter) {
    Expr name = Expr.column(member.isMeasure() ? member.column().of() : member.item());
    return switch (operator) {
      case "set" -> Expr.call("is not null", name);
      case "notSet" -> Expr.call("is null", name);
      case "equals", "in" -> equal(name, member, filter.values());
      case "notEquals", "notIn" -> different(name, member, filter.values());
      case "contains", "startsWith", "endsWith" -> any(filter, value -> text(operator, name, value));
      case "notContains" -> none(name, filter, value -> text("contains", name, value));
      case "notStartsWith" -> none(name, filter, value -> text("startsWith", name, value));
      case "notEndsWith" -> none(name, filter, value -> text("endsWith", name, value));
      case "gt" -> any(filter, value -> Expr.call(">", name, Literals.of(member, value)));
      case "gte" -> any(filter, value -> Expr.call(">=", name, Literals.of(member, value)));
      case "lt" -> any(filter, value -> Expr.call("<", name, Literals.of(member, value)));
      case "lte" -> any(filter, value -> Expr.call("<=", name, Literals.of(member, value)));
      default -> throw Problem.of(QueryIssue.INVALID_FILTER,
          "Operator " + operator + " is for time dimensions; '" + member.name() + "' is a " + member.type() + ".");
    };
  }

  private static Expr equal(Expr name, CubeMember member, List<@Nullable String> values) {
    List<Expr> known = known(member, values);
    Expr isNull = Expr.call("is null", name);
    if (known.isEmpty()) {
      return isNull;
    }
    Expr in = in(name, known);
    return known.size() < values.size() ? OR.apply(in, isNull) : in;
  }

  /** What is unknown differs from every value, unless it is excluded itself. */
  private static Expr different(Expr name, CubeMember member, List<@Nullable String> values) {
    List<Expr> known = known(member, values);
    Expr isSet = Expr.call("is not null", name);
    if (known.isEmpty()) {
      return isSet;
    }
    Expr notIn = Expr.call("not", in(name, known));
    return known.size() < values.size() ? AND.apply(notIn, isSet) : OR.apply(notIn, Expr.call("is null", name));
  }

  private static List<Expr> known(CubeMember member, List<@Nullable String> values) {
    return values.stream().filter(Objects::nonNull).map(value -> Literals.of(member, value)).toList();
  }

  private static Expr in(Expr name, List<Expr> values) {
    if (values.size() == 1) {
      return Expr.call("=", name, values.getFirst());
    }
    List<Expr> arguments = new ArrayList<>(List.of(name));
    arguments.addAll(values);
    return new Expr.Call("in", arguments);
  }

  private static Expr any(CubeFilter.One filter, Function<String, Expr> condition) {
    return texts(filter).stream().map(condition).reduce(OR).orElseThrow();
  }

  private static Expr none(Expr name, CubeFilter.One filter, Function<String, Expr> condition) {
    Expr none = texts(filter).stream().<Expr>map(value -> Expr.call("not", condition.apply(value))).reduce(AND).orElseThrow();
    return OR.apply(none, Expr.call("is null", name));
  }

  private static List<String> texts(CubeFilter.One filter) {
    return filter.values().stream().map(value -> Objects.requireNonNullElseGet(value, () -> {
      throw Problem.of(QueryIssue.INVALID_FILTER, "Operator " + filter.operator() + " takes no null; ask for notSet.");
    })).toList();
  }

  /** Compares parts of texts in any case; signs that LIKE would read stand for themselves. */
  private static Expr text(String operator, Expr name, String value) {
    Expr text = Expr.call("lower", new Expr.Cast(name, dev.sextant.model.DataType.STRING));
    Expr wanted = Expr.call("lower", Literals.text(value));
    return switch (operator) {
      case "startsWith" -> Expr.call("=", Expr.call("left", text, Expr.call("length", wanted)), wanted);
      case "endsWith" -> Expr.call("=", Expr.call("right", text, Expr.call("length", wanted)), wanted);
      default -> Expr.call(">", Expr.call("strpos", text, wanted), Expr.number(0));
    };
  }
}

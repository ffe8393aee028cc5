// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableEntry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Turns filter arguments into expressions. {@code names} tells what a column, in a grain if there is one, is called in the query. */
record Conditions(TableType table, BiFunction<TableEntry.Column, Optional<String>, String> names, Grains grains) {
  private static final Expr TRUE = new Expr.Literal(DataType.BOOLEAN, "true");
  private static final Expr FALSE = new Expr.Literal(DataType.BOOLEAN, "false");

  /** All conditions of an object; empty if it has none. */
  List<Expr> of(Map<String, Object> filter) {
    List<Expr> conditions = new ArrayList<>();
    filter.forEach((key, value) -> {
      if (value == null) {
        throw isNull(key);
      }
      switch (key) {
        case "and" -> objects(value).forEach(each -> conditions.addAll(of(each)));
        case "or" -> conditions.add(any(objects(value)));
        case "not" -> conditions.add(Expr.call("not", all(object(value))));
        default -> conditions.addAll(column(key, object(value)));
      }
    });
    return conditions;
  }

  private Expr all(Map<String, Object> filter) {
    return of(filter).stream().reduce((a, b) -> Expr.call("and", a, b)).orElse(TRUE);
  }

  private Expr any(List<Map<String, Object>> filters) {
    return filters.stream().map(this::all).reduce((a, b) -> Expr.call("or", a, b)).orElse(FALSE);
  }

  private List<Expr> column(String field, Map<String, Object> filter) {
    Optional<DerivedField> number = table.number(field);
    TableEntry.Column column = number.map(DerivedField::column).or(() -> table.column(field)).orElseThrow();
    Optional<String> grain = Optional.ofNullable(filter.get("grain")).map(String::valueOf).map(grains::label);
    String own = names.apply(column, grain);
    Expr name = Expr.column(number.map(DerivedField::added).orElse(own));
    List<Expr> conditions = new ArrayList<>();
    filter.forEach((operator, value) -> {
      if (value == null) {
        throw isNull(field + "." + operator);
      }
      if (!operator.equals("grain")) {
        conditions.add(condition(field, name, operator, value, column));
      }
    });
    return conditions;
  }

  private static Expr condition(String field, Expr name, String operator, Object value, TableEntry.Column column) {
    return switch (operator) {
      case "eq" -> Expr.call("=", name, literal(value, column));
      case "neq" -> Expr.call("<>", name, literal(value, column));
      case "gt" -> Expr.call(">", name, literal(value, column));
      case "gte" -> Expr.call(">=", name, literal(value, column));
      case "lt" -> Expr.call("<", name, literal(value, column));
      case "lte" -> Expr.call("<=", name, literal(value, column));
      case "in" -> in(name, (List<?>) value, column);
      case "not_in" -> Expr.call("not", in(name, (List<?>) value, column));
      case "between" -> between(field, name, (List<?>) value, column);
      case "like", "ilike" -> Expr.call(operator, name, text((String) value));
      case "not_like" -> Expr.call("not", Expr.call("like", name, text((String) value)));
      case "is_null" -> Expr.call((boolean) value ? "is null" : "is not null", name);
      default -> throw new IllegalStateException("no such operator: " + operator);
    };
  }

  private static Expr in(Expr name, List<?> values, TableEntry.Column column) {
    List<Expr> arguments = new ArrayList<>(List.of(name));
    values.forEach(value -> arguments.add(literal(value, column)));
    return values.isEmpty() ? FALSE : new Expr.Call("in", arguments);
  }

  private static Expr between(String field, Expr name, List<?> values, TableEntry.Column column) {
    if (values.size() != 2) {
      throw invalid("'" + field + ".between' needs exactly two values, not " + values.size() + ".");
    }
    return Expr.call("between", name, literal(values.getFirst(), column), literal(values.getLast(), column));
  }

  private static Expr literal(Object value, TableEntry.Column column) {
    return switch (value) {
      case Boolean flag -> new Expr.Literal(DataType.BOOLEAN, flag.toString());
      case BigDecimal number -> number(number);
      case Number number -> number(new BigDecimal(number.toString()));
      case String time when column.type().isTemporal() -> time(time);
      default -> text(String.valueOf(value));
    };
  }

  /** Databases end their statements at the zero byte. */
  private static Expr text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw invalid("A text in a filter holds the character U+0000, which no warehouse keeps.");
    }
    return Expr.string(text);
  }

  private static Expr number(BigDecimal number) {
    Expr.Literal size = new Expr.Literal(number.scale() <= 0 && number.precision() - number.scale() <= 18 ? DataType.BIGINT
        : DataType.decimal(Math.max(number.precision(), number.scale()), Math.max(number.scale(), 0)), number.abs().toPlainString());
    return number.signum() < 0 ? Expr.call("neg", size) : size;
  }

  private static Expr time(String text) {
    if (text.length() <= "2026-01-31".length()) {
      return new Expr.Literal(DataType.DATE, text);
    }
    boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d");
    return new Expr.Literal(zoned ? DataType.TIMESTAMP_TZ : DataType.TIMESTAMP, text.replace('T', ' '));
  }

  private static SextantException isNull(String what) {
    return invalid("'" + what + "' is null, which is no condition; leave it out, or ask for is_null.");
  }

  private static SextantException invalid(String message) {
    return new SextantException(Issue.of(QueryIssue.INVALID_FILTER, Position.NOWHERE, message));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> objects(Object value) {
    return (List<Map<String, Object>>) value;
  }
}

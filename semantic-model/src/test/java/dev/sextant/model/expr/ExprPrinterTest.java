// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.Span;
import dev.sextant.model.TimeGrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExprPrinterTest {
  private static final List<
      String> NAMES = List.of("a", "customer__country", "Order Id", "t.b", "select", "date", "current_date", "x\"y", "a.b c.d",
          "interval", "is", "größe", "not", "1st", "extract", "cast", "case");
  private static final List<DataType> TYPES = List.of(DataType.BIGINT, DataType.decimal(10, 2), DataType.STRING, DataType.TIMESTAMP_TZ,
      DataType.TIMESTAMP, DataType.DOUBLE, DataType.DATE, DataType.BINARY, DataType.TIME, DataType.BOOLEAN, DataType.INTEGER);
  private static final List<
      String> BINARY = List.of("+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">=", "and", "or", "like", "ilike",
          "is distinct from", "is not distinct from", "at time zone");
  private static final List<
      String> UNARY = List.of("not", "neg", "is null", "is not null", "is true", "is not true", "is false", "is not false");
  private static final List<String> FUNCTIONS = List.of("nullif", "extract_year", "date_trunc", "substring", "position", "trim", "coalesce",
      "ltrim", "date", "timestamp", "left", "db.f", "current_date");

  @Test
  void whatIsPrintedIsReadBackToTheSameTree() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      Expr expr = any(random, 5);
      String text = ExprPrinter.print(expr);
      assertThat(ExprParser.parse(text, Position.NOWHERE)).as(text).isEqualTo(expr);
    }
  }

  private static Expr any(Random random, int depth) {
    if (depth == 0) {
      return leaf(random);
    }
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Expr.Call(pick(random, BINARY), List.of(any(random, depth - 1), any(random, depth - 1)));
      case 3, 4 -> unary(pick(random, UNARY), any(random, depth - 1));
      case 5 -> function(random, depth);
      case 6 -> new Expr.Call("in", some(random, depth, 2));
      case 7 -> new Expr.Call("between", List.of(any(random, depth - 1), any(random, depth - 1), any(random, depth - 1)));
      case 8 -> new Expr.Cast(any(random, depth - 1), pick(random, TYPES));
      default -> new Expr.Case(List.of(new Expr.When(any(random, depth - 1), any(random, depth - 1))),
          random.nextBoolean() ? Optional.of(any(random, depth - 1)) : Optional.empty());
    };
  }

  private static Expr unary(String operator, Expr argument) {
    return new Expr.Call(operator, List.of(argument));
  }

  private static Expr function(Random random, int depth) {
    String name = pick(random, FUNCTIONS);
    return new Expr.Call(name, switch (name) {
      case "extract_year", "trim" -> some(random, depth, 1).subList(0, 1);
      case "current_date" -> List.of();
      case "position" -> some(random, depth, 2).subList(0, 2);
      default -> some(random, depth, 1);
    });
  }

  private static List<Expr> some(Random random, int depth, int atLeast) {
    List<Expr> parts = new ArrayList<>();
    for (int i = random.nextInt(2) + atLeast; i > 0; i--) {
      parts.add(any(random, depth - 1));
    }
    return parts;
  }

  private static Expr leaf(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Expr.Literal(DataType.BIGINT, Integer.toString(random.nextInt(200) - 100));
      case 1 -> new Expr.Literal(DataType.decimal(3, 2), random.nextBoolean() ? "1.50" : "-1.50");
      case 2 -> Expr.string(pick(random, List.of("", "it's", "{{ x }}", "--", "ö\n")));
      case 3 -> pick(random, List.of(new Expr.Literal(DataType.DATE, "2026-01-31"), new Expr.Literal(DataType.NULL, ""),
          new Expr.Literal(DataType.BOOLEAN, "true"), new Expr.Literal(DataType.DOUBLE, "1e3"),
          new Expr.Literal(DataType.TIMESTAMP_TZ, "2026-01-31 08:30:00.5+00:00"),
          new Expr.Literal(DataType.TIMESTAMP, "2026-01-31 00:00:00")));
      case 4 -> new Expr.Interval(random.nextInt(20) - 10, TimeGrain.values()[random.nextInt(TimeGrain.values().length)]);
      case 5 -> member(random);
      default -> new Expr.Column(pick(random, NAMES));
    };
  }

  private static Expr member(Random random) {
    Expr.MemberKind kind = Expr.MemberKind.values()[random.nextInt(4)];
    boolean metric = kind == Expr.MemberKind.METRIC;
    return new Expr.Member(kind, "metric_time", random.nextBoolean() || metric ? List.of() : List.of("listing", "user"),
        random.nextBoolean() ? Optional.empty() : Optional.of("alien_day"),
        random.nextBoolean() ? Optional.empty() : Optional.of(DatePart.DOW), metric ? List.of("listing") : List.of(), Span.NONE);
  }

  private static <T> T pick(Random random, List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  @Test
  void textIsWrittenTheWayPeopleWriteIt() {
    for (String text : List.of("quantity * unit_price - discount", "(a + b) * c", "not (a = 1 or b is null)", "a in (1, 2)",
        "a between 1 and 2",
        "case when a then 'x' else null end", "cast(a as decimal(10, 2))", "extract(year from a)", "date_trunc('month', a)", "current_date",
        "{{ Dimension('ds', entity_path=['listing']).grain('month') }}", "interval '1 day'", "timestamp '2026-01-31 00:00:00'",
        "\"Order Id\" || 'it''s'", "-a", "a - (b - c)")) {
      assertThat(ExprPrinter.print(ExprParser.parse(text, Position.NOWHERE))).isEqualTo(text);
    }
  }
}

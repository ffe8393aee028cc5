// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.Expr.Call;
import dev.sextant.model.Expr.Cast;
import dev.sextant.model.Expr.Column;
import dev.sextant.model.Expr.Interval;
import dev.sextant.model.Expr.Literal;
import dev.sextant.model.Expr.Member;
import dev.sextant.model.Expr.MemberKind;
import dev.sextant.model.Position;
import dev.sextant.model.Span;
import dev.sextant.model.TimeGrain;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExprParserTest {
  private static final Column A = new Column("a");
  private static final Column B = new Column("b");
  private static final Column C = new Column("c");

  private static Expr parse(String text) {
    return ExprParser.parse(text, new Position("models/m.yml", 1, 1));
  }

  private static Expr call(String operator, Expr... arguments) {
    return new Call(operator, List.of(arguments));
  }

  private static Literal literal(DataType type, String text) {
    return new Literal(type, text);
  }

  @Test
  void numbersHaveTheTypeTheyAreWrittenIn() {
    assertThat(parse("42")).isEqualTo(literal(DataType.BIGINT, "42"));
    assertThat(parse("007")).isEqualTo(literal(DataType.BIGINT, "7"));
    assertThat(parse("9223372036854775807")).isEqualTo(literal(DataType.BIGINT, "9223372036854775807"));
    assertThat(parse("-9223372036854775808")).isEqualTo(literal(DataType.BIGINT, "-9223372036854775808"));
    assertThat(parse("9223372036854775808")).isEqualTo(literal(DataType.decimal(19, 0), "9223372036854775808"));
    assertThat(parse("1.50")).isEqualTo(literal(DataType.decimal(3, 2), "1.50"));
    assertThat(parse("0.05")).isEqualTo(literal(DataType.decimal(2, 2), "0.05"));
    assertThat(parse(".5")).isEqualTo(literal(DataType.decimal(1, 1), "0.5"));
    assertThat(parse("1e3")).isEqualTo(literal(DataType.DOUBLE, "1e3"));
    assertThat(parse("2.5E-2")).isEqualTo(literal(DataType.DOUBLE, "2.5e-2"));
    assertThat(parse("-5")).isEqualTo(literal(DataType.BIGINT, "-5"));
  }

  @Test
  void otherConstantsAreReadToTheirCanonicalForm() {
    assertThat(parse("'it''s'")).isEqualTo(Expr.string("it's"));
    assertThat(parse("TRUE")).isEqualTo(literal(DataType.BOOLEAN, "true"));
    assertThat(parse("null")).isEqualTo(literal(DataType.NULL, ""));
    assertThat(parse("date '2026-01-31'")).isEqualTo(literal(DataType.DATE, "2026-01-31"));
    assertThat(parse("timestamp '2026-01-31'")).isEqualTo(literal(DataType.TIMESTAMP, "2026-01-31 00:00:00"));
    assertThat(parse("timestamp '2026-01-31T10:30'")).isEqualTo(literal(DataType.TIMESTAMP, "2026-01-31 10:30:00"));
    assertThat(parse("timestamp '2026-01-31 10:30:05.250'")).isEqualTo(literal(DataType.TIMESTAMP, "2026-01-31 10:30:05.25"));
    assertThat(parse("timestamptz '2026-01-31 10:30:00+02:00'")).isEqualTo(literal(DataType.TIMESTAMP_TZ, "2026-01-31 08:30:00+00:00"));
    assertThat(parse("time '10:30'")).isEqualTo(literal(DataType.TIME, "10:30:00"));
  }

  @Test
  void intervalsAreWrittenInManyWays() {
    assertThat(List.of(parse("interval '1 day'"), parse("INTERVAL '1' DAY"), parse("interval 1 day"), parse("interval '1 days'")))
        .containsOnly(new Interval(1, TimeGrain.DAY));
    assertThat(List.of(parse("interval '-3 months'"), parse("interval -3 month"))).containsOnly(new Interval(-3, TimeGrain.MONTH));
    assertThat(parse("interval - 5")).isEqualTo(call("-", new Column("interval"), Expr.number(5)));
  }

  @Test
  void namesMayBeQuotedAndDotted() {
    assertThat(parse("customer__country")).isEqualTo(new Column("customer__country"));
    assertThat(parse("t.\"Order Id\"")).isEqualTo(new Column("t.Order Id"));
    assertThat(parse("`select`")).isEqualTo(new Column("select"));
    assertThat(parse("date = day")).isEqualTo(call("=", new Column("date"), new Column("day")));
    assertThat(parse("größe")).isEqualTo(new Column("größe"));
  }

  @ParameterizedTest
  @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
      a + b * c => a + (b * c)
      a * b + c => (a * b) + c
      a - b - c => (a - b) - c
      a || b + c => a || (b + c)
      a = b and b = c or c = a => ((a = b) and (b = c)) or (c = a)
      not a = b => not (a = b)
      not a and b => (not a) and b
      a = b is null => (a = b) is null
      a + b between c and a + b => (a + b) between c and (a + b)
      a between b and c and a => (a between b and c) and a
      -a * b => (-a) * b
      -a::int => -(a::int)
      a::date + b => (a::date) + b
      a like b || c => a like (b || c)
      a in (b, c) = c => (a in (b, c)) = c
      a at time zone 'UTC' + b => (a at time zone 'UTC') + b
      not a is null => not (a is null)
      a is distinct from b and c => (a is distinct from b) and c
      """)
  void strongerOperatorsBindFirst(String text, String same) {
    assertThat(parse(text)).isEqualTo(parse(same));
  }

  @Test
  void operatorsHaveCanonicalNames() {
    assertThat(parse("a != b")).isEqualTo(call("<>", A, B));
    assertThat(parse("a IS NOT NULL")).isEqualTo(call("is not null", A));
    assertThat(parse("a is not true")).isEqualTo(call("is not true", A));
    assertThat(parse("a is false")).isEqualTo(call("is false", A));
    assertThat(parse("a is not distinct from b")).isEqualTo(call("is not distinct from", A, B));
    assertThat(parse("a not in (b, c)")).isEqualTo(call("not", call("in", A, B, C)));
    assertThat(parse("a not like b")).isEqualTo(call("not", call("like", A, B)));
    assertThat(parse("a not between b and c")).isEqualTo(call("not", call("between", A, B, C)));
    assertThat(parse("a at time zone b")).isEqualTo(call("at time zone", A, B));
    assertThat(parse("- a")).isEqualTo(call("neg", A));
    assertThat(parse("+a")).isEqualTo(A);
    assertThat(parse("a ilike b")).isEqualTo(call("ilike", A, B));
    assertThat(parse("a % b")).isEqualTo(call("%", A, B));
  }

  @Test
  void functionsHaveLowerCaseNamesAndPlainArguments() {
    assertThat(parse("NULLIF(a, 0)")).isEqualTo(call("nullif", A, Expr.number(0)));
    assertThat(parse("extract(YEAR from a)")).isEqualTo(call("extract_year", A));
    assertThat(parse("date_trunc('month', a)")).isEqualTo(call("date_trunc", Expr.string("month"), A));
    assertThat(parse("current_date")).isEqualTo(call("current_date"));
    assertThat(parse("current_timestamp()")).isEqualTo(call("current_timestamp"));
    assertThat(parse("substring(a from 1 for 2)")).isEqualTo(parse("substring(a, 1, 2)"));
    assertThat(parse("position(a in b)")).isEqualTo(call("position", A, B));
    assertThat(parse("trim(a)")).isEqualTo(call("trim", A));
    assertThat(parse("trim(both ' ' from a)")).isEqualTo(call("trim", A, Expr.string(" ")));
    assertThat(parse("trim(leading from a)")).isEqualTo(call("ltrim", A));
    assertThat(parse("now()")).isEqualTo(call("now"));
  }

  @Test
  void casesAreConditions() {
    assertThat(parse("case when a then b else c end"))
        .isEqualTo(new Expr.Case(List.of(new Expr.When(A, B)), Optional.of(C)));
    assertThat(parse("case a when 1 then b when 2 then c end")).isEqualTo(parse("case when a = 1 then b when a = 2 then c end"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      decimal(10, 2)             | decimal(10, 2)
      NUMERIC(8)                 | decimal(8, 0)
      number                     | decimal(38, 0)
      varchar(20)                | string
      character varying (20)     | string
      int64                      | bigint
      int                        | integer
      float8                     | double
      double precision           | double
      timestamp with time zone   | timestamp_tz
      timestamp(3) without time zone | timestamp
      timestamp_ntz              | timestamp
      datetime                   | timestamp
      bytea                      | binary
      bool                       | boolean
      """)
  void typesOfAllDatabasesAreKnown(String name, String type) {
    Expr cast = parse("cast(a as " + name + ")");
    assertThat(((Cast) cast).type()).hasToString(type);
    assertThat(parse("a::" + name)).isEqualTo(cast);
  }

  @Test
  void membersInBracesAreReadByAFixedGrammar() {
    assertThat(parse("{{ Dimension('booking__is_instant') }}")).isEqualTo(member(MemberKind.DIMENSION, "booking__is_instant"));
    assertThat(parse("{{Dimension(\"Booking__Is_Instant\",entity_path=())}}"))
        .isEqualTo(member(MemberKind.DIMENSION, "booking__is_instant"));
    assertThat(parse("{{ Dimension('ds', entity_path=['listing', \"user\"]).grain('month') }}"))
        .isEqualTo(new Member(MemberKind.DIMENSION, "ds",
            List.of("listing", "user"), Optional.of("month"), Optional.empty(), List.of(), Span.NONE));
    assertThat(parse("{{ TimeDimension('metric_time', 'month', date_part_name='year') }}")).isEqualTo(new Member(MemberKind.TIME_DIMENSION,
        "metric_time", List.of(), Optional.of("month"), Optional.of(DatePart.YEAR), List.of(), Span.NONE));
    assertThat(parse("{{ TimeDimension('metric_time', 'alien_day', entity_path=('a',)) }}")).isEqualTo(new Member(MemberKind.TIME_DIMENSION,
        "metric_time", List.of("a"), Optional.of("alien_day"), Optional.empty(), List.of(), Span.NONE));
    assertThat(parse("{{ Entity('listing') }}")).isEqualTo(member(MemberKind.ENTITY, "listing"));
    assertThat(parse("{{ Metric('bookings', group_by=['listing']) }} > 2")).isEqualTo(call(">", new Member(MemberKind.METRIC, "bookings",
        List.of(), Optional.empty(), Optional.empty(), List.of("listing"), Span.NONE), Expr.number(2)));
    assertThat(parse("{{ Metric('bookings', ['listing']) }}")).isEqualTo(parse("{{Metric('bookings',group_by=('listing',))}}"));
    assertThat(parse("{{ Dimension('a__b').date_part('dow') }}")).isEqualTo(new Member(MemberKind.DIMENSION, "a__b", List.of(),
        Optional.empty(), Optional.of(DatePart.DOW), List.of(), Span.NONE));
  }

  private static Member member(MemberKind kind, String name) {
    return new Member(kind, name, List.of(), Optional.empty(), Optional.empty(), List.of(), Span.NONE);
  }

  @Test
  void commentsAreSkipped() {
    assertThat(parse("a -- the first\n + /* and */ b")).isEqualTo(call("+", A, B));
  }

  @Test
  void spansTellWhereNamesStand() {
    Call call = (Call) parse("a + customer__country");
    assertThat(((Column) call.arguments().get(1)).at().start()).isEqualTo(4);
    assertThat(((Column) call.arguments().get(1)).at().end()).isEqualTo(21);
  }

  @Test
  void longChainsOfAlternativesAreNotDeep() {
    String text = String.join(" or ", java.util.Collections.nCopies(20_000, "a = 1"));
    Expr expr = parse(text);
    int[] parts = new int[1];
    expr.visit(part -> parts[0] += part.equals(A) ? 1 : 0);
    assertThat(parts[0]).isEqualTo(20_000);
    assertThat(parse(ExprPrinter.print(expr))).isEqualTo(expr);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DatePart;
import dev.sextant.model.Expr;
import dev.sextant.model.Expr.MemberKind;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads dbt's {@code {{ Dimension('booking__is_instant', entity_path=['listing']).grain('month') }}}; a fixed grammar, no Jinja. */
final class MemberParser {
  private static final List<String> KINDS = List.of("Dimension", "TimeDimension", "Entity", "Metric");

  private final Cursor cursor;
  private final Token start;
  private final MemberKind kind;
  private List<String> names = List.of();
  private List<String> entityPath = List.of();
  private List<String> groupBy = List.of();
  private Optional<String> grain = Optional.empty();
  private Optional<DatePart> part = Optional.empty();
  private boolean descending;

  /** A member and the order asked for it. */
  record Ordered(Expr.Member member, boolean descending) {}

  private MemberParser(Cursor cursor) {
    this.cursor = cursor;
    this.start = cursor.next();
    this.kind = kind(start);
  }

  static Expr.Member inBraces(Cursor cursor) {
    int open = cursor.peek().start();
    cursor.expect("{{");
    Expr.Member member = bare(cursor).member();
    cursor.expect("}}");
    return new Expr.Member(member.kind(), member.name(), member.entityPath(), member.grain(), member.part(), member.groupBy(),
        new Span(open, cursor.lastEnd()));
  }

  /** Reads a member without braces. */
  static Ordered bare(Cursor cursor) {
    return new MemberParser(cursor).read();
  }

  private static MemberKind kind(Token token) {
    return switch (token.kind() == Token.Kind.NAME ? token.text() : "") {
      case "Dimension" -> MemberKind.DIMENSION;
      case "TimeDimension" -> MemberKind.TIME_DIMENSION;
      case "Entity" -> MemberKind.ENTITY;
      case "Metric" -> MemberKind.METRIC;
      default -> {
        List<String> nearest = NearestNames.to(token.text(), KINDS);
        throw new SyntaxError(token.start(), "expected Dimension, TimeDimension, Entity or Metric but found " + token.shown() + "."
            + NearestNames.question(nearest) + " Jinja is not evaluated.", nearest);
      }
    };
  }

  private Ordered read() {
    cursor.expect("(");
    for (int position = 0; !cursor.accept(")"); position++) {
      argument(position);
      if (!cursor.peek().is(")")) {
        cursor.expect(",");
      }
    }
    while (cursor.accept(".")) {
      method();
    }
    if (names.size() != 1) {
      throw new SyntaxError(start.start(), start.text() + "(..) needs the name of a member as its first argument");
    }
    Span span = new Span(start.start(), cursor.lastEnd());
    return new Ordered(new Expr.Member(kind, names.getFirst(), entityPath, grain, part, groupBy, span), descending);
  }

  private void argument(int position) {
    Token token = cursor.peek();
    if (token.kind() == Token.Kind.NAME && cursor.peek(1).is("=")) {
      cursor.next();
      cursor.next();
      set(token, token.lower());
    } else {
      set(token, positional(position));
    }
  }

  private String positional(int position) {
    return switch (position) {
      case 0 -> "name";
      case 1 -> switch (kind) {
        case DIMENSION, ENTITY -> "entity_path";
        case TIME_DIMENSION -> "time_granularity_name";
        case METRIC -> "group_by";
      };
      case 2 -> kind == MemberKind.TIME_DIMENSION ? "entity_path" : "descending";
      case 3 -> "descending";
      case 4 -> "date_part_name";
      default -> "";
    };
  }

  private void set(Token at, String argument) {
    switch (argument) {
      case "name", "dimension_name", "time_dimension_name", "entity_name", "metric_name" -> names = strings();
      case "entity_path" -> entityPath = strings();
      case "group_by" -> groupBy = strings();
      case "time_granularity_name", "time_granularity", "grain" -> grain = strings().stream().findFirst();
      case "date_part_name", "date_part" -> part = part(cursor.peek(), strings());
      case "descending" -> descending = flag();
      default -> throw new SyntaxError(at.start(), start.text() + "(..) does not know the argument " + at.shown());
    }
  }

  private void method() {
    Token name = cursor.next();
    cursor.expect("(");
    Token argument = cursor.peek();
    switch (name.lower()) {
      case "grain" -> grain = strings().stream().findFirst();
      case "date_part" -> part = part(argument, strings());
      case "descending" -> descending = flag();
      default -> throw new SyntaxError(name.start(), "expected grain, date_part or descending after the dot, but found " + name.shown());
    }
    cursor.expect(")");
  }

  private static Optional<DatePart> part(Token at, List<String> names) {
    return names.stream().findFirst().map(name -> DatePart.named(name).orElseThrow(() -> {
      List<String> nearest = NearestNames.to(name, Stream.of(DatePart.values()).map(DatePart::label).toList());
      return new SyntaxError(at.start(), "date part '" + name + "' is not known." + NearestNames.question(nearest), nearest);
    }));
  }

  private boolean flag() {
    Token token = cursor.next();
    if (!token.isWord("true") && !token.isWord("false")) {
      throw new SyntaxError(token.start(), "expected True or False but found " + token.shown());
    }
    return token.isWord("true");
  }

  /** Reads a text, a list or tuple of texts, or None. */
  private List<String> strings() {
    if (cursor.acceptWord("none") || cursor.acceptWord("null")) {
      return List.of();
    }
    String close = cursor.accept("[") ? "]" : cursor.accept("(") ? ")" : "";
    if (close.isEmpty()) {
      return List.of(string());
    }
    List<String> strings = new ArrayList<>();
    while (!cursor.accept(close)) {
      strings.add(string());
      if (!cursor.peek().is(close)) {
        cursor.expect(",");
      }
    }
    return strings;
  }

  private String string() {
    Token token = cursor.next();
    if (token.kind() != Token.Kind.STRING && token.kind() != Token.Kind.QUOTED || token.text().isBlank()) {
      throw new SyntaxError(token.start(), "expected a quoted name but found " + token.shown());
    }
    return token.text().strip().toLowerCase(Locale.ROOT);
  }
}

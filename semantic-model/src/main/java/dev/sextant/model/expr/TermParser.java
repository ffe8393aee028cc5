// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Span;
import dev.sextant.model.TimeGrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads operands: constants, names, calls, CASE, CAST, members in braces and what stands in parentheses. */
final class TermParser {
  private final Cursor cursor;
  private final ExprParser expressions;
  private final CallParser calls;

  TermParser(Cursor cursor, ExprParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.calls = new CallParser(cursor, expressions);
  }

  Expr term() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER -> Literals.number(cursor.next(), false);
      case STRING -> new Expr.Literal(DataType.STRING, cursor.next().text());
      case QUOTED -> name();
      case NAME -> word(token);
      case SYMBOL -> symbol(token);
      case END -> throw new SyntaxError(token.start(), "expected a value but the expression ends here");
    };
  }

  private Expr symbol(Token token) {
    if (token.is("(")) {
      return parenthesised();
    }
    if (token.is("{{")) {
      return MemberParser.inBraces(cursor);
    }
    if (token.is("*")) {
      throw new SyntaxError(token.start(), Hints.NO_STAR);
    }
    throw cursor.unexpected("a value");
  }

  private Expr parenthesised() {
    cursor.expect("(");
    if (cursor.peek().isWord("select") || cursor.peek().isWord("with") && cursor.peek(1).kind() == Token.Kind.NAME) {
      throw new SyntaxError(cursor.peek().start(), Hints.NO_SUB_QUERIES);
    }
    Expr inner = expressions.expression();
    if (cursor.peek().is(",")) {
      throw new SyntaxError(cursor.peek().start(), "a list of values may only follow 'in'");
    }
    cursor.expect(")");
    return inner;
  }

  private Expr word(Token token) {
    Optional<Expr> typed = typedConstant(token);
    if (typed.isPresent()) {
      return typed.get();
    }
    return switch (token.lower()) {
      case "null" -> constant(DataType.NULL, "");
      case "true", "false" -> constant(DataType.BOOLEAN, token.lower());
      case "case" -> choice();
      case "exists", "select" -> throw new SyntaxError(token.start(), Hints.NO_SUB_QUERIES);
      default -> name();
    };
  }

  private Expr constant(DataType type, String text) {
    cursor.next();
    return new Expr.Literal(type, text);
  }

  /** {@code date '2026-01-31'}; without the quoted text these words are ordinary names. */
  private Optional<Expr> typedConstant(Token token) {
    boolean beforeText = cursor.peek(1).kind() == Token.Kind.STRING;
    return switch (token.lower()) {
      case "date" -> beforeText ? Optional.of(Literals.date(second())) : Optional.empty();
      case "time" -> beforeText ? Optional.of(Literals.time(second())) : Optional.empty();
      case "timestamp" -> beforeText ? Optional.of(Literals.timestamp(second())) : Optional.empty();
      case "timestamptz" -> beforeText ? Optional.of(Literals.zonedTimestamp(second())) : Optional.empty();
      case "interval" -> beforeText || cursor.peek(1).kind() == Token.Kind.NUMBER || isNegativeInterval() ? interval() : Optional.empty();
      default -> Optional.empty();
    };
  }

  private boolean isNegativeInterval() {
    return cursor.peek(1).is("-") && cursor.peek(2).kind() == Token.Kind.NUMBER && TimeGrain.named(cursor.peek(3).text()).isPresent();
  }

  private Token second() {
    cursor.next();
    return cursor.next();
  }

  private Optional<Expr> interval() {
    cursor.next();
    return Optional.of(Literals.interval(cursor));
  }

  /** A name with its dots, or a call where a parenthesis follows. */
  private Expr name() {
    Token first = cursor.peek();
    if (first.kind() == Token.Kind.NAME && Words.isReserved(first.lower())) {
      throw cursor.unexpected("a value");
    }
    StringBuilder name = new StringBuilder(part());
    while (cursor.peek().is(".")) {
      cursor.next();
      name.append('.').append(part());
    }
    if (cursor.peek().is("(")) {
      return calls.call(name.toString().toLowerCase(Locale.ROOT), first);
    }
    if (first.kind() == Token.Kind.NAME && Words.isCallWithoutParentheses(name.toString())) {
      return expressions.call(first.lower(), first);
    }
    return new Expr.Column(name.toString(), new Span(first.start(), cursor.lastEnd()));
  }

  private String part() {
    Token token = cursor.next();
    boolean named = token.kind() == Token.Kind.NAME || token.kind() == Token.Kind.QUOTED;
    if (!named || token.text().isEmpty()) {
      throw new SyntaxError(token.start(), "expected a name but found " + token.shown());
    }
    return token.text();
  }

  private Expr choice() {
    cursor.expectWord("case");
    Optional<Expr> subject = cursor.peek().isWord("when") ? Optional.empty() : Optional.of(expressions.expression());
    List<Expr.When> whens = new ArrayList<>();
    while (cursor.peek().isWord("when")) {
      Token start = cursor.next();
      Expr condition = expressions.expression();
      cursor.expectWord("then");
      Expr compared = subject.map(value -> expressions.call("=", start, value, condition)).orElse(condition);
      whens.add(new Expr.When(compared, expressions.expression()));
    }
    if (whens.isEmpty()) {
      throw cursor.unexpected("'when'");
    }
    Optional<Expr> otherwise = cursor.acceptWord("else") ? Optional.of(expressions.expression()) : Optional.empty();
    cursor.expectWord("end");
    return new Expr.Case(whens, otherwise);
  }

  /** The list after {@code in}. */
  Expr in(Expr value, Token start) {
    List<Expr> parts = new ArrayList<>(List.of(value));
    cursor.expect("(");
    if (cursor.peek().isWord("select")) {
      throw new SyntaxError(cursor.peek().start(), Hints.NO_SUB_QUERIES);
    }
    do {
      parts.add(expressions.expression());
    } while (cursor.accept(","));
    cursor.expect(")");
    return expressions.call("in", start, parts.toArray(Expr[]::new));
  }
}

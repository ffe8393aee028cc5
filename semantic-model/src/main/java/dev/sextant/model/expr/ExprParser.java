// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Reads scalar SQL expressions, with dbt's members in braces. A Pratt parser: every operator has a strength, and an operand belongs to the
 * stronger of its neighbours.
 */
public final class ExprParser {
  /** How deep expressions may nest: deeper ones would need more stack than a thread has, in whoever walks or compares them. */
  public static final int DEEPEST = 250;

  private final Cursor cursor;
  private final TermParser terms;
  private int depth;

  private ExprParser(Cursor cursor) {
    this.cursor = cursor;
    this.terms = new TermParser(cursor, this);
  }

  /** Reads {@code text}, which starts at {@code at}; throws a {@link SextantException} with the place of the fault. */
  public static Expr parse(String text, Position at) {
    return parse(text, offset -> placeIn(text, offset, at));
  }

  /** Reads {@code text}, whose offsets {@code places} finds in a file. */
  public static Expr parse(String text, IntFunction<Position> places) {
    return whole(text, places, cursor -> {
      Expr expr = new ExprParser(cursor).expression();
      checkHeight(expr);
      return expr;
    });
  }

  /** Reads the name of a type, such as {@code decimal(10, 2)}. */
  public static DataType parseType(String text, IntFunction<Position> places) {
    return whole(text, places, TypeNames::read);
  }

  private static <T> T whole(String text, IntFunction<Position> places, Function<Cursor, T> read) {
    try {
      Cursor cursor = new Cursor(Lexer.tokens(text));
      T result = read.apply(cursor);
      if (cursor.peek().kind() != Token.Kind.END) {
        throw new SyntaxError(cursor.peek().start(), "unexpected " + cursor.peek().shown() + Hints.about(cursor.peek()));
      }
      return result;
    } catch (SyntaxError e) {
      throw new SextantException(new Issue(ModelIssue.INVALID_EXPRESSION, message(e), places.apply(e.offset()), e.suggestions()));
    }
  }

  private static String message(SyntaxError error) {
    return Objects.requireNonNullElse(error.getMessage(), "the expression cannot be read");
  }

  private static Position placeIn(String text, int offset, Position at) {
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    if (lineStart == 0) {
      return at.plusColumns(offset);
    }
    int lines = (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    return new Position(at.file(), at.line() + lines, offset - lineStart + 1);
  }

  /** Parsing does not recurse on chains such as {@code a + b + c}, but whoever walks the tree does. */
  private static void checkHeight(Expr root) {
    record Level(Expr expr, int depth) {}
    Deque<Level> open = new ArrayDeque<>(List.of(new Level(root, 1)));
    while (!open.isEmpty()) {
      Level level = open.pop();
      if (level.depth() > DEEPEST) {
        throw tooDeep(0);
      }
      level.expr().children().forEach(child -> open.push(new Level(child, level.depth() + 1)));
    }
  }

  private static SyntaxError tooDeep(int offset) {
    return new SyntaxError(offset, "the expression nests more than " + DEEPEST + " levels deep");
  }

  Expr expression() {
    return expression(Operators.LOWEST);
  }

  /** Reads an expression made of operators of at least {@code strength}. */
  Expr expression(int strength) {
    if (++depth > DEEPEST) {
      throw tooDeep(cursor.peek().start());
    }
    Expr left = prefix();
    for (Operators.Infix infix = Operators.infixAt(cursor); infix.strength() >= strength; infix = Operators.infixAt(cursor)) {
      left = infix.isChain() ? chain(left, infix) : infix(left, infix);
    }
    depth--;
    return left;
  }

  private Expr prefix() {
    Token token = cursor.peek();
    if (token.isWord("not")) {
      cursor.next();
      return call("not", token, expression(Operators.NOT + 1));
    }
    if (token.is("+")) {
      cursor.next();
      return expression(Operators.SIGN);
    }
    if (token.is("-")) {
      return negative();
    }
    return terms.term();
  }

  private Expr negative() {
    Token minus = cursor.next();
    if (cursor.peek().kind() == Token.Kind.NUMBER && !cursor.peek(1).is("::")) {
      return Literals.number(cursor.next(), true);
    }
    return call("neg", minus, expression(Operators.SIGN));
  }

  /** Long chains of and / or become balanced trees, so that a thousand alternatives are not a thousand levels. */
  private Expr chain(Expr first, Operators.Infix infix) {
    List<Expr> parts = new ArrayList<>(List.of(first));
    Token start = cursor.peek();
    while (cursor.acceptWord(infix.operator())) {
      parts.add(expression(infix.strength() + 1));
    }
    return parts.size() > Expr.LONGEST_CHAIN ? balanced(parts, infix.operator(), start) : leftDeep(parts, infix.operator(), start);
  }

  private Expr leftDeep(List<Expr> parts, String operator, Token start) {
    Expr tree = parts.getFirst();
    for (Expr part : parts.subList(1, parts.size())) {
      tree = call(operator, start, tree, part);
    }
    return tree;
  }

  private Expr balanced(List<Expr> parts, String operator, Token start) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int middle = (parts.size() + 1) / 2;
    return call(operator, start, balanced(parts.subList(0, middle), operator, start),
        balanced(parts.subList(middle, parts.size()), operator, start));
  }

  private Expr infix(Expr left, Operators.Infix infix) {
    Token start = cursor.peek();
    infix.take(cursor);
    Expr call = switch (infix.form()) {
      case BINARY -> call(infix.operator(), start, left, expression(infix.strength() + 1));
      case POSTFIX -> call(infix.operator(), start, left);
      case BETWEEN -> between(left, start);
      case IN -> terms.in(left, start);
      case CAST -> new Expr.Cast(left, TypeNames.read(cursor));
    };
    return infix.negated() ? call("not", start, call) : call;
  }

  private Expr between(Expr value, Token start) {
    Expr low = expression(Operators.RANGE + 1);
    cursor.expectWord("and");
    return call("between", start, value, low, expression(Operators.RANGE + 1));
  }

  /** A call whose span reaches from {@code start} to the last token taken. */
  Expr call(String operator, Token start, Expr... arguments) {
    return new Expr.Call(operator, List.of(arguments), new Span(start.start(), Math.max(start.end(), cursor.lastEnd())));
  }
}

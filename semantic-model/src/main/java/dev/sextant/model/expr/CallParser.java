// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import java.util.ArrayList;
import java.util.List;

/** Reads what follows a function's name, for the functions that SQL gives a grammar of their own too. */
final class CallParser {
  private final Cursor cursor;
  private final ExprParser expressions;

  CallParser(Cursor cursor, ExprParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** Reads the parenthesis after {@code name}. */
  Expr call(String name, Token start) {
    cursor.expect("(");
    Expr call = switch (name) {
      case "cast" -> cast();
      case "try_cast", "safe_cast" -> throw new SyntaxError(start.start(), name + " is not supported; use cast");
      case "extract" -> extract(start);
      case "substring" -> substring(start);
      case "position" -> position(start);
      case "trim" -> trim(start);
      default -> expressions.call(name, start, arguments());
    };
    Token after = cursor.peek();
    if (after.isWord("over")) {
      throw new SyntaxError(after.start(), Hints.NO_WINDOWS);
    }
    return call;
  }

  private Expr[] arguments() {
    List<Expr> arguments = new ArrayList<>();
    if (cursor.accept(")")) {
      return new Expr[0];
    }
    if (cursor.peek().isWord("distinct")) {
      throw new SyntaxError(cursor.peek().start(), Hints.NO_DISTINCT);
    }
    arguments.add(expressions.expression());
    return furtherArguments(arguments);
  }

  private Expr[] furtherArguments(List<Expr> arguments) {
    while (cursor.accept(",")) {
      arguments.add(expressions.expression());
    }
    cursor.expect(")");
    return arguments.toArray(Expr[]::new);
  }

  private Expr cast() {
    Expr value = expressions.expression();
    cursor.expectWord("as");
    DataType type = TypeNames.read(cursor);
    cursor.expect(")");
    return new Expr.Cast(value, type);
  }

  private Expr extract(Token start) {
    Token part = cursor.next();
    if (part.kind() != Token.Kind.NAME && part.kind() != Token.Kind.STRING) {
      throw new SyntaxError(part.start(), "expected a date part such as year but found " + part.shown());
    }
    cursor.expectWord("from");
    Expr value = expressions.expression();
    cursor.expect(")");
    return expressions.call("extract_" + part.lower(), start, value);
  }

  private Expr substring(Token start) {
    List<Expr> arguments = new ArrayList<>(List.of(expressions.expression()));
    if (cursor.acceptWord("from")) {
      arguments.add(expressions.expression());
      if (cursor.acceptWord("for")) {
        arguments.add(expressions.expression());
      }
      cursor.expect(")");
      return expressions.call("substring", start, arguments.toArray(Expr[]::new));
    }
    return expressions.call("substring", start, furtherArguments(arguments));
  }

  private Expr position(Token start) {
    Expr wanted = expressions.expression(Operators.CONCAT);
    if (cursor.acceptWord("in")) {
      Expr text = expressions.expression();
      cursor.expect(")");
      return expressions.call("position", start, wanted, text);
    }
    return expressions.call("position", start, furtherArguments(new ArrayList<>(List.of(wanted))));
  }

  private Expr trim(Token start) {
    boolean isName = cursor.peek(1).is(")") || cursor.peek(1).is(",");
    String function = isName ? "trim" : cursor.acceptWord("leading") ? "ltrim" : cursor.acceptWord("trailing") ? "rtrim" : "trim";
    boolean named = !isName && cursor.acceptWord("both") || !function.equals("trim");
    if (named && cursor.acceptWord("from")) {
      Expr text = expressions.expression();
      cursor.expect(")");
      return expressions.call(function, start, text);
    }
    Expr first = expressions.expression();
    if (cursor.acceptWord("from")) {
      Expr text = expressions.expression();
      cursor.expect(")");
      return expressions.call(function, start, text, first);
    }
    return expressions.call(function, start, furtherArguments(new ArrayList<>(List.of(first))));
  }
}

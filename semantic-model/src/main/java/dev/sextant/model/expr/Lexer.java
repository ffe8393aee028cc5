// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import java.util.ArrayList;
import java.util.List;

/** Cuts an expression's text into tokens. */
final class Lexer {
  private static final List<
      String> SYMBOLS = List.of("{{", "}}", "::", "<>", "!=", "<=", ">=", "||", "(", ")", "[", "]", ",", ".", "+", "-",
          "*", "/", "%", "=", "<", ">");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String text) {
    this.text = text;
  }

  /** Returns the tokens, an END token last. */
  static List<Token> tokens(String text) {
    return new Lexer(text).run();
  }

  private List<Token> run() {
    int nothing = text.indexOf('\0');
    if (nothing >= 0) {
      throw new SyntaxError(nothing, "the character U+0000 cannot stand in an expression: no warehouse takes it");
    }
    for (skipSpace(); at < text.length(); skipSpace()) {
      tokens.add(next());
    }
    tokens.add(new Token(Token.Kind.END, "", text.length(), text.length()));
    return tokens;
  }

  private void skipSpace() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw new SyntaxError(at, "the comment is not closed: '*/' is missing");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private Token next() {
    char c = text.charAt(at);
    if (Character.isDigit(c) || (c == '.' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1)))) {
      return number();
    }
    return switch (c) {
      case '\'' -> quoted(Token.Kind.STRING, c);
      case '"', '`' -> quoted(Token.Kind.QUOTED, c);
      default -> isNameStart(c) ? name() : symbol();
    };
  }

  private Token number() {
    int start = at;
    digits();
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      if (exponent < text.length() && Character.isDigit(text.charAt(exponent))) {
        at = exponent;
        digits();
      }
    }
    if (at < text.length() && isNamePart(text.charAt(at))) {
      throw new SyntaxError(start, "a name may not start with a digit; put it in double quotes");
    }
    return new Token(Token.Kind.NUMBER, text.substring(start, at), start, at);
  }

  private void digits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  private Token quoted(Token.Kind kind, char quote) {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        value.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        value.append(c);
        at++;
      } else {
        return new Token(kind, value.toString(), start, at);
      }
    }
    throw new SyntaxError(start, (kind == Token.Kind.STRING ? "the text" : "the quoted name") + " is not closed: " + quote + " is missing");
  }

  private Token name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return new Token(Token.Kind.NAME, text.substring(start, at), start, at);
  }

  private Token symbol() {
    if (text.startsWith("{%", at) || text.startsWith("{#", at)) {
      throw new SyntaxError(at, "Jinja is not evaluated; only {{ Dimension(..) }}, TimeDimension, Entity and Metric are understood");
    }
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Token.Kind.SYMBOL, symbol, at - symbol.length(), at);
      }
    }
    if (text.charAt(at) == '|') {
      throw new SyntaxError(at, "unexpected character '|'; Jinja is not evaluated");
    }
    throw new SyntaxError(at, "unexpected character '" + Character.toString(text.codePointAt(at)) + "'");
  }

  static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_' || Character.isSurrogate(c);
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || Character.isDigit(c) || c == '$';
  }
}

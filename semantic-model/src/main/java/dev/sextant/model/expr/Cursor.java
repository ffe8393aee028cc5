// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import java.util.List;

/** A place in a list of tokens. */
final class Cursor {
  private final List<Token> tokens;
  private int at;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The token {@code ahead} places further; the end when there are fewer. */
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  /** Where the last taken token ends. */
  int lastEnd() {
    return at == 0 ? 0 : tokens.get(at - 1).end();
  }

  boolean accept(String symbol) {
    return take(peek().is(symbol));
  }

  boolean acceptWord(String word) {
    return take(peek().isWord(word));
  }

  /** Takes all the words, or none. */
  boolean acceptWords(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).isWord(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  private boolean take(boolean fits) {
    if (fits) {
      next();
    }
    return fits;
  }

  void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected("'" + symbol + "'");
    }
  }

  void expectWord(String word) {
    if (!acceptWord(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  SyntaxError unexpected(String expected) {
    return new SyntaxError(peek().start(), "expected " + expected + " but found " + peek().shown());
  }
}

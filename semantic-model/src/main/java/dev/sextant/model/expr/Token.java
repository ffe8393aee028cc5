// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

import java.util.Locale;

/** A word of an expression's text; {@code text} is what it means: unquoted, unescaped. */
record Token(Kind kind, String text, int start, int end) {

  /** What a token is. */
  enum Kind {
    NAME, QUOTED, NUMBER, STRING, SYMBOL, END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether it is the unquoted word {@code lower}. */
  boolean isWord(String lower) {
    return kind == Kind.NAME && text.equalsIgnoreCase(lower);
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** How an error names it. */
  String shown() {
    return switch (kind) {
      case NAME, NUMBER, SYMBOL -> "'" + text + "'";
      case QUOTED -> "\"" + text + "\"";
      case STRING -> "the text '" + text + "'";
      case END -> "the end";
    };
  }
}

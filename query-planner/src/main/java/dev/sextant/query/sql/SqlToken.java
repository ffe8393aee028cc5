// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql;

import java.util.Locale;

/** A piece of a statement: its kind, its text as written and where it starts. */
record SqlToken(Kind kind, String text, int start) {

  /** The kinds of pieces that matter before parsing. */
  enum Kind {
    WORD, QUOTED, STRING, NUMBER, SYMBOL, SPACE, TEMPLATE
  }

  boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  int end() {
    return start + text.length();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import java.util.Locale;

/** A piece of a statement: its kind, its text as written and where it starts. */
public record SqlToken(Kind kind, String text, int start) {

  /** The kinds of pieces that matter before parsing. */
  public enum Kind {
    WORD, QUOTED, STRING, NUMBER, SYMBOL, SPACE, TEMPLATE
  }

  public boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  public String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  public int end() {
    return start + text.length();
  }
}

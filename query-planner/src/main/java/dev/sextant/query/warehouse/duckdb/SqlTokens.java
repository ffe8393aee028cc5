// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL into the few kinds of tokens that tell where its file names stand; comments and blanks fall away. */
final class SqlTokens {

  /** What a token is; brackets count as parentheses, and a quoted identifier as something else. */
  enum Kind {
    WORD, STRING, OPEN, CLOSE, OTHER
  }

  /** A token at {@code [start, end)}; the text of a string is its value. */
  record Token(Kind kind, String text, int start, int end) {}

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<Token> of(String sql) {
    SqlTokens reader = new SqlTokens(sql);
    while (reader.at < sql.length()) {
      reader.next();
    }
    return reader.tokens;
  }

  private void next() {
    int start = at;
    char c = sql.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (sql.startsWith("--", at)) {
      at = endOf("\n", at);
    } else if (sql.startsWith("/*", at)) {
      at = endOf("*/", at + 2);
    } else if (c == '\'') {
      at = endOfQuoted('\'');
      add(Kind.STRING, sql.substring(start + 1, Math.max(start + 1, at - 1)).replace("''", "'"), start);
    } else if (c == '"') {
      at = endOfQuoted('"');
      add(Kind.OTHER, sql.substring(start, at), start);
    } else if (sql.startsWith("$$", at)) {
      at = endOf("$$", at + 2);
      add(Kind.OTHER, sql.substring(start, at), start);
    } else if (Character.isLetterOrDigit(c) || c == '_') {
      while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
        at++;
      }
      add(Kind.WORD, sql.substring(start, at), start);
    } else {
      at++;
      add(c == '(' || c == '[' ? Kind.OPEN : c == ')' || c == ']' ? Kind.CLOSE : Kind.OTHER, String.valueOf(c), start);
    }
  }

  private void add(Kind kind, String text, int start) {
    tokens.add(new Token(kind, text, start, at));
  }

  private int endOf(String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  private int endOfQuoted(char quote) {
    int i = at + 1;
    while (i < sql.length()) {
      if (sql.charAt(i) != quote) {
        i++;
      } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return sql.length();
  }
}

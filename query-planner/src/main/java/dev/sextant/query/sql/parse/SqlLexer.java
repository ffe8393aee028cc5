// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into pieces; comments count as space. */
public final class SqlLexer {
  private final String text;
  private int at;

  private SqlLexer(String text) {
    this.text = text;
  }

  /** All pieces of a text, in order. */
  public static List<SqlToken> tokens(String text) {
    SqlLexer lexer = new SqlLexer(text);
    List<SqlToken> tokens = new ArrayList<>();
    while (lexer.at < text.length()) {
      tokens.add(lexer.next());
    }
    return tokens;
  }

  /** A statement with its spaces made alike. */
  public static String normalized(String text) {
    StringBuilder normal = new StringBuilder();
    for (SqlToken token : tokens(text)) {
      boolean blank = token.kind() == SqlToken.Kind.SPACE && token.text().isBlank();
      normal.append(blank ? " " : token.text());
    }
    return normal.toString().strip();
  }

  private SqlToken next() {
    int start = at;
    char first = text.charAt(at);
    if (Character.isWhitespace(first) || text.startsWith("--", at) || text.startsWith("/*", at)) {
      skipSpace();
      return token(SqlToken.Kind.SPACE, start);
    }
    if (first == '\'') {
      quoted('\'', "text");
      return token(SqlToken.Kind.STRING, start);
    }
    if (first == '"' || first == '`') {
      quoted(first, "quoted name");
      return token(SqlToken.Kind.QUOTED, start);
    }
    if (text.startsWith("{{", at)) {
      int end = text.indexOf("}}", at);
      at = end < 0 ? unfinished("{{", start) : end + 2;
      return token(SqlToken.Kind.TEMPLATE, start);
    }
    if (Character.isLetter(first) || first == '_') {
      while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '$')) {
        at++;
      }
      return token(SqlToken.Kind.WORD, start);
    }
    if (Character.isDigit(first)) {
      number();
      return token(SqlToken.Kind.NUMBER, start);
    }
    at += text.startsWith("::", at) || text.startsWith("<>", at) || text.startsWith("<=", at) || text.startsWith(">=", at)
        || text.startsWith("!=", at) || text.startsWith("||", at) ? 2 : 1;
    return token(SqlToken.Kind.SYMBOL, start);
  }

  private void number() {
    while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.' || isExponentSign())) {
      at++;
    }
  }

  private boolean isExponentSign() {
    char sign = text.charAt(at);
    return (sign == '+' || sign == '-') && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
  }

  private void skipSpace() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? unfinished("/*", at) : end + 2;
      } else {
        return;
      }
    }
  }

  private void quoted(char quote, String what) {
    int start = at;
    at++;
    while (at < text.length()) {
      if (text.charAt(at) != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        at++;
        return;
      }
    }
    unfinished("the " + what, start);
  }

  private int unfinished(String what, int start) {
    throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(text, start), what + " that starts here never ends.");
  }

  private SqlToken token(SqlToken.Kind kind, int start) {
    return new SqlToken(kind, text.substring(start, at), start);
  }
}

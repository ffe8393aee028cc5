// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

/** Counts the parameters of a statement. */
public final class SqlParameters {
  private SqlParameters() {}

  /** How many {@code ?} stand in a statement outside of texts and names. */
  public static int count(String sql) {
    return (int) SqlLexer.tokens(sql).stream().filter(token -> token.isSymbol("?")).count();
  }
}

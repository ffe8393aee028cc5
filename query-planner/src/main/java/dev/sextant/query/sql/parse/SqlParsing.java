// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Parses statements with Calcite's most tolerant parser; errors say where in the statement as written. */
public final class SqlParsing {
  private static final int LONGEST_NAME = 10_000;
  private static final SqlParser.Config CONFIG = SqlParser.config()
      .withParserFactory(SqlBabelParserImpl.FACTORY)
      .withConformance(SqlConformanceEnum.BABEL)
      .withQuoting(Quoting.DOUBLE_QUOTE)
      .withUnquotedCasing(Casing.UNCHANGED)
      .withQuotedCasing(Casing.UNCHANGED)
      .withCaseSensitive(false)
      .withIdentifierMaxLength(LONGEST_NAME);

  private SqlParsing() {}

  /** The tree of a query. */
  public static SqlNode query(SqlPrelude.Prepared sql) {
    try {
      return CaseLists.apart(SqlParser.create(sql.text(), CONFIG).parseQuery(), sql.positions());
    } catch (SqlParseException e) {
      throw problem(e, sql.positions());
    } catch (StackOverflowError e) {
      throw Problem.of(QueryIssue.INVALID_SQL, "the statement is nested too deeply.");
    }
  }

  /** The tree of an expression. */
  public static SqlNode expression(SqlPrelude.Prepared sql) {
    try {
      return CaseLists.apart(SqlParser.create(sql.text(), CONFIG).parseExpression(), sql.positions());
    } catch (SqlParseException e) {
      throw problem(e, sql.positions());
    }
  }

  private static RuntimeException problem(SqlParseException e, SqlPositions positions) {
    SqlParserPos at = e.getPos();
    Position where = at == null ? Position.NOWHERE : positions.original(at.getLineNum(), at.getColumnNum());
    return Problem.at(QueryIssue.INVALID_SQL, where,
        e.getMessage() == null ? "the statement is nested too deeply." : shortened(e.getMessage()));
  }

  /** Calcite lists every token it would take; people need the one it met. */
  private static String shortened(String message) {
    String first = message.lines().findFirst().orElse("the statement cannot be read");
    String met = first.replaceAll(" at line \\d+, column \\d+\\.?", "").strip();
    return met.endsWith(".") ? met : met + ".";
  }
}

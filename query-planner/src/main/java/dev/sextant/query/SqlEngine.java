// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/**
 * Answers semantic SQL. Views, datasets that own metrics, and {@code metrics} are tables of schema {@code public}; there is an
 * {@code information_schema}. Errors are SextantExceptions with {@link QueryIssue} codes and a position in the statement. Warnings stand in the
 * facts' notes under {@code warnings}, one a line.
 */
public interface SqlEngine {

  /** Runs a statement; a command gives an answer without columns. */
  QueryResult run(SqlQuery query, Caller caller, QueryControl control);

  /** Tells a statement's columns and parameters without running it; parameter values of {@code query} are ignored. */
  PreparedSql prepare(SqlQuery query, Caller caller);

  /** Tells every stage of the answer without running it. */
  Explanation explain(SqlQuery query, Caller caller);
}

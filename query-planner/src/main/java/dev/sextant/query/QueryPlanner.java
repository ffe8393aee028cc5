// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/** Plans questions of one form: metric queries, or statements of semantic SQL. */
public interface QueryPlanner<Q> {

  /** Writes the SQL that answers a question; SextantExceptions tell what is wrong with it. */
  PlannedQuery plan(Q question, Caller caller);
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

/** Answers feature queries. Errors are SextantExceptions with {@link QueryIssue} codes. */
public interface FeatureEngine {

  /** Runs a query; the first batch may not be there yet when this returns. */
  QueryResult run(FeatureQuery query, Caller caller, QueryControl control);

  /** Tells every stage of the answer without running it. */
  Explanation explain(FeatureQuery query, Caller caller);
}

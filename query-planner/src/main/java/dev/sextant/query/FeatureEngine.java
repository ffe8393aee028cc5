// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Optional;

/** Answers feature queries. Errors are SextantExceptions with {@link QueryIssue} codes. */
public interface FeatureEngine {

  /** Runs a query; the first batch may not be there yet when this returns. */
  QueryResult run(FeatureQuery query, Caller caller, QueryControl control);

  /** Tells every stage of the answer without running it. */
  Explanation explain(FeatureQuery query, Caller caller);

  /** What is known of the state of the datasets a query reads. */
  default List<SourceVersion> sources(FeatureQuery query, Caller caller) {
    return List.of();
  }

  /** How many rows a dataset has, and the newest of the times they became known at, or else happened at. */
  record SourceVersion(String dataset, String source, long rows, Optional<String> newest, boolean knownTimes) {}
}

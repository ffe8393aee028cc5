// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.Optional;

/** A question whose SQL is written but has not run. The caller's row policies are in the SQL. May be run many times, by many threads. */
public interface PlannedQuery {

  /** What warehouses would run, in order; empty where no warehouse is asked. */
  List<QueryFacts.Statement> statements();

  /** The answer's columns, where they are known before it runs. */
  Optional<ResultSchema> schema();

  /** The names of the datasets it reads, each once. */
  List<String> datasets();

  /** Whether planning the question again now would give the same. */
  boolean isCurrent();

  /** Runs the SQL; the first batch may not be there yet when this returns. */
  QueryResult run(QueryControl control);

  /** Whether its answer may hold what other questions of callers with the same rights ask for. */
  default boolean mayAnswerOthers() {
    return false;
  }

  /** The same question over the rows of other answers, where those hold all it needs; no warehouse is asked then. */
  default Optional<PlannedQuery> over(List<? extends KeptRows> kept) {
    return Optional.empty();
  }
}

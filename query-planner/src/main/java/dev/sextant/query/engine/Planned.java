// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A planned query without its plan, so that many can be remembered. */
record Planned(List<QueryFacts.Statement> statements, Optional<ResultSchema> schema, List<String> datasets, BooleanSupplier current,
    Function<QueryControl, QueryResult> running) implements PlannedQuery {

  @Override
  public boolean isCurrent() {
    return current.getAsBoolean();
  }

  @Override
  public QueryResult run(QueryControl control) {
    return running.apply(control);
  }
}

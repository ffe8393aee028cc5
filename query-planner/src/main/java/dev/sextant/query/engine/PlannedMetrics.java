// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Rights;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.KeptRows;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.query.rollup.AnswerTable;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A planned metric query over the rows of one warehouse; {@code inMemory} tells whether the engine in memory works on them as that one does. */
final class PlannedMetrics implements PlannedQuery {
  private final Planned planned;
  private final BoundQuery bound;
  private final BooleanSupplier inMemory;
  private volatile Optional<Optional<AnswerTable>> answer = Optional.empty();

  PlannedMetrics(Planned planned, BoundQuery bound, BooleanSupplier inMemory) {
    this.planned = planned;
    this.bound = bound;
    this.inMemory = inMemory;
  }

  BoundQuery bound() {
    return bound;
  }

  /** The answer as a table, seen by somebody whom nothing restricts: what a policy hides is not in it. */
  Optional<AnswerTable> answer() {
    if (answer.isEmpty()) {
      answer = Optional
          .of(inMemory.getAsBoolean() ? AnswerTable.of(unrestricted(bound), bound.model().rights()) : Optional.empty());
    }
    return answer.orElseThrow();
  }

  /** A question as if all rows were its caller's: over an answer to the same rights they are. */
  static BoundQuery unrestricted(BoundQuery query) {
    return new BoundQuery(query.model().seenWith(Rights.ALL), query.metrics(), query.items(), query.where(), query.having(), query.order(),
        query.limit(), query.offset(), query.range(), query.zone(), query.mode(), query.extras());
  }

  @Override
  public boolean mayAnswerOthers() {
    return answer().isPresent();
  }

  @Override
  public Optional<PlannedQuery> over(List<? extends KeptRows> kept) {
    return OverAnswers.plan(this, kept);
  }

  @Override
  public List<QueryFacts.Statement> statements() {
    return planned.statements();
  }

  @Override
  public Optional<ResultSchema> schema() {
    return planned.schema();
  }

  @Override
  public List<String> datasets() {
    return planned.datasets();
  }

  @Override
  public boolean isCurrent() {
    return planned.isCurrent();
  }

  @Override
  public QueryResult run(QueryControl control) {
    return planned.run(control);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The engine itself, without a door before it. */
public final class EngineDoor implements DoorUnderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final QueryEngine engine;

  public EngineDoor(QueryEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public boolean takes(Question question) {
    return question instanceof Question.Metrics;
  }

  @Override
  public Answer ask(Question question) {
    return switch (question) {
      case Question.Metrics metrics -> ask(metrics.query());
      case Question.Sql sql -> throw new IllegalArgumentException("the engine takes no SQL: " + sql);
    };
  }

  private Answer ask(MetricQuery query) {
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS,
        new QueryControl("conformance", Optional.of(Instant.now().plus(PATIENCE))))) {
      return new Answer.Rows(ArrowTables.read(result));
    } catch (SextantException e) {
      return new Answer.Refusal(e.issues()
          .stream()
          .map(issue -> new Answer.Complaint(issue.code().name(), issue.message(), issue.position()))
          .toList());
    } catch (RuntimeException | AssertionError e) {
      return new Answer.Refusal(List.of(new Answer.Complaint(QueryIssue.INTERNAL.name(), e.toString(), Position.NOWHERE)));
    }
  }

  @Override
  public void close() {
    // The project owns the engine.
  }
}

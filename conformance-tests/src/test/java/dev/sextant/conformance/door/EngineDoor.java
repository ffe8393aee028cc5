// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The engine itself, without a door before it. */
public final class EngineDoor implements DoorUnderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final QueryEngine engine;
  private final SqlEngine sqlEngine;

  public EngineDoor(QueryEngine engine, SqlEngine sqlEngine) {
    this.engine = engine;
    this.sqlEngine = sqlEngine;
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public boolean takes(Question question) {
    return true;
  }

  @Override
  public Answer ask(Question question) {
    QueryControl control = new QueryControl("conformance", Optional.of(Instant.now().plus(PATIENCE)));
    try (QueryResult result = run(question, control)) {
      return new Answer.Rows(ArrowTables.read(result));
    } catch (SextantException e) {
      return new Answer.Refusal(
          e.issues().stream().map(issue -> new Answer.Complaint(issue.code().name(), issue.message(), issue.position())).toList());
    } catch (RuntimeException | AssertionError e) {
      return new Answer.Refusal(List.of(new Answer.Complaint(QueryIssue.INTERNAL.name(), e.toString(), Position.NOWHERE)));
    }
  }

  private QueryResult run(Question question, QueryControl control) {
    return switch (question) {
      case Question.Metrics metrics -> engine.run(metrics.query(), Caller.ANONYMOUS, control);
      case Question.Sql sql -> sqlEngine.run(SqlQuery.of(sql.statement()), Caller.ANONYMOUS, control);
    };
  }

  @Override
  public void close() {
    // The project owns the engine.
  }
}

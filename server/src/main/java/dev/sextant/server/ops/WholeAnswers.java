// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.ResultSchema;
import dev.sextant.server.answer.AnswerWriter;
import dev.sextant.server.answer.Answers;
import dev.sextant.server.answer.CollectedRows;
import dev.sextant.server.error.Failures;
import dev.sextant.server.ops.RunningQuery.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for whole answers: registered among the running queries, watched like them, never more than {@code mostRows} rows. */
public record WholeAnswers(Operations operations, long mostRows) {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.ops");

  /** A whole answer. A cell is null, a string, a number, a boolean, a list or a map. */
  public record WholeAnswer(ResultSchema schema, List<@Nullable Object[]> rows, QueryFacts facts) {}

  /** Makes the answer of a query that has begun. */
  public interface Question {
    QueryResult ask(RunningQuery query);
  }

  /** Asks a question; what goes wrong is a SextantException, and the log has what nobody foresaw. */
  public WholeAnswer ask(Asked asked, Duration timeout, BooleanSupplier nobodyWaits, Question question) {
    CollectedRows rows = new CollectedRows(mostRows);
    return write(asked, timeout, nobodyWaits, question, rows, result -> new WholeAnswer(result.schema(), rows.rows(), result.facts()));
  }

  /** Counts the rows of an answer, however many there are. */
  public long count(Asked asked, Duration timeout, BooleanSupplier nobodyWaits, Question question) {
    Counted rows = new Counted();
    return write(asked, timeout, nobodyWaits, question, rows, result -> rows.count);
  }

  /** What is made of an answer that is there. */
  public interface Made<T> {
    T of(QueryResult result);
  }

  /** Keeps nothing of an answer but how many rows it has. */
  private static final class Counted implements AnswerWriter {
    private long count;

    @Override
    public void begin(QueryResult result) {}

    @Override
    public void batch(VectorSchemaRoot batch) {
      count += batch.getRowCount();
    }

    @Override
    public void end(QueryFacts facts) {}
  }

  /** Asks a question and gives its answer to {@code writer}, then to {@code made}. */
  public <T> T write(Asked asked, Duration timeout, BooleanSupplier nobodyWaits, Question question, AnswerWriter writer, Made<T> made) {
    RunningQuery running = operations.queries().begin(asked, Optional.empty(), timeout);
    try {
      operations.queries().watch().stopWhenGone(running.control(), nobodyWaits);
      try (QueryResult result = question.ask(running)) {
        Answers.write(result, writer, running.control(), running::addRows);
        return made.of(result);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } catch (RuntimeException failure) {
      throw new SextantException(known(failure, running));
    } finally {
      operations.queries().end(running);
      operations.meters().countRows(running.rows());
    }
  }

  private static List<Issue> known(RuntimeException failure, RunningQuery running) {
    List<Issue> issues = Failures.issues(failure, running.control());
    running.fail(issues);
    if (Failures.isBug(issues)) {
      LOG.atError().setCause(failure).log("A fault of our own in query {}: {}", running.id(), running.asked().question());
    }
    return issues;
  }
}

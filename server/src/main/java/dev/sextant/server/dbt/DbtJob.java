// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.dbt;

import dev.sextant.model.Issue;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.ResultSchema;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A query that was created: who asks what, and what came of it once that is known. */
final class DbtJob {
  private final String id;
  private final Caller caller;
  private final MetricQuery query;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile Instant lastAsked;

  DbtJob(String id, Caller caller, MetricQuery query, Instant now) {
    this.id = id;
    this.caller = caller;
    this.query = query;
    this.lastAsked = now;
  }

  /** What came of a query. */
  sealed interface Outcome {

    /** It was answered: the statement it ran, and its pages. */
    record Answered(String sql, ResultSchema schema, List<byte[]> pages) implements Outcome {}

    /** It failed. */
    record Failed(List<Issue> issues) implements Outcome {}
  }

  String id() {
    return id;
  }

  Caller caller() {
    return caller;
  }

  MetricQuery query() {
    return query;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  Instant lastAsked() {
    return lastAsked;
  }

  void askedAt(Instant now) {
    lastAsked = now;
  }

  /** How many bytes are kept of it. */
  long bytes() {
    return outcome.isDone() && outcome.join() instanceof Outcome.Answered answered
        ? answered.pages().stream().mapToLong(page -> page.length).sum()
        : 0;
  }
}

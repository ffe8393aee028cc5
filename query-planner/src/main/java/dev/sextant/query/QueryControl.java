// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The handle of one running query: its id, its deadline, and the way to stop it from any thread. */
public final class QueryControl {
  private final String queryId;
  private final Optional<Instant> deadline;
  private final String asker;
  private final List<Runnable> listeners = new ArrayList<>();
  private Optional<QueryIssue> stopped = Optional.empty();

  /** A handle of a query that the server itself asks. */
  public QueryControl(String queryId, Optional<Instant> deadline) {
    this(queryId, deadline, "");
  }

  /** A handle of a query of {@code asker}, with whom others share the warehouses fairly. */
  public QueryControl(String queryId, Optional<Instant> deadline, String asker) {
    this.queryId = queryId;
    this.deadline = deadline;
    this.asker = asker;
  }

  /** A handle without a deadline. */
  public static QueryControl unlimited(String queryId) {
    return new QueryControl(queryId, Optional.empty());
  }

  public String queryId() {
    return queryId;
  }

  public Optional<Instant> deadline() {
    return deadline;
  }

  /** The name of who asks; empty for the server itself. */
  public String asker() {
    return asker;
  }

  /** Stops the query; {@code reason} is {@code CANCELLED} or {@code DEADLINE_EXCEEDED}. Later calls change nothing. */
  public void stop(QueryIssue reason) {
    List<Runnable> told;
    synchronized (this) {
      if (stopped.isPresent()) {
        return;
      }
      stopped = Optional.of(reason);
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }

  /** Runs {@code listener} once when the query is stopped, at once if it already is. */
  public void onStop(Runnable listener) {
    synchronized (this) {
      if (stopped.isEmpty()) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  public synchronized Optional<QueryIssue> stopped() {
    return stopped;
  }

  /** Throws the typed error if the query was stopped. */
  public void check() {
    stopped().ifPresent(reason -> {
      throw new SextantException(Issue.of(reason, Position.NOWHERE,
          reason == QueryIssue.CANCELLED ? "query " + queryId + " was cancelled" : "query " + queryId + " passed its deadline"));
    });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One run of a question for all who ask it at the same time. It goes on while anybody waits for it, whoever asked first, and is stopped when
 * the last one has left.
 */
final class Flight {
  private final QueryControl control;
  private final CompletableFuture<Collecting.Outcome> landed = new CompletableFuture<>();
  private int waiting = 1;
  private boolean left;
  private boolean taken;

  /** A flight with one who waits for it. */
  Flight(QueryControl first) {
    this.control = new QueryControl(first.queryId(), Optional.empty(), first.asker());
  }

  QueryControl control() {
    return control;
  }

  /** Lets one more wait, false when the flight has been given up already. */
  synchronized boolean join() {
    if (left) {
      return false;
    }
    waiting++;
    return true;
  }

  /** One waits no longer; the last one stops the flight and lets go of its outcome. Returns whether it was the last one. */
  synchronized boolean leave() {
    waiting--;
    if (waiting > 0) {
      return false;
    }
    left = true;
    if (!taken && !landed.isDone()) {
      control.stop(QueryIssue.CANCELLED);
    }
    if (!landed.isCompletedExceptionally()) {
      var unused = landed.thenAccept(this::drop);
    }
    return true;
  }

  private synchronized void drop(Collecting.Outcome outcome) {
    switch (outcome) {
      case Collecting.Outcome.Whole whole -> whole.result().release();
      case Collecting.Outcome.TooLarge large -> {
        if (!taken) {
          taken = true;
          large.result().close();
        }
      }
    }
  }

  /** Waits for the outcome as long as {@code mine} is not stopped. */
  Collecting.Outcome await(QueryControl mine) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    mine.onStop(() -> stopped.complete(null));
    try {
      CompletableFuture.anyOf(landed, stopped).join();
    } catch (java.util.concurrent.CompletionException failed) {
      mine.check();
      throw failed.getCause() instanceof RuntimeException known ? known
          : new SextantException(Issue.of(QueryIssue.INTERNAL, Position.NOWHERE, "the query failed: " + failed.getCause()));
    }
    mine.check();
    return landed.join();
  }

  /** Takes an answer that is too large to keep; only the first one gets it, and stops it from then on. */
  synchronized Optional<Collecting.Outcome.TooLarge> take(Collecting.Outcome.TooLarge outcome, QueryControl mine) {
    if (taken) {
      return Optional.empty();
    }
    taken = true;
    mine.onStop(() -> control.stop(mine.stopped().orElse(QueryIssue.CANCELLED)));
    return Optional.of(outcome);
  }

  void land(Collecting.Outcome outcome) {
    landed.complete(outcome);
  }

  void fail(Throwable failure) {
    landed.completeExceptionally(failure);
  }
}

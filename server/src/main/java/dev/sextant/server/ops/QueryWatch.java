// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops queries that nobody waits for any more: at their deadlines, and when their clients have gone. It looks at all of them every few
 * milliseconds, which costs each query less than a timer of its own.
 */
public final class QueryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.ops");
  private static final long LOOK_EVERY_MILLIS = 20;
  private static final int LOOKS_BETWEEN_CLIENTS = 5;

  private final InstantSource clock;
  private final Map<QueryControl, BooleanSupplier> watched = new ConcurrentHashMap<>();
  private final Thread looking = Thread.ofPlatform().name("query-watch").daemon().unstarted(this::lookAgainAndAgain);

  QueryWatch(InstantSource clock) {
    this.clock = clock;
    looking.start();
  }

  /** Stops the query at its deadline. */
  void watch(QueryControl control) {
    watched.put(control, () -> false);
  }

  /** Also cancels the query once {@code isGone} says so; it is asked from another thread until the query ends. */
  public void stopWhenGone(QueryControl control, BooleanSupplier isGone) {
    watched.put(control, isGone);
  }

  void forget(QueryControl control) {
    watched.remove(control);
  }

  private void lookAgainAndAgain() {
    try {
      for (int look = 0;; look++) {
        Thread.sleep(LOOK_EVERY_MILLIS);
        look(look % LOOKS_BETWEEN_CLIENTS == 0);
      }
    } catch (InterruptedException closed) {
      // Then there is nothing left to look at.
    }
  }

  private void look(boolean atClientsToo) {
    if (watched.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    watched.forEach((control, isGone) -> {
      if (control.deadline().filter(deadline -> !now.isBefore(deadline)).isPresent()) {
        stop(control, QueryIssue.DEADLINE_EXCEEDED);
      } else if (atClientsToo && hasGone(control, isGone)) {
        stop(control, QueryIssue.CANCELLED);
      }
    });
  }

  private boolean hasGone(QueryControl control, BooleanSupplier isGone) {
    try {
      return isGone.getAsBoolean();
    } catch (RuntimeException failure) {
      watched.put(control, () -> false);
      LOG.warn("Whether the client of query {} is still there cannot be told", control.queryId(), failure);
      return false;
    }
  }

  /** Cancelling may ask a warehouse over the network; nobody else's deadline may wait for that. */
  private void stop(QueryControl control, QueryIssue reason) {
    watched.remove(control);
    Thread.ofVirtual().name("stop-" + control.queryId()).start(() -> control.stop(reason));
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops queries that nobody waits for any more: at their deadlines, and when their clients have gone. */
public final class QueryWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.ops");
  private static final long LOOK_EVERY_MILLIS = 100;

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
      task -> Thread.ofPlatform().name("query-watch").daemon().unstarted(task));
  private final Map<QueryControl, Future<?>> deadlines = new ConcurrentHashMap<>();
  private final Map<QueryControl, BooleanSupplier> clients = new ConcurrentHashMap<>();

  private final Future<?> looking;

  QueryWatch() {
    timer.setRemoveOnCancelPolicy(true);
    looking = timer.scheduleWithFixedDelay(this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stopAfter(Duration timeout, QueryControl control) {
    deadlines.put(control, timer.schedule(() -> stop(control, QueryIssue.DEADLINE_EXCEEDED), timeout.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Cancels the query once {@code isGone} says so; it is asked from another thread until the query ends. */
  public void stopWhenGone(QueryControl control, BooleanSupplier isGone) {
    clients.put(control, isGone);
  }

  void forget(QueryControl control) {
    clients.remove(control);
    Future<?> deadline = deadlines.remove(control);
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  /** Cancelling may ask a warehouse over the network; nobody else's deadline may wait for that. */
  private static void stop(QueryControl control, QueryIssue reason) {
    Thread.ofVirtual().name("stop-" + control.queryId()).start(() -> control.stop(reason));
  }

  private void look() {
    clients.forEach((control, isGone) -> {
      try {
        if (isGone.getAsBoolean()) {
          clients.remove(control);
          stop(control, QueryIssue.CANCELLED);
        }
      } catch (RuntimeException failure) {
        clients.remove(control); // the others must still be looked at
        LOG.warn("Whether the client of query {} is still there cannot be told", control.queryId(), failure);
      }
    });
  }

  @Override
  public void close() {
    looking.cancel(false);
    timer.shutdownNow();
  }
}

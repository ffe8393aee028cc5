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

/** Stops queries that nobody waits for any more: at their deadlines, and when their clients have gone. */
public final class QueryWatch implements AutoCloseable {
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
    deadlines.put(control, timer.schedule(() -> control.stop(QueryIssue.DEADLINE_EXCEEDED), timeout.toMillis(), TimeUnit.MILLISECONDS));
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

  private void look() {
    clients.forEach((control, isGone) -> {
      if (isGone.getAsBoolean()) {
        clients.remove(control);
        control.stop(QueryIssue.CANCELLED);
      }
    });
  }

  @Override
  public void close() {
    looking.cancel(false);
    timer.shutdownNow();
  }
}

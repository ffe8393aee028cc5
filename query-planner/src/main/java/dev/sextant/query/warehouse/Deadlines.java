// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Stops queries at their deadlines, all with one thread. */
final class Deadlines {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Deadlines() {
  }

  /** A watch that ends when it is closed. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops {@code control} at its deadline unless the watch is closed before. */
  static Watch watch(QueryControl control) {
    return control.deadline().<Watch>map(deadline -> {
      long millis = Duration.between(Instant.now(), deadline).toMillis();
      var due = TIMER.schedule(() -> control.stop(QueryIssue.DEADLINE_EXCEEDED), millis, TimeUnit.MILLISECONDS);
      return () -> due.cancel(false);
    }).orElse(() -> {
    });
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("sextant-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}

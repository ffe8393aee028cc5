// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Stops queries at their deadlines, all with one thread. */
public record Deadlines(InstantSource clock) {
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  /** A watch that ends when it is closed. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /** Stops {@code control} at its deadline unless the watch is closed before. */
  public Watch watch(QueryControl control) {
    return control.deadline().<Watch>map(deadline -> {
      long millis = Duration.between(clock.instant(), deadline).toMillis();
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

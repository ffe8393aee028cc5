// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what runs must not wait for: one thing after the other, in a thread of its own. When too much waits, the newest is dropped and that is logged. */
public final class Aside implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.runs");
  private static final int MOST = 1000;

  private final String what;
  private final Duration leave;
  private final ThreadPoolExecutor worker;

  /** {@code what} names it in the log; closing waits for what is left, but not longer than {@code leave}. */
  public Aside(String what, Duration leave) {
    this.what = what;
    this.leave = leave;
    this.worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST),
        Thread.ofPlatform().name(what).daemon().factory(),
        (task, full) -> LOG.warn("{}: more than {} wait, so one was dropped", what, MOST));
  }

  /** Returns at once; what goes wrong is logged. */
  public void then(Runnable task) {
    worker.execute(() -> {
      try {
        task.run();
      } catch (RuntimeException failure) {
        LOG.warn("{}: {}", what, failure.getMessage());
      }
    });
  }

  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(leave.toMillis(), TimeUnit.MILLISECONDS)) {
        int left = worker.shutdownNow().size();
        LOG.warn("{}: {} were left undone", what, left + 1);
      }
    } catch (InterruptedException stopped) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

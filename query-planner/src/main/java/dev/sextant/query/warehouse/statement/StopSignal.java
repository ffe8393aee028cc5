// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.query.QueryControl;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Cancels a statement in its database when its query is stopped, again and again until the statement is over: databases forget a cancel
 * that arrives between two steps of a statement.
 */
public final class StopSignal implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final CountDownLatch over = new CountDownLatch(1);
  private final ReentrantLock sending = new ReentrantLock();
  private final Cancel cancel;

  /** How a database is told to stop. */
  public interface Cancel {
    void run() throws SQLException;
  }

  private StopSignal(Cancel cancel) {
    this.cancel = cancel;
  }

  public static StopSignal watch(QueryControl control, Cancel cancel) {
    StopSignal signal = new StopSignal(cancel);
    control.onStop(signal::send);
    return signal;
  }

  /** Starts to cancel; returns at once, because telling a database may take a connection of its own. */
  public void send() {
    if (over.getCount() > 0) {
      Thread.ofVirtual().name("sextant-cancel").start(this::repeat);
    }
  }

  private void repeat() {
    try {
      long pause = FIRST_PAUSE_MILLIS;
      do {
        cancelOnce();
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      } while (!over.await(pause, TimeUnit.MILLISECONDS));
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void cancelOnce() {
    sending.lock();
    try {
      if (over.getCount() > 0) {
        cancel.run();
      }
    } catch (SQLException closedOrUnreachable) {
      // The statement ended in between, or nobody answers: either way the reader of the statement finds out.
    } finally {
      sending.unlock();
    }
  }

  /** No cancel is under way any more when this returns: the next statement of the connection must not get it. */
  @Override
  public void close() {
    over.countDown();
    sending.lock();
    sending.unlock();
  }
}

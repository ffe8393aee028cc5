// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets a fixed number of statements run in a warehouse at once and a fixed number wait, first come, first served. */
public final class AdmissionLimit {
  private final String warehouse;
  private final int mostWaiting;
  private final Deque<CompletableFuture<Permit>> waiting = new ArrayDeque<>();
  private int free;

  /** The right to run one statement; closing it lets the next one in. */
  public final class Permit implements AutoCloseable {
    private final AtomicBoolean held = new AtomicBoolean(true);

    private Permit() {}

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        release();
      }
    }
  }

  public AdmissionLimit(String warehouse, int mostRunning, int mostWaiting) {
    this.warehouse = warehouse;
    this.mostWaiting = mostWaiting;
    this.free = mostRunning;
  }

  /** Waits for its turn; throws {@code QUEUE_FULL} at once when too many wait, and the query's own reason when it is stopped meanwhile. */
  public Permit admit(QueryControl control) {
    CompletableFuture<Permit> turn = enter();
    control.onStop(() -> turn.cancel(false));
    try {
      return turn.join();
    } catch (CancellationException stopped) {
      leave(turn);
      control.check();
      throw stopped;
    }
  }

  private synchronized CompletableFuture<Permit> enter() {
    if (free > 0) {
      free--;
      return CompletableFuture.completedFuture(new Permit());
    }
    if (waiting.size() >= mostWaiting) {
      throw new SextantException(Issue.of(QueryIssue.QUEUE_FULL, Position.NOWHERE,
          "warehouse '" + warehouse + "' is busy and " + mostWaiting + " statements wait already; try again later"));
    }
    CompletableFuture<Permit> turn = new CompletableFuture<>();
    waiting.add(turn);
    return turn;
  }

  private synchronized void leave(CompletableFuture<Permit> turn) {
    waiting.remove(turn);
  }

  private synchronized void release() {
    while (!waiting.isEmpty()) {
      if (waiting.remove().complete(new Permit())) {
        return;
      }
    }
    free++;
  }
}

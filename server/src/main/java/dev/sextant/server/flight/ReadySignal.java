// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;

/** Waits until the client takes more, and stops the query when it has gone. Must not be waited for on the thread of the call. */
final class ReadySignal {
  /** A signal may come between a look and the wait, so there is a look from time to time anyway. */
  private static final long LOOK_EVERY_MILLIS = 100;

  private final ServerStreamListener client;
  private final QueryControl control;

  private ReadySignal(ServerStreamListener client, QueryControl control) {
    this.client = client;
    this.control = control;
  }

  static ReadySignal watch(ServerStreamListener client, QueryControl control) {
    ReadySignal signal = new ReadySignal(client, control);
    client.setOnReadyHandler(signal::wake);
    client.setOnCancelHandler(() -> control.stop(QueryIssue.CANCELLED));
    control.onStop(signal::wake);
    return signal;
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Returns when the client takes more; throws when it never will or the query was stopped. */
  synchronized void await() {
    try {
      while (!client.isReady()) {
        check();
        wait(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      control.stop(QueryIssue.CANCELLED);
    }
    check();
  }

  private void check() {
    control.check();
    if (client.isCancelled()) {
      throw new SextantException(
          Issue.of(QueryIssue.CANCELLED, Position.NOWHERE, "the client of query " + control.queryId() + " has gone"));
    }
  }
}

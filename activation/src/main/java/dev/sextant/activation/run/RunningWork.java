// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run that is being worked on. */
final class RunningWork implements RunContext {
  private final String id;
  private final RunStore store;
  private final InstantSource clock;
  private final List<Runnable> listeners = new ArrayList<>();
  private volatile RunReport report = RunReport.EMPTY;
  private volatile Optional<ActivationIssue> stopped = Optional.empty();

  RunningWork(String id, RunStore store, InstantSource clock) {
    this.id = id;
    this.store = store;
    this.clock = clock;
  }

  RunReport report() {
    return report;
  }

  void stop(ActivationIssue why) {
    List<Runnable> told;
    synchronized (listeners) {
      if (stopped.isPresent()) {
        return;
      }
      stopped = Optional.of(why);
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  @Override
  public String runId() {
    return id;
  }

  @Override
  public void check() {
    stopped.ifPresent(why -> {
      throw why.because(why == ActivationIssue.RUN_CANCELLED ? "The run was cancelled."
          : "Another server took the run over because this one was silent for too long.");
    });
  }

  @Override
  public void onStop(Runnable listener) {
    synchronized (listeners) {
      if (stopped.isEmpty()) {
        listeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  @Override
  public void progress(RunReport now) {
    report = now;
  }

  @Override
  public void reject(List<Reject> rows) {
    store.addRejects(id, rows, clock.instant());
  }
}

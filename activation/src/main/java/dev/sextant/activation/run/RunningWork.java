// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run that is being worked on. */
final class RunningWork implements RunContext {
  private final Run run;
  private final RunStore store;
  private final InstantSource clock;
  private final List<Runnable> listeners = new ArrayList<>();
  private volatile RunReport report = RunReport.EMPTY;
  private volatile Optional<ActivationIssue> stopped = Optional.empty();
  private volatile Instant lastHeard;

  RunningWork(Run run, RunStore store, InstantSource clock) {
    this.run = run;
    this.store = store;
    this.clock = clock;
    this.lastHeard = clock.instant();
  }

  /** Why it was stopped, if it was. */
  Optional<ActivationIssue> stopped() {
    return stopped;
  }

  void heard(Instant at) {
    lastHeard = at;
  }

  /** When the store last took a heartbeat. */
  Instant lastHeard() {
    return lastHeard;
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
    return run.id();
  }

  @Override
  public Scope scope() {
    return run.wanted().scope();
  }

  @Override
  public void check() {
    stopped.ifPresent(why -> {
      throw why.because(why == ActivationIssue.RUN_CANCELLED ? "The run was cancelled."
          : "The run is no longer this server's: it was silent for too long, or is stopping. Another one goes on with it.");
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
    store.addRejects(run.id(), rows, clock.instant());
  }
}

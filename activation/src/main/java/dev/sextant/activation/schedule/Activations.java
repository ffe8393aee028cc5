// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.run.Owner;
import dev.sextant.activation.run.Runner;
import dev.sextant.activation.run.SqlRunStore;
import dev.sextant.activation.run.StoreConnections;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Everything of a project that can be run, and the store of its runs. */
public final class Activations implements AutoCloseable {
  private final Supplier<SemanticModel> model;
  private final Activities activities;
  private final InstantSource clock;
  private final HikariDataSource source;
  private final RunStore store;
  private final Runner runner;

  /** Opens the store of runs of the model's project. */
  public Activations(Supplier<SemanticModel> model, Activities activities, InstantSource clock) {
    this.model = model;
    this.activities = activities;
    this.clock = clock;
    this.source = StoreConnections.open(model.get().project());
    this.store = new SqlRunStore(source);
    this.runner = new Runner(store, clock, Owner.here());
  }

  /** What has happened so far. */
  public RunStore runs() {
    return store;
  }

  /** Runs something now in this thread; the answer says how it ended. */
  public Run run(Run.Target target) {
    return begin(target, Run.Trigger.MANUAL, clock.instant()).work();
  }

  /** Runs something now in a thread of its own; the answer is the run as it begins. */
  public Run start(Run.Target target, Run.Trigger trigger, Instant dueAt) {
    Runner.Begun begun = begin(target, trigger, dueAt);
    Thread.ofPlatform().name(target.toString()).daemon().start(() -> after(begun.work()));
    return begun.run();
  }

  /** Finds out what a run would do; nothing leaves and nothing is remembered. */
  public DryRun dryRun(Run.Target target) {
    return activities.dryRun(target).orElseThrow(() -> unknown(target));
  }

  private Runner.Begun begin(Run.Target target, Run.Trigger trigger, Instant dueAt) {
    return runner.begin(activity(target), trigger, dueAt);
  }

  /** Runs what the schedule wants, in this thread; one that is still running is left to it. */
  void due(Run.Target target, Instant dueAt) {
    try {
      after(begin(target, Run.Trigger.SCHEDULE, dueAt).work());
    } catch (SextantException refused) {
      if (refused.issue().code() != ActivationIssue.ALREADY_RUNNING) {
        throw refused;
      }
    }
  }

  /** Starts what waits for a run that went well. */
  private void after(Run ended) {
    if (!ended.state().isSuccess()) {
      return;
    }
    model.get()
        .definitions()
        .syncs()
        .stream()
        .filter(sync -> sync.schedule().after().filter(ended.target().name()::equals).isPresent())
        .forEach(sync -> start(new Run.Target(RunKind.SYNC, sync.name()), Run.Trigger.UPSTREAM, clock.instant()));
  }

  private Activity activity(Run.Target target) {
    return activities.find(target).orElseThrow(() -> unknown(target));
  }

  private RuntimeException unknown(Run.Target target) {
    List<String> names = model.get().definitions().syncs().stream().map(Sync::name).toList();
    List<String> near = NearestNames.to(target.name(), names);
    return ActivationIssue.UNKNOWN_ACTIVATION.because(target.kind().label() + " '" + target.name() + "' is not defined."
        + NearestNames.question(near));
  }

  /** Finds a run by its id. */
  public Run find(String id) {
    return store.find(id).orElseThrow(() -> ActivationIssue.UNKNOWN_RUN.because("There is no run '" + id + "'."));
  }

  /** Cancels a run of this server. */
  public Run cancel(String id) {
    Run run = find(id);
    if (runner.cancel(id).isEmpty() && !run.state().isOver()) {
      throw ActivationIssue.UNKNOWN_RUN.because("Run '" + id + "' is worked on by another server; cancel it there.");
    }
    return run;
  }

  HikariDataSource source() {
    return source;
  }

  @Override
  public void close() {
    runner.close();
    source.close();
  }
}

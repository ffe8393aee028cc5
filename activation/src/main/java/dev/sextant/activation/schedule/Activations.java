// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.Basis;
import dev.sextant.activation.DryRun;
import dev.sextant.activation.Reject;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunListener;
import dev.sextant.activation.RunStore;
import dev.sextant.activation.Scope;
import dev.sextant.activation.run.Decision;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.run.Owner;
import dev.sextant.activation.run.Runner;
import dev.sextant.activation.run.SqlRollupStore;
import dev.sextant.activation.run.SqlRunStore;
import dev.sextant.activation.run.SqlSyncLedger;
import dev.sextant.activation.run.StoreConnections;
import dev.sextant.model.Project;
import dev.sextant.model.SextantException;
import dev.sextant.query.RollupCatalog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything of a project that can be run, and the store of its runs. */
public final class Activations implements AutoCloseable {
  private static final int MOST_REJECTS = 100_000;

  private final Activities activities;
  private final InstantSource clock;
  private final HikariDataSource source;
  private final RunStore store;
  private final RollupCatalog rollups;
  private final Runner runner;
  private final Duration patience;
  private final Project project;
  private final Listening listening;

  /** Opens the store of runs of the model's project. */
  public static Activations open(Surroundings with, List<RunListener> listeners) {
    return open(with, List.of(), listeners);
  }

  /** The same with kinds of runs that have surroundings of their own. */
  public static Activations open(Surroundings with, List<ActivitySource> others, List<RunListener> listeners) {
    Project project = with.model().get().project();
    HikariDataSource source = StoreConnections.open(project);
    try {
      SqlRollupStore rollups = new SqlRollupStore(source, with.clock());
      Surroundings.Stores stores = new Surroundings.Stores(new SqlRunStore(source), new SqlSyncLedger(source, with.clock()), rollups);
      Listening listening = Listening.of(project, listeners, with.clock());
      Activities activities = new Activities(Stream.concat(Kinds.of(with, stores).stream(), others.stream()).toList());
      return new Activations(project, source, stores.runs(), rollups, activities, listening, with.clock());
    } catch (RuntimeException failure) {
      source.close();
      throw failure;
    }
  }

  private Activations(Project project, HikariDataSource source, RunStore store, RollupCatalog rollups, Activities activities,
      Listening listening, InstantSource clock) {
    this.project = project;
    this.activities = activities;
    this.clock = clock;
    this.source = source;
    this.store = store;
    this.rollups = rollups;
    this.patience = StoreConnections.patience(project);
    this.runner = new Runner(store, clock, Owner.here(), patience, listening.all());
    this.listening = listening;
  }

  /** Whether anything may have run so far; finding out makes no store. */
  public static boolean haveRun(Project project) {
    return StoreConnections.isThere(project);
  }

  /** What has happened so far. */
  public RunStore runs() {
    return store;
  }

  /** What is built of rollups. */
  public RollupCatalog rollups() {
    return rollups;
  }

  /** Runs something now in this thread; the answer says how it ended. */
  public Run run(Run.Target target, Scope scope) {
    return begin(manual(target, scope)).work();
  }

  /** Runs something now in a thread of its own; the answer is the run as it begins. */
  public Run start(Run.Target target, Scope scope) {
    return start(begin(manual(target, scope)));
  }

  private static Run start(Runner.Begun begun) {
    Thread.ofPlatform().name(begun.run().target().toString()).daemon().start(begun::work);
    return begun.run();
  }

  private Run.Wanted manual(Run.Target target, Scope scope) {
    return new Run.Wanted(target, Run.Trigger.MANUAL, clock.instant(), scope, "", Optional.empty());
  }

  /** Finds out what a run would do; nothing leaves and nothing is remembered. */
  public DryRun dryRun(Run.Target target) {
    return activities.named(target)
        .preview()
        .orElseThrow(() -> ActivationIssue.UNKNOWN_ACTIVATION.because(
            "What " + target + " would do cannot be told beforehand; run it."));
  }

  /** The rows that a run of a sync could not deliver, as a scope that sends them again. */
  public Scope rejectsOf(String run) {
    List<String> keys = store.rejects(find(run).id(), MOST_REJECTS).stream().map(Reject::key).filter(key -> !key.equals("[null]")).toList();
    if (keys.isEmpty()) {
      throw ActivationIssue.UNKNOWN_KEY.because("Run '" + run + "' has no rejected rows with a key.");
    }
    return new Scope.Rows(keys);
  }

  private Runner.Begun begin(Run.Wanted wanted) {
    Activity activity = activities.named(wanted.target());
    return runner.begin(activity, decided(wanted, activity).wanted());
  }

  private record Decided(Run.Wanted wanted, boolean performs) {}

  /** What is only a part of the work, or cannot be planned now, says nothing about the next run. */
  private Decided decided(Run.Wanted wanted, Activity activity) {
    Optional<Basis> basis = wanted.scope() instanceof Scope.Rows ? Optional.empty() : basis(activity);
    Decision decision = Decision.of(wanted, store.latest(wanted.target()), basis);
    String why = wanted.reason().isEmpty() ? decision.why() : wanted.reason() + "; " + decision.why();
    return new Decided(wanted.because(why, basis), decision instanceof Decision.Perform);
  }

  private static Optional<Basis> basis(Activity activity) {
    try {
      return activity.basis();
    } catch (SextantException unknown) {
      return Optional.empty();
    }
  }

  /** Runs what is due in this thread if it is worth it; one that is still running is left to it. */
  void due(Run.Wanted wanted) {
    begun(wanted).ifPresent(Runner.Begun::work);
  }

  /** Begins what is due in a thread of its own. */
  void startDue(Run.Wanted wanted) {
    begun(wanted).ifPresent(Activations::start);
  }

  private Optional<Runner.Begun> begun(Run.Wanted wanted) {
    Optional<Activity> activity = activities.find(wanted.target());
    if (activity.isEmpty()) {
      return Optional.empty();
    }
    Decided decided = decided(wanted, activity.get());
    if (!decided.performs()) {
      runner.skip(decided.wanted());
      return Optional.empty();
    }
    try {
      return Optional.of(runner.begin(activity.get(), decided.wanted()));
    } catch (SextantException refused) {
      if (refused.issue().code() != ActivationIssue.ALREADY_RUNNING) {
        throw refused;
      }
      if (wanted.trigger() == Run.Trigger.SCHEDULE) {
        String why = "an earlier run was still going";
        runner.skip(wanted.because(why, Optional.empty()));
        runner.missed(wanted.target(), List.of(wanted.dueAt()), why);
      }
      return Optional.empty();
    }
  }

  /** Finds a run by its id. */
  public Run find(String id) {
    return store.find(id).orElseThrow(() -> ActivationIssue.UNKNOWN_RUN.because("There is no run '" + id + "'."));
  }

  /** Cancels a run, whichever server works on it. */
  public Run cancel(String id) {
    Run run = find(id);
    boolean unused = runner.cancel(id);
    return run;
  }

  /** Forgets an entity: whatever is remembered of it, of every kind. The audit log keeps that it was done, not whose data it was. */
  public List<String> erase(ActivitySource.Erasure erasure) {
    List<String> gone = new ArrayList<>(activities.erase(erasure));
    store.audit("erase", erasure.entity() + " sha256:" + Hashes.sha256(String.join("\n", erasure.key())), String.join("; ", gone),
        clock.instant());
    return gone;
  }

  Activities activities() {
    return activities;
  }

  Runner runner() {
    return runner;
  }

  Duration patience() {
    return patience;
  }

  Project project() {
    return project;
  }

  InstantSource clock() {
    return clock;
  }

  HikariDataSource source() {
    return source;
  }

  @Override
  public void close() {
    runner.close();
    listening.close();
    source.close();
  }
}

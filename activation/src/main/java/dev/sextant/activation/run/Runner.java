// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunListener;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.RunStore;
import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on runs in this process: one run of a target at a time in all processes, with heartbeats, and an end whatever happens. */
public final class Runner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.runs");
  private static final int BEATS_OF_PATIENCE = 15;

  /** How long a silent run counts as alive, unless the project says otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** With less, a pause of the garbage collector would look like a death. */
  public static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(2);

  private final RunStore store;
  private final InstantSource clock;
  private final String owner;
  private final Duration patience;
  private final List<RunListener> listeners;
  private final Map<String, RunningWork> working = new ConcurrentHashMap<>();
  private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().name("run-heartbeats").daemon().factory());

  public Runner(RunStore store, InstantSource clock, String owner, Duration patience, List<RunListener> listeners) {
    this.store = store;
    this.clock = clock;
    this.owner = owner;
    this.patience = patience;
    this.listeners = List.copyOf(listeners);
    var unused = beats.scheduleWithFixedDelay(this::beat, beat(patience), beat(patience), TimeUnit.MILLISECONDS);
  }

  /** How often a run that may be silent for {@code patience} says that it is alive, in milliseconds. */
  public static long beat(Duration patience) {
    return Math.max(1, patience.toMillis() / BEATS_OF_PATIENCE);
  }

  /** Begins a run; an exception with {@code ALREADY_RUNNING} if one of the target runs. {@link Begun#work} then does the work. */
  public Begun begin(Activity activity, Run.Wanted wanted) {
    Optional<Run> begun = store.begin(wanted, owner, clock.instant());
    if (begun.isEmpty() && !bury(Optional.of(wanted.target())).isEmpty()) {
      begun = store.begin(wanted, owner, clock.instant());
    }
    return new Begun(begun.orElseThrow(() -> ActivationIssue.ALREADY_RUNNING.because(
        wanted.target() + " is running already; wait until that run ends or cancel it.")), activity);
  }

  /** Notes that a run is not needed. */
  public Run skip(Run.Wanted wanted) {
    Run run = store.skip(wanted, owner, clock.instant());
    listeners.forEach(listener -> listener.ended(run));
    return run;
  }

  /** Tells that instants passed unused. */
  public void missed(Run.Target target, List<Instant> instants, String why) {
    LOG.warn("{}: {}", target, why);
    listeners.forEach(listener -> listener.missed(target, instants, why));
  }

  /** Declares runs dead whose owner is silent or gone. */
  public List<Run> bury(Optional<Run.Target> target) {
    List<Run> dead = store.bury(target, patience, clock.instant());
    dead.forEach(run -> {
      LOG.warn("{} (run {}) is dead: {} was silent", run.target(), run.id(), run.owner().orElse("its owner"));
      listeners.forEach(listener -> listener.ended(run));
    });
    return dead;
  }

  /** A run that is this process's to work on. */
  public final class Begun {
    private final Run run;
    private final Activity activity;
    private final RunningWork work;

    private Begun(Run run, Activity activity) {
      this.run = run;
      this.activity = activity;
      this.work = new RunningWork(run, store, clock);
      working.put(run.id(), work);
    }

    public Run run() {
      return run;
    }

    /** Does the work in this thread and returns how the run ended. */
    public Run work() {
      LOG.info("{} begins as run {}: {}", run.target(), run.id(), run.wanted().reason());
      listeners.forEach(listener -> listener.began(run, activity));
      Activity.Outcome outcome = outcome();
      working.remove(run.id());
      boolean ours = store.end(run.id(), owner, outcome, clock.instant());
      Run ended = store.find(run.id()).orElse(run);
      if (ours) {
        LOG.info("{} (run {}) ended: {} {}{}", run.target(), run.id(), ended.state().label(), ended.report().counters(),
            ended.report().problem().map(problem -> ", " + problem.message()).orElse(""));
        listeners.forEach(listener -> listener.ended(ended));
      } else {
        LOG.warn("{} (run {}) was taken over before it ended", run.target(), run.id());
      }
      return ended;
    }

    private Activity.Outcome outcome() {
      try {
        return activity.perform(work);
      } catch (SextantException failure) {
        Issue issue = failure.issue();
        return new Activity.Outcome(state(issue), work.report().with(new RunReport.Problem(issue.code().name(), issue.message())));
      } catch (RuntimeException bug) {
        LOG.error("{} (run {}) failed", run.target(), run.id(), bug);
        return new Activity.Outcome(RunState.FAILED, work.report()
            .with(new RunReport.Problem("INTERNAL", "Something went wrong inside; the log tells more under run " + run.id() + ".")));
      }
    }

    /** What a leaving server has not ended is dead, so that another one takes it up. */
    private RunState state(Issue issue) {
      if (work.stopped().isPresent()) {
        return work.stopped().get() == ActivationIssue.RUN_CANCELLED ? RunState.CANCELLED : RunState.DEAD;
      }
      return issue.code() == ActivationIssue.GUARD ? RunState.GUARDED : RunState.FAILED;
    }
  }

  private void beat() {
    for (RunningWork work : working.values()) {
      try {
        switch (store.heartbeat(work.runId(), owner, work.report(), clock.instant())) {
          case BEATS -> work.heard(clock.instant());
          case STOP_WANTED -> work.stop(ActivationIssue.RUN_CANCELLED);
          case LOST -> work.stop(ActivationIssue.RUN_LOST);
        }
      } catch (SextantException unreachable) {
        LOG.warn("No heartbeat for run {}: {}", work.runId(), unreachable.getMessage());
        if (work.lastHeard().plus(patience).isBefore(clock.instant())) {
          work.stop(ActivationIssue.RUN_LOST);
        }
      }
    }
  }

  /** Cancels a run, at once if it is this process's; false if nobody works on it. */
  public boolean cancel(String run) {
    boolean running = store.stop(run);
    Optional.ofNullable(working.get(run)).ifPresent(work -> work.stop(ActivationIssue.RUN_CANCELLED));
    return running;
  }

  /** Lets go of what is still running: others take it up. */
  @Override
  public void close() {
    working.values().forEach(work -> work.stop(ActivationIssue.RUN_LOST));
    beats.shutdownNow();
  }
}

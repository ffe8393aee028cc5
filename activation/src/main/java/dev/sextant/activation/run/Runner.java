// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.RunState;
import dev.sextant.activation.RunStore;
import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
  private static final Duration BEAT = Duration.ofSeconds(2);

  /** How long a silent run counts as alive. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RunStore store;
  private final InstantSource clock;
  private final String owner;
  private final Map<String, RunningWork> working = new ConcurrentHashMap<>();
  private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().name("run-heartbeats").daemon().factory());

  public Runner(RunStore store, InstantSource clock, String owner) {
    this.store = store;
    this.clock = clock;
    this.owner = owner;
    var unused = beats.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins a run; an exception with {@code ALREADY_RUNNING} if one of the target runs. {@link Begun#work} then does the work. */
  public Begun begin(Activity activity, Run.Trigger trigger, Instant dueAt) {
    store.bury(PATIENCE, clock.instant()).forEach(Runner::tellDead);
    Run run = store.begin(activity.target(), trigger, dueAt, owner, clock.instant())
        .orElseThrow(() -> ActivationIssue.ALREADY_RUNNING.because(
            activity.target() + " is running already; wait until that run ends or cancel it."));
    return new Begun(run, activity);
  }

  /** A run that is this process's to work on. */
  public final class Begun {
    private final Run run;
    private final Activity activity;
    private final RunningWork work;

    private Begun(Run run, Activity activity) {
      this.run = run;
      this.activity = activity;
      this.work = new RunningWork(run.id(), store, clock);
      working.put(run.id(), work);
    }

    public Run run() {
      return run;
    }

    /** Does the work in this thread and returns how the run ended. */
    public Run work() {
      LOG.info("{} begins as run {}", run.target(), run.id());
      Activity.Outcome outcome = outcome();
      working.remove(run.id());
      if (!store.end(run.id(), owner, outcome, clock.instant())) {
        LOG.warn("{} (run {}) was taken over before it ended", run.target(), run.id());
      }
      Run ended = store.find(run.id()).orElse(run);
      LOG.info("{} (run {}) ended: {} {}{}", run.target(), run.id(), ended.state().label(), ended.report().counters(),
          ended.report().problem().map(problem -> ", " + problem.message()).orElse(""));
      return ended;
    }

    private Activity.Outcome outcome() {
      try {
        return activity.perform(work);
      } catch (SextantException failure) {
        Issue issue = failure.issue();
        RunState state = issue.code() == ActivationIssue.RUN_CANCELLED ? RunState.CANCELLED
            : issue.code() == ActivationIssue.GUARD ? RunState.GUARDED : RunState.FAILED;
        return new Activity.Outcome(state, work.report().with(new RunReport.Problem(issue.code().name(), issue.message())));
      } catch (RuntimeException bug) {
        LOG.error("{} (run {}) failed", run.target(), run.id(), bug);
        return new Activity.Outcome(RunState.FAILED, work.report()
            .with(new RunReport.Problem("INTERNAL", "Something went wrong inside; the log tells more under run " + run.id() + ".")));
      }
    }
  }

  private static void tellDead(Run run) {
    LOG.warn("{} (run {}) is dead: {} was silent", run.target(), run.id(), run.owner().orElse("its owner"));
  }

  private void beat() {
    for (RunningWork work : working.values()) {
      try {
        if (!store.heartbeat(work.runId(), owner, work.report(), clock.instant())) {
          work.stop(ActivationIssue.RUN_LOST);
        }
      } catch (SextantException unreachable) {
        LOG.warn("No heartbeat for run {}: {}", work.runId(), unreachable.getMessage());
      }
    }
  }

  /** Cancels a run of this process; empty if it has none of this id. */
  public Optional<String> cancel(String run) {
    return Optional.ofNullable(working.get(run)).map(work -> {
      work.stop(ActivationIssue.RUN_CANCELLED);
      return run;
    });
  }

  @Override
  public void close() {
    working.values().forEach(work -> work.stop(ActivationIssue.RUN_CANCELLED));
    beats.shutdownNow();
  }
}

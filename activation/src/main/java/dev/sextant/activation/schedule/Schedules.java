// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.sextant.activation.Run;
import dev.sextant.activation.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs what is due by the clock, on db-scheduler: each instant once, however many servers share the store. */
final class Schedules implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final int MISSED_BEATS = 6;
  private static final int THREADS = 8;
  private static final Duration LEAVE = Duration.ofSeconds(10);

  private final Scheduler scheduler;

  private Schedules(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Starts the clock over what is wanted; cron expressions are read in {@code zone}. */
  static Schedules start(List<Activities.Wanted> wanted, ZoneId zone, Activations activations) {
    List<RecurringTask<Void>> tasks = new ArrayList<>();
    for (Activities.Wanted each : wanted) {
      Instants.of(each.wish().schedule(), zone).ifPresent(instants -> tasks.add(task(each.target(), instants, activations)));
    }
    Scheduler scheduler = Scheduler.create(activations.source())
        .startTasks(tasks)
        .threads(THREADS)
        .pollingInterval(POLL)
        .heartbeatInterval(activations.patience().dividedBy(MISSED_BEATS))
        .missedHeartbeatsLimit(MISSED_BEATS)
        .shutdownMaxWait(LEAVE)
        .build();
    scheduler.start();
    return new Schedules(scheduler);
  }

  private static RecurringTask<Void> task(Run.Target target, Instants instants, Activations activations) {
    return Tasks.recurring(target.toString(), instants.schedule())
        .onDeadExecution((complete, operations) -> dead(target, instants, activations, complete, operations))
        .execute((instance, context) -> due(target, instants, activations, context.getExecution().executionTime));
  }

  /** A late run covers the instants that were missed, and says so. */
  private static void due(Run.Target target, Instants instants, Activations activations, Instant due) {
    List<Instant> missed = instants.missed(due, activations.clock().instant());
    String late = missed.isEmpty() ? ""
        : "late: due " + due + ", and " + missed.size() + " more times until " + missed.getLast() + "; run once for all";
    if (!missed.isEmpty()) {
      activations.runner().missed(target, missed, late);
    }
    activations.due(new Run.Wanted(target, Run.Trigger.SCHEDULE, due, Scope.CHANGES, late, Optional.empty()));
  }

  /** The one who took this instant is gone. If a run was begun for it, that run's death is seen to elsewhere; if not, the instant is still due. */
  private static void dead(Run.Target target, Instants instants, Activations activations, ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    Instant now = activations.clock().instant();
    boolean begun = activations.runs().knows(target, complete.getExecution().executionTime);
    operations.reschedule(complete, begun ? instants.after(now) : now);
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}

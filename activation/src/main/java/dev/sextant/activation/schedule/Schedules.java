// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Sync;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs what is due by the clock, on db-scheduler: each instant once, however many servers share the store. */
public final class Schedules implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int THREADS = 4;

  private final Scheduler scheduler;

  private Schedules(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Starts the clock over what a model wants to have run. */
  public static Schedules start(SemanticModel model, Activations activations) {
    List<RecurringTask<Void>> tasks = new ArrayList<>();
    for (Sync sync : model.definitions().syncs()) {
      Run.Target target = new Run.Target(RunKind.SYNC, sync.name());
      schedule(sync.schedule(), model.calendar().zone()).ifPresent(schedule -> tasks.add(Tasks.recurring(target.toString(), schedule)
          .execute((instance, context) -> activations.due(target, context.getExecution().executionTime))));
    }
    Scheduler scheduler = Scheduler.create(activations.source())
        .startTasks(tasks)
        .threads(THREADS)
        .pollingInterval(POLL)
        .heartbeatInterval(HEARTBEAT)
        .build();
    scheduler.start();
    return new Schedules(scheduler);
  }

  /** Cron expressions have five fields, or six with seconds in front. */
  private static Optional<Schedule> schedule(Sync.Schedule wanted, ZoneId zone) {
    if (wanted.cron().isPresent()) {
      String cron = wanted.cron().get().strip();
      CronStyle style = cron.split("\\s+", -1).length == 5 ? CronStyle.UNIX : CronStyle.SPRING53;
      return Optional.of(new CronSchedule(cron, zone, style));
    }
    return wanted.every().map(text -> FixedDelay.of(Intervals.read(text)));
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}

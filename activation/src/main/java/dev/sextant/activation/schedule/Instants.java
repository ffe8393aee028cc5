// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.sextant.activation.run.Intervals;
import dev.sextant.model.Sync;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instants at which something is wanted. */
record Instants(Schedule schedule, Optional<Duration> every) {
  private static final int MOST = 1000;

  /** Cron expressions have five fields, or six with seconds in front; nothing where the clock does not matter. */
  static Optional<Instants> of(Sync.Schedule wanted, ZoneId zone) {
    if (wanted.cron().isPresent()) {
      String cron = wanted.cron().get().strip();
      CronStyle style = cron.split("\\s+", -1).length == 5 ? CronStyle.UNIX : CronStyle.SPRING53;
      return Optional.of(new Instants(new CronSchedule(cron, zone, style), Optional.empty()));
    }
    return wanted.every().map(Intervals::read).map(length -> new Instants(FixedDelay.of(length), Optional.of(length)));
  }

  Instant after(Instant instant) {
    return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(instant));
  }

  /** The instants after {@code due} that have passed, too: nobody was there. At most a thousand are counted. */
  List<Instant> missed(Instant due, Instant now) {
    List<Instant> missed = new ArrayList<>();
    for (Instant next = after(due); !next.isAfter(now) && missed.size() < MOST; next = after(next)) {
      missed.add(next);
    }
    return missed;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunState;
import dev.sextant.activation.run.Runner;
import dev.sextant.model.Definitions;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps runs going on a server: starts the clock and follows edits of schedules, takes up what dead servers left, and starts what waits for
 * others. Everything is found from the store, so that any server may do it and only one does.
 */
public final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.runs");
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int ENOUGH_DEATHS = 3;

  private final Activations activations;
  private final Supplier<ZoneId> zone;
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
      Thread.ofPlatform().name("run-watch").daemon().factory());
  private List<Activities.Wanted> wanted = List.of();
  private Optional<Schedules> schedules = Optional.empty();
  private Instant tidied = Instant.EPOCH;

  private Watch(Activations activations, Supplier<ZoneId> zone) {
    this.activations = activations;
    this.zone = zone;
  }

  /** Whether a model defines anything that runs. */
  public static boolean isWorthIt(SemanticModel model) {
    Definitions all = model.definitions();
    return !all.syncs().isEmpty() || !all.rollups().isEmpty() || !all.featureViews().isEmpty() || !all.trainingSets().isEmpty()
        || all.savedQueries().stream().anyMatch(query -> !query.exports().isEmpty());
  }

  /** Starts; cron expressions are read in the zone of the moment. */
  public static Watch start(Activations activations, Supplier<ZoneId> zone) {
    Watch watch = new Watch(activations, zone);
    long beat = Runner.beat(activations.patience());
    var unused = watch.ticks.scheduleWithFixedDelay(watch::tick, 0, beat, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void tick() {
    try {
      follow();
      var unused = activations.runner().bury(Optional.empty());
      activations.runs().orphans().forEach(this::recover);
      wanted.forEach(this::afterUpstream);
      tidy();
    } catch (SextantException failure) {
      LOG.warn("The watch over runs will look again: {}", failure.getMessage());
    } catch (RuntimeException bug) {
      LOG.error("The watch over runs failed and will look again", bug);
    }
  }

  /** Restarts the clock when what is wanted has changed. */
  private synchronized void follow() {
    List<Activities.Wanted> now = activations.activities().wishes();
    if (!now.equals(wanted)) {
      schedules.ifPresent(Schedules::close);
      List<Activities.Wanted> readable = now.stream().filter(this::isReadable).toList();
      boolean byClock = readable.stream().anyMatch(each -> Instants.of(each.wish().schedule(), zone.get()).isPresent());
      schedules = byClock ? Optional.of(Schedules.start(readable, zone.get(), activations)) : Optional.empty();
      wanted = now;
    }
  }

  /** One schedule that means nothing stops none of the others. */
  private boolean isReadable(Activities.Wanted each) {
    try {
      var unused = Instants.of(each.wish().schedule(), zone.get());
      return true;
    } catch (IllegalArgumentException malformed) {
      LOG.error("{} never runs by the clock, for its schedule cannot be read: {}", each.target(), malformed.getMessage());
      return false;
    }
  }

  /** What dies again and again is left alone: something about it kills servers. */
  private void recover(Run dead) {
    List<Run> last = activations.runs().list(Optional.of(dead.target()), ENOUGH_DEATHS);
    boolean hopeless = last.size() == ENOUGH_DEATHS && last.stream().allMatch(Watch::killedItsServer);
    if (!hopeless) {
      activations.startDue(new Run.Wanted(dead.target(), Run.Trigger.RECOVERY, dead.wanted().dueAt(), dead.wanted().scope(), "",
          Optional.empty()));
    }
  }

  /** A server that leaves in peace says that it let go of the run. */
  private static boolean killedItsServer(Run run) {
    return run.state() == RunState.DEAD && run.report().problem().isEmpty();
  }

  /** Starts what waits for something that has succeeded since it was last started. */
  private void afterUpstream(Activities.Wanted each) {
    each.wish().schedule().after().flatMap(activations.runs()::lastSuccess).ifPresent(succeeded -> {
      Optional<Run> own = activations.runs().list(Optional.of(each.target()), 1).stream().findFirst();
      boolean running = own.filter(run -> !run.state().isOver()).isPresent();
      if (!running && own.flatMap(Watch::newest).filter(instant -> !instant.isBefore(succeeded)).isEmpty()) {
        activations.startDue(Run.Wanted.now(each.target(), Run.Trigger.UPSTREAM, succeeded));
      }
    });
  }

  /** A run that was skipped several times counts from the last. */
  private static Optional<Instant> newest(Run run) {
    return run.state() == RunState.SKIPPED ? run.endedAt() : run.startedAt();
  }

  private void tidy() {
    Instant now = activations.clock().instant();
    if (tidied.plus(Duration.ofHours(1)).isBefore(now)) {
      activations.runs().forget(now.minus(KEPT));
      tidied = now;
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    synchronized (this) {
      schedules.ifPresent(Schedules::close);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts and times runs: how they ended, what they moved, when each last went well, and what was missed. */
final class RunMeters implements RunListener {
  private final MeterRegistry registry;
  private final AtomicLong running = new AtomicLong();
  private final Map<Run.Target, AtomicLong> successes = new ConcurrentHashMap<>();

  RunMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("sextant_runs_running", running, AtomicLong::doubleValue).description("Runs of this server right now").register(registry);
  }

  @Override
  public void began(Run run, Activity activity) {
    running.incrementAndGet();
  }

  @Override
  public void ended(Run run) {
    Run.Target target = run.target();
    String state = run.state().label();
    switch (run.state()) {
      case SKIPPED -> counter("sextant_runs_skipped", target).increment();
      case DEAD -> counter("sextant_runs_dead", target).increment();
      case DUE, RUNNING, SUCCEEDED, SUCCEEDED_WITH_REJECTS, FAILED, CANCELLED, GUARDED -> {
        running.decrementAndGet();
        run.startedAt().ifPresent(started -> timer(target, state).record(Duration.between(started, run.endedAt().orElse(started))));
        run.report()
            .counters()
            .forEach((name, rows) -> Counter.builder("sextant_run_rows")
                .description("Rows of runs by what became of them")
                .tag("kind", target.kind().label())
                .tag("name", target.name())
                .tag("counter", name)
                .register(registry)
                .increment(rows));
      }
    }
    if (run.state().isSuccess()) {
      run.endedAt().ifPresent(ended -> success(target).set(ended.getEpochSecond()));
    }
  }

  @Override
  public void missed(Run.Target target, List<Instant> instants, String why) {
    counter("sextant_runs_missed", target).increment(instants.size());
  }

  private Counter counter(String name, Run.Target target) {
    return Counter.builder(name).tag("kind", target.kind().label()).tag("name", target.name()).register(registry);
  }

  private Timer timer(Run.Target target, String state) {
    return Timer.builder("sextant_runs")
        .description("Runs by kind, name and how they ended")
        .tag("kind", target.kind().label())
        .tag("name", target.name())
        .tag("state", state)
        .register(registry);
  }

  private AtomicLong success(Run.Target target) {
    return successes.computeIfAbsent(target, first -> {
      AtomicLong at = new AtomicLong();
      Gauge.builder("sextant_run_last_success_seconds", at, AtomicLong::doubleValue)
          .description("When a run last went well, in seconds since 1970")
          .tag("kind", first.kind().label())
          .tag("name", first.name())
          .register(registry);
      return at;
    });
  }
}

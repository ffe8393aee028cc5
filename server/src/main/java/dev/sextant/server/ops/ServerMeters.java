// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.activation.RunListener;
import dev.sextant.cache.engine.ResultCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times what the doors do, for Prometheus. */
public final class ServerMeters implements AutoCloseable {
  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Request, Timer> requests = new ConcurrentHashMap<>();
  private final LongAdder rows = new LongAdder();
  private final RunListener runs = new RunMeters(registry);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private boolean watchesJvm;
  private boolean watchesCache;

  /** One kind of request and how it ended: {@code ok} or an error code. */
  public record Request(String door, String route, String outcome) {}

  public ServerMeters(RunningQueries running) {
    Gauge.builder("sextant_queries_running", running, RunningQueries::count).description("Queries that run right now").register(registry);
    FunctionCounter.builder("sextant_rows", rows, LongAdder::doubleValue).description("Rows answered").register(registry);
  }

  /** Counts and times the runs it hears of. */
  public RunListener runs() {
    return runs;
  }

  /** Binds the numbers of the cache, once. */
  public synchronized void watchCache(ResultCache cache) {
    if (watchesCache) {
      return;
    }
    watchesCache = true;
    for (String name : cache.counts().byName().keySet()) {
      if (name.equals("entries") || name.equals("bytes") || name.endsWith("_resting")) {
        Gauge.builder("sextant_cache_" + name, cache, held -> value(held, name)).description("The result cache now").register(registry);
      } else {
        FunctionCounter.builder("sextant_cache_" + name, cache, held -> value(held, name))
            .description("Since the result cache was opened")
            .register(registry);
      }
    }
  }

  private static double value(ResultCache cache, String name) {
    return cache.counts().byName().getOrDefault(name, 0L);
  }

  /** Binds the gauges of the JVM when they are first asked for: their classes would make every start slower. */
  private synchronized void watchJvm() {
    if (!watchesJvm) {
      new ClassLoaderMetrics().bindTo(registry);
      new JvmMemoryMetrics().bindTo(registry);
      new JvmThreadMetrics().bindTo(registry);
      new ProcessorMetrics().bindTo(registry);
      new UptimeMetrics().bindTo(registry);
      garbage.bindTo(registry);
      watchesJvm = true;
    }
  }

  @Override
  public void close() {
    garbage.close();
  }

  /** Notes a request that ended. */
  public void count(Request request, Duration took) {
    requests.computeIfAbsent(request, this::timer).record(took);
  }

  /** Notes rows that were answered. */
  public void countRows(long more) {
    rows.add(more);
  }

  private Timer timer(Request request) {
    return Timer.builder("sextant_requests")
        .description("Requests by door, route and outcome")
        .tag("door", request.door())
        .tag("route", request.route())
        .tag("outcome", request.outcome())
        .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofMillis(500),
            Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60))
        .register(registry);
  }

  /** Everything measured, in Prometheus' text form. */
  public String scrape() {
    watchJvm();
    return registry.scrape();
  }
}

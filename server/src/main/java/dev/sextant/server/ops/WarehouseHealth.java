// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks warehouses for a sign of life, not more often than every few seconds however often health is asked for. */
public final class WarehouseHealth {
  private static final Source PING = new Source.Query("select 1 as one");
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Map<String, Report> reports = new ConcurrentHashMap<>();

  /** How a warehouse is. */
  public record Report(String name, String type, Optional<String> problem, Instant at) {}

  public WarehouseHealth(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns one report per declared warehouse, in their order; {@code open} is waited for no longer than two seconds each. */
  public List<Report> check(List<WarehouseConfig> declared, Function<String, Warehouse> open) {
    List<Report> all = new ArrayList<>();
    for (WarehouseConfig config : declared) {
      all.add(reports.compute(config.name(), (name, known) -> known != null && isFresh(known) ? known : report(config, open)));
    }
    return all;
  }

  private boolean isFresh(Report report) {
    return report.at().plus(KEPT).isAfter(clock.instant());
  }

  private Report report(WarehouseConfig config, Function<String, Warehouse> open) {
    FutureTask<Optional<String>> ping = new FutureTask<>(() -> {
      var unused = open.apply(config.name()).describe(PING);
      return Optional.empty();
    });
    Thread.ofPlatform().name("ping-" + config.name()).daemon().start(ping);
    return new Report(config.name(), config.type(), problem(ping), clock.instant());
  }

  private static Optional<String> problem(FutureTask<Optional<String>> ping) {
    try {
      return ping.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      return Optional.of("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException failed) {
      return Optional.of(failed.getCause() instanceof SextantException known ? known.issue().message() : "the ping failed");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.of("the check was interrupted");
    }
  }
}

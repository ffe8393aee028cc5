// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.SextantException;
import dev.sextant.model.Source;
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

/** Asks warehouses for a sign of life, not more often than every few seconds however often health is asked for. */
public final class WarehouseHealth {
  private static final Source PING = new Source.Query("select 1 as one");
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Map<Warehouse, Report> reports = new ConcurrentHashMap<>();

  /** How a warehouse is. */
  public record Report(String name, String dialect, Optional<String> problem, Instant at) {}

  public WarehouseHealth(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns one report per warehouse, in their order; each is waited for no longer than two seconds. */
  public List<Report> check(List<Warehouse> warehouses) {
    reports.keySet().retainAll(warehouses);
    List<Report> all = new ArrayList<>();
    for (Warehouse warehouse : warehouses) {
      Report known = reports.get(warehouse);
      boolean fresh = known != null && known.at().plus(KEPT).isAfter(clock.instant());
      Report report = fresh ? known : new Report(warehouse.name(), warehouse.dialect(), problem(warehouse), clock.instant());
      reports.put(warehouse, report);
      all.add(report);
    }
    return all;
  }

  private static Optional<String> problem(Warehouse warehouse) {
    FutureTask<Optional<String>> ping = new FutureTask<>(() -> {
      var unused = warehouse.describe(PING);
      return Optional.empty();
    });
    Thread.ofPlatform().name("ping-" + warehouse.name()).daemon().start(ping);
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

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarehouseHealthTest {
  private static final List<WarehouseConfig> MAIN = List.of(
      new WarehouseConfig("main", "postgres", new LinkedHashMap<>(), List.of(), Position.NOWHERE));

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger pings = new AtomicInteger();
  private final WarehouseHealth health = new WarehouseHealth(now::get);

  private final Function<String, Warehouse> unreachable = name -> {
    pings.incrementAndGet();
    throw new SextantException(Issue.of(QueryIssue.WAREHOUSE_UNREACHABLE, Position.NOWHERE, "nobody answers"));
  };

  @Test
  void whatAWarehouseSaysIsTold() {
    assertThat(health.check(MAIN, unreachable)).singleElement()
        .satisfies(report -> assertThat(report.problem()).hasValue("nobody answers"));
  }

  @Test
  void warehousesAreNotAskedAtEveryLook() {
    health.check(MAIN, unreachable);
    health.check(MAIN, unreachable);
    assertThat(pings).hasValue(1);
    now.set(Instant.EPOCH.plus(Duration.ofSeconds(6)));
    health.check(MAIN, unreachable);
    assertThat(pings).hasValue(2);
  }

  @Test
  void aSilentWarehouseIsNotWaitedForLong() {
    Instant started = Instant.now();
    assertThat(health.check(MAIN, name -> {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException();
    })).singleElement().satisfies(report -> assertThat(report.problem().orElseThrow()).contains("no answer within 2 s"));
    assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.key.Ages;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.cache.store.LowerTiers;
import dev.sextant.cache.store.MemoryStore;
import dev.sextant.cache.store.Turns;
import dev.sextant.cache.testing.Asking;
import dev.sextant.cache.testing.TestWarehouse;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlightsTest {
  private static final MetricQuery QUESTION = Asking.question("a", Optional.empty(), MetricQuery.CacheUse.USE);

  private final TestWarehouse warehouse = new TestWarehouse();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void whoLookedBeforeAFlightLandedTakesWhatItBrought() {
    KeyedQuery question = new KeyedQuery(warehouse.plan(QUESTION, Caller.ANONYMOUS), MetricQuery.CacheUse.USE,
        new Ages(Duration.ofMinutes(1), Duration.ofMinutes(1)));
    try (BufferAllocator memory = new RootAllocator(); MemoryStore store = new MemoryStore(CacheSettings.of(Map.of()).memoryBytes())) {
      LowerTiers none = new LowerTiers(List.of(), memory);
      Flights flights = new Flights(store, none, new Turns(Optional.empty(), none, memory), memory, Long.MAX_VALUE, () -> now, new Tally(),
          Optional.empty());
      assertThat(from(flights, question)).isEqualTo(Collecting.From.WAREHOUSE);
      assertThat(from(flights, question)).isEqualTo(Collecting.From.TIER);
      assertThat(warehouse.runs).hasValue(1);
      now = now.plusSeconds(61);
      assertThat(from(flights, question)).as("too old").isEqualTo(Collecting.From.WAREHOUSE);
      assertThat(warehouse.runs).hasValue(2);
    }
    warehouse.memory.close();
  }

  private static Collecting.From from(Flights flights, KeyedQuery question) {
    CacheKey key = question.key(List.of()).orElseThrow();
    Collecting.Outcome.Whole whole = (Collecting.Outcome.Whole) flights.fetch(key, question, false, QueryControl.unlimited("q"));
    whole.result().release();
    return whole.from();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CachePlace;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.freshness.Lineage;
import dev.sextant.cache.store.DiskTier;
import dev.sextant.cache.store.GuardedTier;
import dev.sextant.cache.store.LowerTiers;
import dev.sextant.cache.store.RedisTier;
import dev.sextant.cache.store.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;

/** The tiers that settings name, and the thread that brings together what servers were told of changes. */
record OpenTiers(LowerTiers lower, Turns turns, CountDownLatch closed) implements AutoCloseable {
  private static final long EXCHANGE_EVERY_MILLIS = 1_000;

  static OpenTiers open(CacheSettings.Tiers settings, Optional<CachePlace> place, BufferAllocator memory, Lineage lineage) {
    List<GuardedTier<?>> tiers = new ArrayList<>();
    Duration rest = settings.rest();
    place.filter(any -> settings.diskBytes().isPresent())
        .ifPresent(
            at -> tiers.add(new GuardedTier<>(new DiskTier(at.folder().resolve(at.space()), settings.diskBytes().getAsLong()), rest)));
    Optional<GuardedTier<RedisTier>> redis = place.flatMap(at -> settings.redis()
        .map(address -> new GuardedTier<>(new RedisTier(address, at.space(), settings.redisKeeps(), settings.redisEntryBytes()), rest)));
    redis.ifPresent(tiers::add);
    LowerTiers lower = new LowerTiers(tiers, memory);
    OpenTiers open = new OpenTiers(lower, new Turns(redis, lower, memory), new CountDownLatch(1));
    if (!tiers.isEmpty()) {
      open.exchange(lineage);
      Thread.ofPlatform().name("cache-changes").daemon().start(() -> open.exchangeAgainAndAgain(lineage));
    }
    return open;
  }

  /** Tells the tiers what this server was told, and learns what others were. */
  void exchange(Lineage lineage) {
    if (!lower.areNone()) {
      lineage.learn(lower.exchange(lineage.changes()));
    }
  }

  private void exchangeAgainAndAgain(Lineage lineage) {
    try {
      while (!closed.await(EXCHANGE_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        exchange(lineage);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    lower.close();
  }
}

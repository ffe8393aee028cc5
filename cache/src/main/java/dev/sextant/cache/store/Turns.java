// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.query.QueryControl;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;

/** Lets one of the servers that share a Redis ask the warehouse a question; the others wait for the answer it keeps there. */
public final class Turns {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final int RENEWALS = 3;
  private static final long LOOK_EVERY_MILLIS = 25;

  private final Optional<GuardedTier<RedisTier>> redis;
  private final LowerTiers tiers;
  private final BufferAllocator memory;

  /** What somebody who waited for a turn gets. */
  public sealed interface Turn {
    /** The turn to ask the warehouse; closing it, after the answer was put, lets the others go on. */
    record Mine(Runnable end) implements Turn {}

    /** What another server answered, with one lease. */
    record Answered(CachedResult result) implements Turn {}
  }

  /** Without a {@code redis} it is everybody's turn. */
  public Turns(Optional<GuardedTier<RedisTier>> redis, LowerTiers tiers, BufferAllocator memory) {
    this.redis = redis;
    this.tiers = tiers;
    this.memory = memory;
  }

  /** Waits for a turn, or for another server's answer if it is {@code wanted}. When Redis fails, nobody waits. */
  public Turn take(CacheKey key, Predicate<CachedResult> wanted, QueryControl control) {
    if (redis.isEmpty()) {
      return new Turn.Mine(() -> {});
    }
    while (true) {
      Optional<Boolean> leased = redis.get().call(tier -> Optional.of(tier.lease(key, LEASE)), Optional.empty());
      if (leased.isEmpty()) {
        return new Turn.Mine(() -> {});
      }
      if (leased.get()) {
        return new Turn.Mine(held(key, redis.get()));
      }
      pause(control);
      Optional<CachedResult> theirs = redis.get()
          .<Optional<CachedResult>>call(tier -> tier.find(key, memory), Optional.empty())
          .flatMap(found -> found.onlyIf(wanted));
      if (theirs.isPresent()) {
        return new Turn.Answered(theirs.get());
      }
    }
  }

  private static void pause(QueryControl control) {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    control.check();
  }

  /** Holds the lease for as long as it takes; it is given back after what was to be written before. */
  private Runnable held(CacheKey key, GuardedTier<RedisTier> on) {
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofVirtual().name("cache-lease").start(() -> {
      try {
        while (!over.await(LEASE.toMillis() / RENEWALS, TimeUnit.MILLISECONDS)) {
          on.act(tier -> tier.renew(key, LEASE));
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    });
    return () -> {
      over.countDown();
      tiers.later(() -> on.act(tier -> tier.release(key)), () -> {});
    };
  }
}

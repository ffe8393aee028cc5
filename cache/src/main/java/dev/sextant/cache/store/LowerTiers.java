// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.LowerTier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The tiers below memory, the nearest first. Reading waits for them, writing is done behind everybody's back. A tier is not used before it
 * told which datasets have changed.
 */
public final class LowerTiers implements AutoCloseable {
  private static final int MOST_WAITING = 64;
  private static final long PATIENCE_SECONDS = 5;

  private final List<Tier> tiers;
  private final BufferAllocator memory;
  private final LongAdder dropped = new LongAdder();
  private final ThreadPoolExecutor writer = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
      Thread.ofPlatform().name("cache-writer").daemon().factory());

  private static final class Tier {
    private final GuardedTier<?> guarded;
    private final LongAdder hits = new LongAdder();
    private volatile boolean known;

    private Tier(GuardedTier<?> guarded) {
      this.guarded = guarded;
    }
  }

  /** Answers that are read stand in {@code memory}. */
  public LowerTiers(List<GuardedTier<?>> tiers, BufferAllocator memory) {
    this.tiers = tiers.stream().map(Tier::new).toList();
    this.memory = memory;
    writer.allowCoreThreadTimeOut(true);
  }

  public boolean areNone() {
    return tiers.isEmpty();
  }

  /** Finds an answer, with one lease, and puts it into the tiers above the one it is in. */
  public Optional<CachedResult> find(CacheKey key) {
    for (int i = 0; i < tiers.size(); i++) {
      Tier tier = tiers.get(i);
      Optional<CachedResult> found = tier.known ? tier.guarded.call(on -> on.find(key, memory), Optional.empty()) : Optional.empty();
      if (found.isPresent()) {
        tier.hits.increment();
        put(key, found.get(), tiers.subList(0, i));
        return found;
      }
    }
    return Optional.empty();
  }

  /** Keeps an answer in every tier, soon. */
  public void put(CacheKey key, CachedResult result) {
    put(key, result, tiers);
  }

  private void put(CacheKey key, CachedResult result, List<Tier> into) {
    if (into.isEmpty() || !result.retain()) {
      return;
    }
    later(() -> {
      try {
        into.stream().filter(tier -> tier.known).forEach(tier -> tier.guarded.act(on -> on.put(key, result)));
      } finally {
        result.release();
      }
    }, result::release);
  }

  /** Does something after all that was to be written before; {@code instead} if there is too much already. */
  void later(Runnable work, Runnable instead) {
    try {
      writer.execute(work);
    } catch (RejectedExecutionException tooMuch) {
      dropped.increment();
      instead.run();
    }
  }

  /** Lets go of what nobody will find any more. */
  public void clear() {
    later(() -> tiers.forEach(tier -> tier.guarded.act(LowerTier::clear)), () -> {});
  }

  /** Brings what this server knows of changes and what the tiers know together, and returns all of it. */
  public Map<String, Long> exchange(Map<String, Long> mine) {
    Map<String, Long> all = new LinkedHashMap<>(mine);
    Map<Tier, Map<String, Long>> told = new LinkedHashMap<>();
    for (Tier tier : tiers) {
      Optional<Map<String, Long>> theirs = tier.guarded.call(on -> Optional.of(on.changes()), Optional.empty());
      tier.known |= theirs.isPresent();
      theirs.ifPresent(changes -> {
        told.put(tier, changes);
        changes.forEach((dataset, time) -> all.merge(dataset, time, Math::max));
      });
    }
    told.forEach((tier, theirs) -> tell(tier, newer(all, theirs)));
    return all;
  }

  private static Map<String, Long> newer(Map<String, Long> all, Map<String, Long> than) {
    Map<String, Long> newer = new LinkedHashMap<>();
    all.forEach((dataset, time) -> {
      if (time > than.getOrDefault(dataset, 0L)) {
        newer.put(dataset, time);
      }
    });
    return newer;
  }

  /** A tier that cannot note what has changed must not answer after a restart as if nothing had. */
  private static void tell(Tier tier, Map<String, Long> changes) {
    if (!changes.isEmpty() && !tier.guarded.act(on -> on.changed(changes))) {
      tier.guarded.act(LowerTier::clear);
    }
  }

  /** What the tiers did, by name. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Tier tier : tiers) {
      String name = tier.guarded.tier().name();
      counts.put(name + "_hits", tier.hits.sum());
      counts.put(name + "_failures", tier.guarded.failures());
      counts.put(name + "_resting", tier.guarded.rests() ? 1L : 0L);
    }
    if (!tiers.isEmpty()) {
      counts.put("writes_dropped", dropped.sum());
    }
    return counts;
  }

  /** Waits a moment for what is to be written. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    tiers.forEach(tier -> tier.guarded.close());
  }
}

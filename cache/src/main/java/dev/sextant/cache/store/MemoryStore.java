// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers in memory, up to a number of bytes; those least likely to be asked again go first. */
public final class MemoryStore implements AutoCloseable {
  private static final int KILO = 1024;
  /** What an entry costs beside its rows. */
  private static final long OVERHEAD = 2 * KILO;

  private final Cache<CacheKey, CachedResult> entries;

  public MemoryStore(long bytes) {
    this.entries = Caffeine.newBuilder()
        .maximumWeight(Math.max(1, bytes / KILO))
        .weigher(MemoryStore::kilobytes)
        .executor(Runnable::run)
        .removalListener(MemoryStore::removed)
        .build();
  }

  private static int kilobytes(CacheKey key, CachedResult result) {
    return (int) Math.min(Integer.MAX_VALUE, 1 + (result.bytes() + OVERHEAD) / KILO);
  }

  private static void removed(@Nullable CacheKey key, @Nullable CachedResult result, RemovalCause cause) {
    if (result != null) {
      result.release();
    }
  }

  /** Finds an answer and takes a lease on it, which the caller gives back. */
  public Optional<CachedResult> find(CacheKey key) {
    return Optional.ofNullable(entries.getIfPresent(key)).filter(CachedResult::retain);
  }

  /** Keeps an answer under a lease of its own, in place of an older one. */
  public void put(CacheKey key, CachedResult result) {
    if (result.retain()) {
      entries.put(key, result);
    }
  }

  /** Weighs an entry again that has grown; one that is no longer there stays away. */
  public void weighAgain(CacheKey key, CachedResult result) {
    entries.asMap().computeIfPresent(key, (same, held) -> {
      // Caffeine tells of a value that is replaced by another one only, so the lease stays as it is.
      return held;
    });
  }

  public long entryCount() {
    return entries.asMap().size();
  }

  /** What the entries weigh. */
  public long bytes() {
    return entries.policy().eviction().map(policy -> policy.weightedSize().orElse(0)).orElse(0L) * KILO;
  }

  /** Lets go of everything. */
  public void clear() {
    entries.invalidateAll();
    entries.cleanUp();
  }

  @Override
  public void close() {
    clear();
  }
}

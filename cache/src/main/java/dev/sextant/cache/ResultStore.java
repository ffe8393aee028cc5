// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import java.util.Optional;

/** Keeps answers for a while. Safe for use by many threads; what it cannot keep or find it does without. */
public interface ResultStore extends AutoCloseable {

  /** Finds an answer and takes a lease on it, which the caller gives back. */
  Optional<CachedResult> find(CacheKey key);

  /** Keeps an answer under a lease of its own, in place of an older one. */
  void put(CacheKey key, CachedResult result);

  /** Lets go of everything. */
  void clear();

  @Override
  void close();
}

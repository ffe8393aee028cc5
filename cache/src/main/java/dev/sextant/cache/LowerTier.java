// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Keeps answers outside this process, where reading and writing may fail. */
public interface LowerTier extends AutoCloseable {

  /** What it is called in logs and metrics. */
  String name();

  /** Reads an answer into {@code memory}, with one lease. */
  Optional<CachedResult> find(CacheKey key, BufferAllocator memory) throws IOException;

  /** Writes an answer, in place of an older one. */
  void put(CacheKey key, CachedResult result) throws IOException;

  /** Lets go of everything that only this server finds. */
  void clear() throws IOException;

  /** When datasets were last said to have changed, as far as it was told: milliseconds by dataset. */
  Map<String, Long> changes() throws IOException;

  /** Notes when datasets were said to have changed; later times stand. */
  void changed(Map<String, Long> times) throws IOException;

  @Override
  void close();
}

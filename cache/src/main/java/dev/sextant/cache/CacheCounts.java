// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cache did since it was opened, and what it holds. {@code supersets} are answers made from
 * others that hold more, {@code shared} questions that waited for the same run as another,
 * {@code tooLarge} answers that did not fit, {@code tiers} what those below memory did, by name.
 */
public record CacheCounts(long hits, long supersets, long stale, long misses, long shared, long tooLarge, long refreshFailures,
    long entries, long bytes,
    Map<String, Long> tiers) {
  public static final CacheCounts NONE = new CacheCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, new LinkedHashMap<>());

  public CacheCounts {
    tiers = Collections.unmodifiableMap(new LinkedHashMap<>(tiers));
  }

  /** The numbers by the names they have outside, in order. */
  public Map<String, Long> byName() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("hits", hits);
    counts.put("supersets", supersets);
    counts.put("stale", stale);
    counts.put("misses", misses);
    counts.put("shared", shared);
    counts.put("too_large", tooLarge);
    counts.put("refresh_failures", refreshFailures);
    counts.put("entries", entries);
    counts.put("bytes", bytes);
    counts.putAll(tiers);
    return counts;
  }
}

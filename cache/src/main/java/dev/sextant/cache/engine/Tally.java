// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the cache does. */
final class Tally {
  private final Map<What, LongAdder> counts = new EnumMap<>(What.class);

  /** What is counted. */
  enum What {
    HIT, SUPERSET, STALE, MISS, SHARED, TOO_LARGE, REFRESH_FAILURE;

    /** What answers call it. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Tally() {
    for (What what : What.values()) {
      counts.put(what, new LongAdder());
    }
  }

  void count(What what) {
    Objects.requireNonNull(counts.get(what)).increment();
  }

  long of(What what) {
    return Objects.requireNonNull(counts.get(what)).sum();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.key;

import dev.sextant.cache.CacheSettings;
import dev.sextant.query.MetricQuery;
import java.time.Duration;
import java.time.Instant;

/** How old an answer may be: up to {@code fresh} it is as good as new, up to {@code most} it may be served while it is fetched anew. */
public record Ages(Duration fresh, Duration most) {
  private static final Duration ANY = Duration.ofDays(365 * 100L);

  /**
   * The ages a query allows: its own {@code max_age}, else the settings'. Where version queries tell of every change, an answer of the current
   * version is fresh at any age that is not ruled out.
   */
  public static Ages of(MetricQuery.Options options, CacheSettings settings, boolean changesAreTold) {
    Duration most = options.maxAge()
        .map(text -> CacheSettings.age(text, "max_age"))
        .or(settings::maxAge)
        .orElse(changesAreTold ? ANY : Duration.ZERO);
    Duration fresh = settings.refreshAfter().filter(after -> after.compareTo(most) < 0 && !changesAreTold).orElse(most);
    return new Ages(fresh, most);
  }

  /** How old what was asked {@code asOf} is; clocks may differ, nothing is younger than new. */
  public static Duration between(Instant asOf, Instant now) {
    return now.isBefore(asOf) ? Duration.ZERO : Duration.between(asOf, now);
  }

  /** Whether anything kept may be served at all. */
  public boolean allowAny() {
    return !most.isZero();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.freshness;

import dev.sextant.cache.CacheSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The versions of datasets: each moves on when somebody says that the dataset has changed, and with the answer to the dataset's version query
 * where the settings name one.
 */
public final class Lineage {
  private final CacheSettings settings;
  private final VersionQueries queries;
  private final InstantSource clock;
  private final AtomicLong everything = new AtomicLong();
  private final Map<String, AtomicLong> told = new ConcurrentHashMap<>();
  private final Map<String, Checked> checked = new ConcurrentHashMap<>();

  /** Runs version queries. */
  public interface VersionQueries {

    /** What a dataset's version query answers now; an exception where it fails. */
    String version(String dataset, String sql);
  }

  private static final class Checked {
    private Instant at = Instant.MIN;
    private Optional<String> version = Optional.empty();
  }

  public Lineage(CacheSettings settings, VersionQueries queries, InstantSource clock) {
    this.settings = settings;
    this.queries = queries;
    this.clock = clock;
  }

  /** The versions of datasets, only those that ever moved or are checked; nothing where one cannot be told, then nothing may be kept. */
  public Optional<List<String>> versions(List<String> datasets) {
    List<String> versions = new ArrayList<>();
    if (everything.get() > 0) {
      versions.add("*=" + everything.get());
    }
    for (String dataset : datasets) {
      AtomicLong moved = told.get(dataset);
      if (moved != null) {
        versions.add(dataset + "=" + moved.get());
      }
      if (settings.versions().containsKey(dataset)) {
        Optional<String> version = checked(dataset);
        if (version.isEmpty()) {
          return Optional.empty();
        }
        versions.add(dataset + ":" + version.get());
      }
    }
    return Optional.of(versions);
  }

  /** Whether the version query of every one of the datasets tells when it changes. */
  public boolean tellsChanges(List<String> datasets) {
    return !datasets.isEmpty() && settings.versions().keySet().containsAll(datasets);
  }

  private Optional<String> checked(String dataset) {
    Checked check = checked.computeIfAbsent(dataset, any -> new Checked());
    synchronized (check) {
      Instant now = clock.instant();
      if (check.version.isEmpty() || !check.at.plus(settings.checkEvery()).isAfter(now)) {
        check.version = asked(dataset);
        check.at = now;
      }
      return check.version;
    }
  }

  private Optional<String> asked(String dataset) {
    try {
      return Optional.of(queries.version(dataset, settings.versions().getOrDefault(dataset, "")));
    } catch (RuntimeException failed) {
      return Optional.empty();
    }
  }

  /** Notes that datasets have changed. */
  public void changed(List<String> datasets) {
    datasets.forEach(dataset -> {
      told.computeIfAbsent(dataset, any -> new AtomicLong()).incrementAndGet();
      checked.remove(dataset);
    });
  }

  /** Notes that anything may have changed. */
  public void everythingChanged() {
    everything.incrementAndGet();
    checked.clear();
  }

  /** How often each dataset was said to have changed. */
  public Map<String, Long> changes() {
    Map<String, Long> changes = new LinkedHashMap<>();
    told.forEach((dataset, count) -> changes.put(dataset, count.get()));
    return changes;
  }
}

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

/**
 * The versions of datasets: each moves on when somebody says that the dataset has changed, and with the answer to the dataset's version query
 * where the settings name one.
 */
public final class Lineage {
  private static final String EVERYTHING = "*";

  private final CacheSettings settings;
  private final VersionQueries queries;
  private final InstantSource clock;
  private final Map<String, Long> told = new ConcurrentHashMap<>();
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
    moved(EVERYTHING, versions);
    for (String dataset : datasets) {
      moved(dataset, versions);
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

  private void moved(String dataset, List<String> versions) {
    Long time = told.get(dataset);
    if (time != null) {
      versions.add(dataset + "=" + time);
    }
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

  /** Notes that datasets have changed, later than ever before. */
  public void changed(List<String> datasets) {
    long now = clock.millis();
    datasets.forEach(dataset -> {
      told.merge(dataset, now, (last, same) -> Math.max(last + 1, now));
      checked.remove(dataset);
    });
  }

  /** Notes that anything may have changed. */
  public void everythingChanged() {
    changed(List.of(EVERYTHING));
    checked.clear();
  }

  /** When each dataset was last said to have changed, in milliseconds; a star stands for all of them. */
  public Map<String, Long> changes() {
    return new LinkedHashMap<>(told);
  }

  /** Takes over what others were told; later times stand. */
  public void learn(Map<String, Long> changes) {
    changes.forEach((dataset, time) -> {
      if (time > told.getOrDefault(dataset, 0L)) {
        told.merge(dataset, time, Math::max);
        if (dataset.equals(EVERYTHING)) {
          checked.clear();
        } else {
          checked.remove(dataset);
        }
      }
    });
  }
}

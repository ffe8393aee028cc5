// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheCounts;
import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachePlace;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.engine.Tally.What;
import dev.sextant.cache.freshness.Lineage;
import dev.sextant.cache.key.Ages;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.cache.store.MemoryStore;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.rounding.SegmentRoundingPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions from kept answers, and keeps those of the warehouse: whole ones only, never an error. Questions that miss at the same time
 * share one run.
 */
public final class ResultCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.cache");
  private static final long ROUNDING = 1024;

  private final CacheSettings settings;
  private final Lineage lineage;
  private final InstantSource clock;
  private final BufferAllocator memory = new RootAllocator(AllocationListener.NOOP, Long.MAX_VALUE, new SegmentRoundingPolicy(ROUNDING));
  private final MemoryStore store;
  private final OpenTiers tiers;
  private final Tally tally = new Tally();
  private final Flights flights;

  /** Asks for the versions of datasets. */
  public interface Versions extends Lineage.VersionQueries {}

  /** A cache in memory only. */
  public ResultCache(CacheSettings settings, Versions versions, InstantSource clock) {
    this(settings, versions, clock, Optional.empty());
  }

  /** A cache with the tiers that its settings name, at a place. */
  public ResultCache(CacheSettings settings, Versions versions, InstantSource clock, CachePlace place) {
    this(settings, versions, clock, Optional.of(place));
  }

  private ResultCache(CacheSettings settings, Versions versions, InstantSource clock, Optional<CachePlace> place) {
    this.settings = settings;
    this.lineage = new Lineage(settings, versions, clock);
    this.clock = clock;
    this.store = new MemoryStore(settings.memoryBytes());
    this.tiers = OpenTiers.open(settings.tiers(), place, memory, lineage);
    this.flights = new Flights(store, tiers.lower(), tiers.turns(), memory, settings.entryBytes(), clock, tally,
        settings.supersets() ? Optional.of(new Supersets(store, lineage, clock, memory, settings.entryBytes())) : Optional.empty());
  }

  /** Notes with a planned question what its options say of kept answers; they may be wrong, then this throws. */
  KeyedQuery keyed(PlannedQuery query, Options options) {
    return new KeyedQuery(query, options.cache(), Ages.of(options, settings, lineage.tellsChanges(query.datasets())));
  }

  /** Answers a planned question as its options allow. */
  QueryResult answer(KeyedQuery question, QueryControl control) {
    control.check();
    if (question.use() == CacheUse.OFF || !question.ages().allowAny()) {
      return question.query().run(control);
    }
    Optional<CacheKey> key = lineage.versions(question.query().datasets()).flatMap(question::key);
    if (key.isEmpty()) {
      return question.query().run(control);
    }
    long started = System.nanoTime();
    Optional<CachedResult> kept = question.use() == CacheUse.USE ? store.find(key.get()) : Optional.empty();
    return kept.flatMap(found -> served(found, key.get(), question, control, started, What.HIT))
        .orElseGet(() -> fetched(key.get(), question, control, started));
  }

  /** Serves a kept answer, if it is not too old; its lease goes either way. {@code how} it is one while it is fresh. */
  private Optional<QueryResult> served(CachedResult kept, CacheKey key, KeyedQuery question, QueryControl control, long started, What how) {
    Ages ages = question.ages();
    Duration age = Ages.between(kept.asOf(), clock.instant());
    if (age.compareTo(ages.most()) > 0) {
      kept.release();
      return Optional.empty();
    }
    boolean fresh = age.compareTo(ages.fresh()) <= 0;
    What told = fresh ? how : What.STALE;
    tally.count(told);
    if (!fresh) {
      flights.refresh(key, question);
    }
    Map<String, Long> stages = new LinkedHashMap<>();
    stages.put("cache", (System.nanoTime() - started) / 1_000);
    return Optional.of(answer(kept, key, control, told.label(), age.toMillis(), stages));
  }

  private QueryResult answer(CachedResult kept, CacheKey key, QueryControl control, String how, long ageMillis, Map<String, Long> stages) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cache", how);
    notes.put("age_ms", String.valueOf(ageMillis));
    notes.putAll(kept.notes());
    return new KeptAnswer(kept, new QueryFacts(control.queryId(), key.statements(), stages, notes),
        new KeptForms(kept, key, store, settings.entryBytes()));
  }

  private QueryResult fetched(CacheKey key, KeyedQuery question, QueryControl control, long started) {
    boolean anew = question.use() == CacheUse.REFRESH;
    while (true) {
      switch (flights.fetch(key, question, anew, control)) {
        case Collecting.Outcome.Whole whole when whole.from() != Collecting.From.WAREHOUSE -> {
          What how = whole.from() == Collecting.From.SUPERSET ? What.SUPERSET : What.HIT;
          Optional<QueryResult> served = served(whole.result(), key, question, control, started, how);
          if (served.isPresent()) {
            return served.get();
          }
          anew = true; // good enough for who fetched it, too old for this question
        }
        case Collecting.Outcome.Whole whole -> {
          tally.count(What.MISS);
          return answer(whole.result(), key, control, What.MISS.label(), 0, whole.stageMicros());
        }
        case Collecting.Outcome.TooLarge large -> {
          tally.count(What.MISS);
          return large.result();
        }
      }
    }
  }

  /** Answers that read these datasets count no longer. */
  public void changed(List<String> datasets) {
    lineage.changed(datasets);
    tiers.exchange(lineage);
  }

  /** No answer counts any longer. */
  public void everythingChanged() {
    lineage.everythingChanged();
    tiers.exchange(lineage);
    store.clear();
    tiers.lower().clear();
  }

  public CacheCounts counts() {
    return new CacheCounts(tally.of(What.HIT), tally.of(What.SUPERSET), tally.of(What.STALE), tally.of(What.MISS), tally.of(What.SHARED),
        tally.of(What.TOO_LARGE),
        tally.of(What.REFRESH_FAILURE), store.entryCount(), store.bytes(), tiers.lower().counts());
  }

  @Override
  public void close() {
    flights.stop();
    tiers.close();
    store.close();
    try {
      memory.close();
    } catch (IllegalStateException stillRead) {
      LOG.debug("Answers are still being read", stillRead);
    }
  }
}

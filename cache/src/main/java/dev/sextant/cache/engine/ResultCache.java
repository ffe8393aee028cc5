// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheCounts;
import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.freshness.Lineage;
import dev.sextant.cache.key.Ages;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.cache.store.MemoryStore;
import dev.sextant.model.SextantException;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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
  private final Map<CacheKey, Flight> flights = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder shared = new LongAdder();
  private final LongAdder tooLarge = new LongAdder();
  private final LongAdder refreshFailures = new LongAdder();

  public ResultCache(CacheSettings settings, Versions versions, InstantSource clock) {
    this.settings = settings;
    this.lineage = new Lineage(settings, versions, clock);
    this.clock = clock;
    this.store = new MemoryStore(settings.memoryBytes());
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
    return kept.flatMap(found -> served(found, key.get(), question, control, started))
        .orElseGet(() -> fetched(key.get(), question, control));
  }

  private Optional<QueryResult> served(CachedResult kept, CacheKey key, KeyedQuery question, QueryControl control, long started) {
    Ages ages = question.ages();
    Duration age = Duration.between(kept.asOf(), clock.instant());
    if (age.compareTo(ages.most()) > 0) {
      kept.release();
      return Optional.empty();
    }
    boolean fresh = age.compareTo(ages.fresh()) <= 0;
    if (fresh) {
      hits.increment();
    } else {
      stale.increment();
      refresh(key, question);
    }
    Map<String, Long> stages = new LinkedHashMap<>();
    stages.put("cache", (System.nanoTime() - started) / 1_000);
    return Optional.of(answer(kept, key, control, fresh ? "hit" : "stale", Math.max(0, age.toMillis()), stages));
  }

  private QueryResult answer(CachedResult kept, CacheKey key, QueryControl control, String how, long ageMillis, Map<String, Long> stages) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("cache", how);
    notes.put("age_ms", String.valueOf(ageMillis));
    notes.putAll(kept.notes());
    return new KeptAnswer(kept, new QueryFacts(control.queryId(), key.statements(), stages, notes),
        new KeptForms(kept, key, store, settings.entryBytes()));
  }

  /** Asks for the versions of datasets. */
  public interface Versions extends Lineage.VersionQueries {}

  /** Runs the question, or waits for who runs it already. */
  private QueryResult fetched(CacheKey key, KeyedQuery question, QueryControl control) {
    misses.increment();
    while (true) {
      Optional<Flight> own = begin(key, question, control.queryId());
      Flight flight = own.orElse(flights.get(key));
      if (flight == null || own.isEmpty() && !flight.join()) {
        Thread.onSpinWait();
        continue;
      }
      if (own.isEmpty()) {
        shared.increment();
      }
      try {
        switch (flight.await(control)) {
          case Collecting.Outcome.Whole whole -> {
            if (whole.result().retain()) {
              return answer(whole.result(), key, control, "miss", 0, whole.stageMicros());
            }
          }
          case Collecting.Outcome.TooLarge large -> {
            return flight.take(large, control)
                .<QueryResult>map(Collecting.Outcome.TooLarge::result)
                .orElseGet(() -> question.query().run(control));
          }
        }
      } catch (SextantException failure) {
        // Somebody else's run was stopped: that says nothing about this question.
        if (!wasStopped(failure) || own.isPresent()) {
          throw failure;
        }
      } finally {
        leave(key, flight);
      }
      control.check();
    }
  }

  private static boolean wasStopped(SextantException failure) {
    return failure.issue().code() == QueryIssue.CANCELLED || failure.issue().code() == QueryIssue.DEADLINE_EXCEEDED;
  }

  /** Starts a flight unless there is one. */
  private Optional<Flight> begin(CacheKey key, KeyedQuery question, String queryId) {
    Flight flight = new Flight(queryId);
    if (flights.putIfAbsent(key, flight) != null) {
      return Optional.empty();
    }
    Thread.ofVirtual().name("cache-fill").start(() -> fly(flight, key, question));
    return Optional.of(flight);
  }

  private void fly(Flight flight, CacheKey key, KeyedQuery question) {
    try {
      Instant asOf = clock.instant();
      Collecting.Outcome outcome = new Collecting(memory, settings.entryBytes()).collect(question.query().run(flight.control()), asOf);
      switch (outcome) {
        case Collecting.Outcome.Whole whole -> store.put(key, whole.result());
        case Collecting.Outcome.TooLarge large -> tooLarge.increment();
      }
      flights.remove(key, flight);
      flight.land(outcome);
    } catch (Throwable failure) {
      flights.remove(key, flight);
      flight.fail(failure);
    }
  }

  private void refresh(CacheKey key, KeyedQuery question) {
    begin(key, question, "refresh").ifPresent(flight -> Thread.ofVirtual().name("cache-refresh").start(() -> {
      try {
        flight.await(flight.control());
      } catch (RuntimeException failure) {
        refreshFailures.increment();
        LOG.warn("An answer could not be fetched anew, the old one serves on: {}", failure.getMessage());
      } finally {
        leave(key, flight);
      }
    }));
  }

  private void leave(CacheKey key, Flight flight) {
    if (flight.leave()) {
      flights.remove(key, flight);
    }
  }

  /** Answers that read these datasets count no longer. */
  public void changed(List<String> datasets) {
    lineage.changed(datasets);
  }

  /** No answer counts any longer. */
  public void everythingChanged() {
    lineage.everythingChanged();
    store.clear();
  }

  public CacheCounts counts() {
    return new CacheCounts(hits.sum(), stale.sum(), misses.sum(), shared.sum(), tooLarge.sum(), refreshFailures.sum(), store.entryCount(),
        store.bytes());
  }

  @Override
  public void close() {
    flights.values().forEach(flight -> flight.control().stop(QueryIssue.CANCELLED));
    store.close();
    try {
      memory.close();
    } catch (IllegalStateException stillRead) {
      LOG.debug("Answers are still being read", stillRead);
    }
  }
}

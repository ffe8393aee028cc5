// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.freshness.Lineage;
import dev.sextant.cache.key.Ages;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.cache.store.MemoryStore;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.KeptRows;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers from others in memory that hold more: finer groups, more columns, fewer filters. Which do, the planner knows. */
final class Supersets {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.cache");
  private static final int MOST = 256;

  private final MemoryStore store;
  private final Lineage lineage;
  private final InstantSource clock;
  private final Collecting collecting;
  private final Map<CacheKey, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<CacheKey, Known> eldest) {
      return size() > MOST;
    }
  };

  /** A question whose answer of so many rows may still be in memory. */
  private record Known(KeyedQuery question, long rows) {}

  Supersets(MemoryStore store, Lineage lineage, InstantSource clock, BufferAllocator memory, long mostBytes) {
    this.store = store;
    this.lineage = lineage;
    this.clock = clock;
    this.collecting = new Collecting(memory, mostBytes);
  }

  /** Notes an answer that is kept now; whether it is of use to others must not stop it. */
  void note(KeyedQuery question, long rows) {
    try {
      if (question.query().mayAnswerOthers()) {
        question.key(List.of()).ifPresent(key -> {
          synchronized (known) {
            known.put(key, new Known(question, rows));
          }
        });
      }
    } catch (RuntimeException failure) {
      LOG.warn("Whether a kept answer holds what others ask for cannot be told", failure);
    }
  }

  /** Answers a question from what is in memory and not older than {@code mostAge}; as old as the oldest part of it. */
  Optional<Collecting.Outcome.Whole> answer(KeyedQuery question, Duration mostAge, QueryControl control) {
    List<Held> offered;
    synchronized (known) {
      offered = new ArrayList<>(known.values().stream().map(one -> new Held(one, mostAge)).toList());
    }
    Collections.reverse(offered);
    try {
      return offered.isEmpty() ? Optional.empty()
          : question.query().over(offered).flatMap(over -> collected(over, offered, control));
    } catch (RuntimeException failure) {
      control.check();
      LOG.warn("A kept answer could not answer another question, so the warehouse is asked", failure);
      return Optional.empty();
    } finally {
      offered.forEach(Held::release);
    }
  }

  private Optional<Collecting.Outcome.Whole> collected(PlannedQuery over, List<Held> offered, QueryControl control) {
    Instant asOf = offered.stream()
        .flatMap(held -> held.result.stream())
        .map(CachedResult::asOf)
        .min(Comparator.naturalOrder())
        .orElseThrow();
    return switch (collecting.collect(over.run(control), asOf)) {
      case Collecting.Outcome.Whole whole ->
          Optional.of(new Collecting.Outcome.Whole(whole.result(), whole.stageMicros(), Collecting.From.SUPERSET));
      case Collecting.Outcome.TooLarge large -> {
        large.result().close();
        yield Optional.empty();
      }
    };
  }

  /** An answer that is offered, held from the moment it is wanted. */
  private final class Held implements KeptRows {
    private final Known answer;
    private final Duration mostAge;
    private Optional<CachedResult> result = Optional.empty();

    private Held(Known answer, Duration mostAge) {
      this.answer = answer;
      this.mostAge = mostAge;
    }

    @Override
    public PlannedQuery question() {
      return answer.question().query();
    }

    @Override
    public long rows() {
      return answer.rows();
    }

    /** It must be good for its own question, too: what that one reads beside may have changed. */
    @Override
    public boolean hold() {
      if (result.isEmpty() && question().isCurrent()) {
        result = lineage.versions(question().datasets())
            .flatMap(answer.question()::key)
            .flatMap(store::find)
            .flatMap(found -> found.onlyIf(this::isYoung));
      }
      return result.isPresent();
    }

    private boolean isYoung(CachedResult found) {
      Duration age = Ages.between(found.asOf(), clock.instant());
      return age.compareTo(mostAge) <= 0 && age.compareTo(answer.question().ages().most()) <= 0;
    }

    @Override
    public ArrowBatches read() {
      return new KeptBatches(result.orElseThrow());
    }

    private void release() {
      result.ifPresent(CachedResult::release);
      result = Optional.empty();
    }
  }
}

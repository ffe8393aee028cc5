// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.engine.Tally.What;
import dev.sextant.cache.key.Ages;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.cache.store.LowerTiers;
import dev.sextant.cache.store.MemoryStore;
import dev.sextant.cache.store.Turns;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches answers that memory does not have: from the tiers below it, else from the warehouse. Who asks the same meanwhile waits for it, too. */
final class Flights {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.cache");

  private final MemoryStore store;
  private final LowerTiers tiers;
  private final Turns turns;
  private final BufferAllocator memory;
  private final long mostBytes;
  private final InstantSource clock;
  private final Tally tally;
  private final Optional<Supersets> supersets;
  private final Map<Route, Flight> flying = new ConcurrentHashMap<>();

  /** What is fetched; {@code anew} only the warehouse will do. */
  private record Route(CacheKey key, boolean anew) {}

  Flights(MemoryStore store, LowerTiers tiers, Turns turns, BufferAllocator memory, long mostBytes, InstantSource clock, Tally tally,
      Optional<Supersets> supersets) {
    this.store = store;
    this.tiers = tiers;
    this.turns = turns;
    this.memory = memory;
    this.mostBytes = mostBytes;
    this.clock = clock;
    this.tally = tally;
    this.supersets = supersets;
  }

  /** Fetches an answer, or waits for who fetches it already; whole ones come with a lease. */
  Collecting.Outcome fetch(CacheKey key, KeyedQuery question, boolean anew, QueryControl control) {
    Route route = new Route(key, anew);
    while (true) {
      Optional<Flight> own = begin(route, question, question.ages().most(), control);
      Flight flight = own.orElse(flying.get(route));
      if (flight == null || own.isEmpty() && !flight.join()) {
        Thread.onSpinWait();
        continue;
      }
      if (own.isEmpty()) {
        tally.count(What.SHARED);
      }
      try {
        switch (flight.await(control)) {
          case Collecting.Outcome.Whole whole -> {
            if (whole.result().retain()) {
              return whole;
            }
          }
          case Collecting.Outcome.TooLarge large -> {
            return flight.take(large, control).<Collecting
                .Outcome>map(taken -> taken)
                .orElseGet(() -> new Collecting.Outcome.TooLarge(question.query().run(control)));
          }
        }
      } catch (SextantException failure) {
        // Somebody else's run was stopped: that says nothing about this question.
        if (!wasStopped(failure) || own.isPresent()) {
          throw failure;
        }
      } finally {
        leave(route, flight);
      }
      control.check();
    }
  }

  private static boolean wasStopped(SextantException failure) {
    return failure.issue().code() == QueryIssue.CANCELLED || failure.issue().code() == QueryIssue.DEADLINE_EXCEEDED;
  }

  /** Fetches an answer behind everybody's back. */
  void refresh(CacheKey key, KeyedQuery question) {
    Route route = new Route(key, false);
    begin(route, question, question.ages().fresh(), QueryControl.unlimited("refresh"))
        .ifPresent(flight -> Thread.ofVirtual().name("cache-refresh").start(() -> {
          try {
            flight.await(flight.control());
          } catch (RuntimeException failure) {
            tally.count(What.REFRESH_FAILURE);
            LOG.warn("An answer could not be fetched anew, the old one serves on: {}", failure.getMessage());
          } finally {
            leave(route, flight);
          }
        }));
  }

  /** Starts a flight unless there is one. */
  private Optional<Flight> begin(Route route, KeyedQuery question, Duration mostAge, QueryControl first) {
    Flight flight = new Flight(first);
    if (flying.putIfAbsent(route, flight) != null) {
      return Optional.empty();
    }
    Thread.ofVirtual().name("cache-fill").start(() -> fly(flight, route, question, mostAge));
    return Optional.of(flight);
  }

  private void fly(Flight flight, Route route, KeyedQuery question, Duration mostAge) {
    try {
      Collecting.Outcome outcome = route.anew() ? asked(flight, route.key(), question) : found(flight, route.key(), question, mostAge);
      noted(outcome, question);
      flying.remove(route, flight);
      flight.land(outcome);
    } catch (Throwable failure) {
      flying.remove(route, flight);
      flight.fail(failure);
    }
  }

  private void noted(Collecting.Outcome outcome, KeyedQuery question) {
    if (outcome instanceof Collecting.Outcome.Whole whole && whole.from() != Collecting.From.SUPERSET) {
      supersets.ifPresent(all -> all.note(question, whole.result().rows()));
    }
  }

  private Collecting.Outcome found(Flight flight, CacheKey key, KeyedQuery question, Duration mostAge) {
    Predicate<CachedResult> wanted = kept -> Ages.between(kept.asOf(), clock.instant()).compareTo(mostAge) <= 0;
    // Another flight may have landed between this one's asker's look into memory and its start.
    Optional<CachedResult> landed = store.find(key).flatMap(found -> found.onlyIf(wanted));
    if (landed.isPresent()) {
      return fromTier(landed.get());
    }
    Optional<CachedResult> kept = tiers.find(key).flatMap(found -> found.onlyIf(wanted));
    if (kept.isPresent()) {
      return kept(key, kept.get());
    }
    Optional<Collecting.Outcome.Whole> part = supersets.flatMap(all -> all.answer(question, mostAge, flight.control()));
    if (part.isPresent()) {
      store.put(key, part.get().result());
      return part.get();
    }
    return switch (turns.take(key, wanted, flight.control())) {
      case Turns.Turn.Answered answered -> kept(key, answered.result());
      case Turns.Turn.Mine mine -> {
        try {
          yield asked(flight, key, question);
        } finally {
          mine.end().run();
        }
      }
    };
  }

  private Collecting.Outcome kept(CacheKey key, CachedResult result) {
    store.put(key, result);
    return fromTier(result);
  }

  private static Collecting.Outcome fromTier(CachedResult result) {
    return new Collecting.Outcome.Whole(result, new LinkedHashMap<>(), Collecting.From.TIER);
  }

  private Collecting.Outcome asked(Flight flight, CacheKey key, KeyedQuery question) {
    Instant asOf = clock.instant();
    Collecting.Outcome outcome = new Collecting(memory, mostBytes).collect(question.query().run(flight.control()), asOf);
    switch (outcome) {
      case Collecting.Outcome.Whole whole -> {
        store.put(key, whole.result());
        tiers.put(key, whole.result());
      }
      case Collecting.Outcome.TooLarge large -> tally.count(What.TOO_LARGE);
    }
    return outcome;
  }

  private void leave(Route route, Flight flight) {
    if (flight.leave()) {
      flying.remove(route, flight);
    }
  }

  /** Stops all that is fetched. */
  void stop() {
    flying.values().forEach(flight -> flight.control().stop(QueryIssue.CANCELLED));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.QueryPlanner;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how questions were planned, for each caller, until planning them again would give something else. Questions that come as the very
 * same object, which doors remember by their texts, are found without looking into them.
 */
final class Planned<Q> {
  private static final long MOST = 2_000;
  private static final int PLACES = 1 << 10;

  private final QueryPlanner<Q> planner;
  private final Function<Q, Options> options;
  private final ResultCache cache;
  private final Cache<Asked<Q>, KeyedQuery> known = Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private final AtomicReferenceArray<@Nullable Seen<Q>> seen = new AtomicReferenceArray<>(PLACES);

  private record Asked<Q>(Q question, Caller caller) {}

  /** A plan under the identity of its question. */
  private record Seen<Q>(Q question, Caller caller, KeyedQuery plan) {}

  Planned(QueryPlanner<Q> planner, Function<Q, Options> options, ResultCache cache) {
    this.planner = planner;
    this.options = options;
    this.cache = cache;
  }

  @SuppressWarnings("ReferenceEquality")
  KeyedQuery plan(Q question, Caller caller) {
    int place = System.identityHashCode(question) % PLACES;
    Seen<Q> last = seen.get(place);
    if (last != null && last.question() == question && last.caller().equals(caller) && last.plan().query().isCurrent()) {
      return last.plan();
    }
    KeyedQuery plan = known(question, caller);
    seen.set(place, new Seen<>(question, caller, plan));
    return plan;
  }

  private KeyedQuery known(Q question, Caller caller) {
    Asked<Q> asked = new Asked<>(question, caller);
    KeyedQuery plan = known.getIfPresent(asked);
    if (plan != null && plan.query().isCurrent()) {
      return plan;
    }
    KeyedQuery fresh = cache.keyed(planner.plan(question, caller), options.apply(question));
    known.put(asked, fresh);
    return fresh;
  }
}

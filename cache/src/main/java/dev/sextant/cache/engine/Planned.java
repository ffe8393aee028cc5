// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.QueryPlanner;
import java.util.function.Function;

/** Remembers how questions were planned, for each caller, until planning them again would give something else. */
final class Planned<Q> {
  private static final long MOST = 2_000;

  private final QueryPlanner<Q> planner;
  private final Function<Q, Options> options;
  private final ResultCache cache;
  private final Cache<Asked<Q>, KeyedQuery> known = Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Asked<Q>(Q question, Caller caller) {}

  Planned(QueryPlanner<Q> planner, Function<Q, Options> options, ResultCache cache) {
    this.planner = planner;
    this.options = options;
    this.cache = cache;
  }

  KeyedQuery plan(Q question, Caller caller) {
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

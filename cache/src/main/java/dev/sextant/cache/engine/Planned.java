// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.cache.key.KeyedQuery;
import dev.sextant.query.Caller;
import dev.sextant.query.QueryPlanner;

/** Remembers how questions were planned, for each caller, until planning them again would give something else. */
final class Planned<Q> {
  private static final long MOST = 2_000;

  private final QueryPlanner<Q> planner;
  private final Cache<Asked<Q>, KeyedQuery> known = Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

  private record Asked<Q>(Q question, Caller caller) {}

  Planned(QueryPlanner<Q> planner) {
    this.planner = planner;
  }

  KeyedQuery plan(Q question, Caller caller) {
    Asked<Q> asked = new Asked<>(question, caller);
    KeyedQuery plan = known.getIfPresent(asked);
    if (plan != null && plan.query().isCurrent()) {
      return plan;
    }
    KeyedQuery fresh = new KeyedQuery(planner.plan(question, caller));
    known.put(asked, fresh);
    return fresh;
  }
}

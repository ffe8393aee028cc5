// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.key;

import dev.sextant.cache.CacheKey;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.PlannedQuery;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.ResultSchema;
import java.util.List;
import java.util.Optional;

/** A planned query with how its answer may be found, and the part of its key that stays the same while the data changes. */
public final class KeyedQuery {
  private final PlannedQuery query;
  private final MetricQuery.CacheUse use;
  private final Ages ages;
  private final Optional<CacheKey> unversioned;

  public KeyedQuery(PlannedQuery query, MetricQuery.CacheUse use, Ages ages) {
    this.query = query;
    this.use = use;
    this.ages = ages;
    List<QueryFacts.Statement> statements = query.statements();
    boolean keeps = !statements.isEmpty() && statements.stream().noneMatch(statement -> Volatile.isVolatile(statement.sql()));
    this.unversioned = keeps ? Optional.of(new CacheKey(statements, query.schema().map(ResultSchema::toString).orElse(""), List.of()))
        : Optional.empty();
  }

  public PlannedQuery query() {
    return query;
  }

  /** Whether kept answers are asked for. */
  public MetricQuery.CacheUse use() {
    return use;
  }

  /** How old an answer may be. */
  public Ages ages() {
    return ages;
  }

  /** The key under the versions of what the query reads; nothing where answers must not be kept. */
  public Optional<CacheKey> key(List<String> versions) {
    return versions.isEmpty() ? unversioned
        : unversioned.map(key -> new CacheKey(key.statements(), key.schema(), versions));
  }
}

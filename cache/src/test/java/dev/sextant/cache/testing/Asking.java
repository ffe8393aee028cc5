// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.testing;

import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryResult;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;

/** Asks an engine for numbers. */
public record Asking(QueryEngine engine) {

  /** An answer in short: its number, how many rows have it, and how the cache came by it. */
  public record Told(long number, int rows, String cache) {}

  public static MetricQuery question(String metric, Optional<String> maxAge, MetricQuery.CacheUse use) {
    MetricQuery plain = MetricQuery.of(List.of(metric), List.of());
    return new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), plain.orderBy(), plain.limit(), plain.offset(),
        plain.timeRange(), plain.timeZone(), plain.savedQuery(), plain.mode(), plain.extras(),
        new MetricQuery.Options(maxAge, use, MetricQuery.RollupUse.USE));
  }

  public Told ask(String metric) {
    return ask(question(metric, Optional.empty(), MetricQuery.CacheUse.USE), Caller.ANONYMOUS, QueryControl.unlimited("q"));
  }

  public Told ask(MetricQuery query, Caller caller, QueryControl control) {
    try (QueryResult result = engine.run(query, caller, control)) {
      int rows = 0;
      long number = 0;
      while (result.loadNext()) {
        BigIntVector vector = (BigIntVector) result.root().getVector("number");
        for (int i = 0; i < vector.getValueCount(); i++) {
          if (rows > 0 && number != vector.get(i)) {
            throw new AssertionError("numbers of two answers in one: " + number + " and " + vector.get(i));
          }
          number = vector.get(i);
          rows++;
        }
      }
      return new Told(number, rows, result.facts().notes().getOrDefault("cache", "none"));
    }
  }
}

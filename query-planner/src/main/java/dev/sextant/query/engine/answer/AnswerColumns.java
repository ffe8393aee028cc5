// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.query.QueryFacts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The columns that answers to statements had not long ago. Clients ask for the columns before they ask for the rows, and again for the same
 * statement: so the warehouse is asked once. A table may change meanwhile, so each answer is looked at, and what was not seen for a while counts
 * no longer.
 */
public final class AnswerColumns {
  private static final int MOST = 10_000;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Cache<QueryFacts.Statement, Schema> known;

  public AnswerColumns(InstantSource clock) {
    this.known = Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfterWrite(LONGEST)
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        .executor(Runnable::run)
        .build();
  }

  public Optional<Schema> of(QueryFacts.Statement statement) {
    return Optional.ofNullable(known.getIfPresent(statement));
  }

  /** Notes what the answer to a statement looks like now. */
  public void seen(QueryFacts.Statement statement, Schema columns) {
    known.put(statement, columns);
  }
}

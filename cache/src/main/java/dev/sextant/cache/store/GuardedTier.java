// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import dev.failsafe.CircuitBreaker;
import dev.sextant.cache.LowerTier;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tier that may fail without anybody noticing but in logs and metrics: when it fails again and again, it is left alone for a while. */
public final class GuardedTier<T extends LowerTier> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.cache");
  private static final int FAILURES = 3;

  private final T tier;
  private final CircuitBreaker<Object> breaker;
  private final LongAdder failures = new LongAdder();

  /** Something a tier does. */
  public interface Call<T extends LowerTier, R> {
    R on(T tier) throws IOException;
  }

  /** Something a tier does without an answer. */
  public interface Act<T extends LowerTier> {
    void on(T tier) throws IOException;
  }

  /** {@code rest} is how long it is left alone. */
  public GuardedTier(T tier, Duration rest) {
    this.tier = tier;
    this.breaker = CircuitBreaker.builder()
        .withFailureThreshold(FAILURES)
        .withSuccessThreshold(1)
        .withDelay(rest)
        .onOpen(open -> LOG.warn("The {} tier of the cache fails and is left alone for {} s", tier.name(), rest.toSeconds()))
        .onClose(closed -> LOG.info("The {} tier of the cache works again", tier.name()))
        .build();
  }

  /** Calls the tier; {@code otherwise} is the answer when it fails or rests. */
  public <R> R call(Call<? super T, R> call, R otherwise) {
    if (!breaker.tryAcquirePermit()) {
      return otherwise;
    }
    try {
      R answer = call.on(tier);
      breaker.recordSuccess();
      return answer;
    } catch (IOException | RuntimeException failure) {
      breaker.recordFailure();
      failures.increment();
      LOG.debug("The {} tier of the cache failed", tier.name(), failure);
      return otherwise;
    }
  }

  /** Calls the tier; false when it fails or rests. */
  public boolean act(Act<? super T> act) {
    return call(on -> {
      act.on(on);
      return true;
    }, false);
  }

  public T tier() {
    return tier;
  }

  /** How often it failed. */
  public long failures() {
    return failures.sum();
  }

  /** Whether it is left alone now. */
  public boolean rests() {
    return breaker.isOpen();
  }

  @Override
  public void close() {
    tier.close();
  }
}

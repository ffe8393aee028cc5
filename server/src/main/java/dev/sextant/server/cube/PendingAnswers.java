// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Answers that take longer than a client waits: it is told to ask again, and finds the same answer under way or ready. Equal questions share
 * one. What nobody asks for any more is stopped and forgotten.
 */
final class PendingAnswers {
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Duration wait;
  private final Duration forgotten;

  /** {@code wait} is how long one request waits, {@code forgotten} how long after the last one an answer is still wanted. */
  PendingAnswers(InstantSource clock, Duration wait, Duration forgotten) {
    this.clock = clock;
    this.wait = wait;
    this.forgotten = forgotten;
  }

  /** Makes an answer; {@code nobodyWaits} tells when it can stop. */
  interface Work {
    Object answer(BooleanSupplier nobodyWaits);
  }

  /** An answer that is made, and who waits for it. */
  private static final class Pending {
    private final CompletableFuture<Object> answer = new CompletableFuture<>();
    private final Instant begun;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Instant lastAsked;

    private Pending(Instant begun) {
      this.begun = begun;
      this.lastAsked = begun;
    }
  }

  /** What came of waiting: the answer, or how long it has been under way. */
  record Waited(Optional<Object> answer, Duration elapsed) {}

  /** Waits for the answer of a key, which is made if nobody has asked for it yet. */
  Waited await(String key, Work work) throws InterruptedException {
    forgetOld();
    Pending answer = join(key, work);
    try {
      Object made = answer.answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      pending.remove(key, answer);
      return new Waited(Optional.of(made), elapsed(answer));
    } catch (TimeoutException notYet) {
      return new Waited(Optional.empty(), elapsed(answer));
    } catch (ExecutionException failed) {
      pending.remove(key, answer);
      throw failed.getCause() instanceof RuntimeException known ? known : new CompletionException(failed.getCause());
    } finally {
      answer.lastAsked = clock.instant();
      answer.waiting.decrementAndGet();
    }
  }

  private Pending join(String key, Work work) {
    boolean[] isNew = {false};
    Pending answer = pending.compute(key, (any, known) -> {
      isNew[0] = known == null;
      Pending joined = known == null ? new Pending(clock.instant()) : known;
      joined.waiting.incrementAndGet();
      return joined;
    });
    if (isNew[0]) {
      Thread.ofVirtual().name("cube-question").start(() -> make(answer, work));
    }
    return answer;
  }

  private void make(Pending answer, Work work) {
    try {
      answer.answer.complete(work.answer(() -> isForgotten(answer)));
    } catch (RuntimeException | Error failure) {
      answer.answer.completeExceptionally(failure);
    }
  }

  private boolean isForgotten(Pending answer) {
    return answer.waiting.get() == 0 && clock.instant().isAfter(answer.lastAsked.plus(forgotten));
  }

  private void forgetOld() {
    pending.values().removeIf(answer -> answer.answer.isDone() && isForgotten(answer));
  }

  private Duration elapsed(Pending answer) {
    return Duration.between(answer.begun, clock.instant());
  }
}

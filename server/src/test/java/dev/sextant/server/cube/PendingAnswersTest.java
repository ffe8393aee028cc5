// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PendingAnswersTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger made = new AtomicInteger();

  private PendingAnswers answers(Duration wait) {
    return new PendingAnswers(now::get, wait, Duration.ofSeconds(20));
  }

  @Test
  void anAnswerInTimeIsGivenAtOnce() throws Exception {
    assertThat(answers(LONG).await("a", gone -> made.incrementAndGet()).answer()).contains(1);
    assertThat(answers(LONG).await("a", gone -> made.incrementAndGet()).answer()).contains(2);
  }

  @Test
  void whoAsksAgainFindsTheSameAnswerUnderWay() throws Exception {
    PendingAnswers answers = answers(SHORT);
    CountDownLatch ready = new CountDownLatch(1);
    PendingAnswers.Work slow = gone -> {
      awaitAll(ready);
      return made.incrementAndGet();
    };
    assertThat(answers.await("a", slow).answer()).isEmpty();
    now.set(Instant.EPOCH.plusSeconds(6));
    assertThat(answers.await("a", slow).elapsed()).isEqualTo(Duration.ofSeconds(6));
    ready.countDown();
    PendingAnswers.Waited waited = answers.await("a", slow);
    while (waited.answer().isEmpty()) {
      waited = answers.await("a", slow);
    }
    assertThat(waited.answer()).contains(1);
  }

  @Test
  void anAnswerNobodyAsksForAnyMoreIsToldToStop() throws Exception {
    PendingAnswers answers = answers(SHORT);
    CompletableFuture<BooleanSupplier> gone = new CompletableFuture<>();
    CountDownLatch end = new CountDownLatch(1);
    assertThat(answers.await("a", nobodyWaits -> {
      gone.complete(nobodyWaits);
      awaitAll(end);
      return "late";
    }).answer()).isEmpty();
    assertThat(gone.get().getAsBoolean()).isFalse();
    now.set(Instant.EPOCH.plusSeconds(21));
    assertThat(gone.get().getAsBoolean()).isTrue();
    end.countDown();
  }

  @Test
  void aFailureIsToldOnceAndForgotten() throws Exception {
    PendingAnswers answers = answers(LONG);
    assertThatThrownBy(() -> answers.await("a", gone -> {
      throw new IllegalStateException("no");
    })).hasMessage("no");
    assertThat(answers.await("a", gone -> "yes").answer()).contains("yes");
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}

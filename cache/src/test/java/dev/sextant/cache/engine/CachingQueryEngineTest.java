// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.CacheSettings;
import dev.sextant.cache.testing.Asking;
import dev.sextant.cache.testing.Asking.Told;
import dev.sextant.cache.testing.TestWarehouse;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CachingQueryEngineTest {
  private final TestWarehouse warehouse = new TestWarehouse();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicReference<String> version = new AtomicReference<>("1");
  private Optional<ResultCache> cache = Optional.empty();

  private Asking open(String... settings) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    ResultCache opened = new ResultCache(CacheSettings.of(map), (dataset, sql) -> {
      if (version.get().isEmpty()) {
        throw new IllegalStateException("the version query fails");
      }
      return version.get();
    }, now::get);
    cache = Optional.of(opened);
    return new Asking(new CachingQueryEngine(warehouse, warehouse, opened));
  }

  private void pass(long seconds) {
    now.updateAndGet(instant -> instant.plusSeconds(seconds));
  }

  @AfterEach
  void nothingIsLeftBehind() {
    cache.ifPresent(ResultCache::close);
    assertThat(warehouse.open).hasValue(0);
    warehouse.memory.close();
  }

  @Test
  void theSecondAnswerComesFromTheCacheUntilItIsTooOld() {
    Asking asking = open("cache.max_age", "10m");
    assertThat(asking.ask("a")).isEqualTo(new Told(1, 1, "miss"));
    warehouse.number = 2;
    pass(600);
    assertThat(asking.ask("a")).isEqualTo(new Told(1, 1, "hit"));
    assertThat(asking.ask("b")).isEqualTo(new Told(2, 1, "miss"));
    pass(1);
    assertThat(asking.ask("a")).isEqualTo(new Told(2, 1, "miss"));
    assertThat(warehouse.runs).hasValue(3);
    assertThat(warehouse.plans).hasValue(2);
  }

  @Test
  void withoutAnAllowedAgeNothingIsKept() {
    Asking asking = open();
    assertThat(asking.ask("a").cache()).isEqualTo("none");
    assertThat(asking.ask("a").cache()).isEqualTo("none");
    assertThat(warehouse.runs).hasValue(2);
  }

  @Test
  void aQuerysOwnAgeGoesBeforeTheSettings() {
    Asking asking = open("cache.max_age", "10m");
    asking.ask("a");
    pass(60);
    warehouse.number = 2;
    assertThat(asking.ask(Asking.question("a", Optional.of("59s"), CacheUse.USE), Caller.ANONYMOUS, QueryControl.unlimited("q")))
        .isEqualTo(new Told(2, 1, "miss"));
    assertThatThrownBy(() -> asking.ask(Asking.question("a", Optional.of("soon"), CacheUse.USE), Caller.ANONYMOUS,
        QueryControl.unlimited("q"))).isInstanceOf(SextantException.class).hasMessageContaining("max_age");
  }

  @Test
  void refreshFetchesAnewAndOffDoesNotTouchTheCache() {
    Asking asking = open("cache.max_age", "10m");
    asking.ask("a");
    warehouse.number = 2;
    assertThat(asking.ask(Asking.question("a", Optional.empty(), CacheUse.OFF), Caller.ANONYMOUS, QueryControl.unlimited("q")).number())
        .isEqualTo(2);
    assertThat(asking.ask("a").number()).isEqualTo(1);
    assertThat(asking.ask(Asking.question("a", Optional.empty(), CacheUse.REFRESH), Caller.ANONYMOUS, QueryControl.unlimited("q"))
        .number()).isEqualTo(2);
    assertThat(asking.ask("a")).isEqualTo(new Told(2, 1, "hit"));
  }

  @Test
  void aStaleAnswerIsServedWhileItIsFetchedAnew() throws Exception {
    Asking asking = open("cache.max_age", "10m", "cache.refresh_after", "1m");
    asking.ask("a");
    warehouse.number = 2;
    pass(61);
    CountDownLatch refreshed = new CountDownLatch(1);
    warehouse.beforeRun = control -> refreshed.countDown();
    assertThat(asking.ask("a")).isEqualTo(new Told(1, 1, "stale"));
    refreshed.await();
    Told later = asking.ask("a");
    while (later.cache().equals("stale")) {
      Thread.onSpinWait();
      later = asking.ask("a");
    }
    assertThat(later).isEqualTo(new Told(2, 1, "hit"));
    assertThat(warehouse.runs).hasValue(2);
  }

  @Test
  void twoHundredWhoAskTheSameAtOnceCostOneRun() throws Exception {
    Asking asking = open("cache.max_age", "10m");
    CountDownLatch allAsk = new CountDownLatch(200);
    warehouse.rows = 5_000;
    warehouse.beforeRun = control -> await(allAsk);
    List<Future<Told>> answers = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        answers.add(people.submit(() -> {
          allAsk.countDown();
          return asking.ask("a");
        }));
      }
    }
    for (Future<Told> answer : answers) {
      assertThat(answer.get().rows()).isEqualTo(5_000);
      assertThat(answer.get().number()).isEqualTo(1);
    }
    assertThat(warehouse.runs).hasValue(1);
  }

  @Test
  void whoAskedFirstMayGoWithoutTakingTheAnswerFromTheOthers() throws Exception {
    Asking asking = open("cache.max_age", "10m");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    warehouse.beforeRun = control -> {
      running.countDown();
      await(go);
    };
    QueryControl first = QueryControl.unlimited("first");
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Told> leaver = people.submit(() -> asking.ask(Asking.question("a", Optional.empty(), CacheUse.USE), Caller.ANONYMOUS, first));
      running.await();
      Future<Told> second = people.submit(() -> asking.ask("a"));
      while (cache.orElseThrow().counts().shared() == 0) {
        Thread.onSpinWait();
      }
      first.stop(QueryIssue.CANCELLED);
      assertThatThrownBy(leaver::get).hasRootCauseInstanceOf(SextantException.class).hasMessageContaining("cancelled");
      go.countDown();
      assertThat(second.get().number()).isEqualTo(1);
    }
    assertThat(warehouse.runs).hasValue(1);
  }

  @Test
  void theLastOneToLeaveStopsTheRun() throws Exception {
    Asking asking = open("cache.max_age", "10m");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    warehouse.beforeRun = control -> {
      control.onStop(stopped::countDown);
      running.countDown();
      await(stopped);
    };
    QueryControl only = QueryControl.unlimited("only");
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Told> leaver = people.submit(() -> asking.ask(Asking.question("a", Optional.empty(), CacheUse.USE), Caller.ANONYMOUS, only));
      running.await();
      only.stop(QueryIssue.DEADLINE_EXCEEDED);
      assertThatThrownBy(leaver::get).hasMessageContaining("deadline");
    }
    stopped.await();
    warehouse.beforeRun = control -> {};
    assertThat(asking.ask("a").number()).isEqualTo(1);
  }

  @Test
  void errorsAreNotKept() {
    Asking asking = open("cache.max_age", "10m");
    warehouse.rows = 3_000;
    warehouse.beforeBatch = () -> {
      throw Problem.of(QueryIssue.WAREHOUSE_ERROR, "the warehouse broke down");
    };
    assertThatThrownBy(() -> asking.ask("a")).hasMessageContaining("broke down");
    warehouse.beforeBatch = () -> {};
    assertThat(asking.ask("a")).isEqualTo(new Told(1, 3_000, "miss"));
  }

  @Test
  void anAnswerThatIsTooLargeIsStreamedWholeAndNotKept() {
    Asking asking = open("cache.max_age", "10m", "cache.entry", "20kb");
    warehouse.rows = 100_000;
    assertThat(asking.ask("a")).isEqualTo(new Told(1, 100_000, "none"));
    assertThat(asking.ask("a").rows()).isEqualTo(100_000);
    assertThat(cache.orElseThrow().counts().entries()).isZero();
    assertThat(cache.orElseThrow().counts().tooLarge()).isEqualTo(2);
  }

  @Test
  void theMemoryIsALimit() {
    Asking asking = open("cache.max_age", "10m", "cache.memory", "200kb", "cache.entry", "50kb");
    warehouse.rows = 2_000;
    for (int i = 0; i < 200; i++) {
      asking.ask("metric_" + i);
      assertThat(cache.orElseThrow().counts().bytes()).isLessThanOrEqualTo(200 << 10);
    }
    assertThat(cache.orElseThrow().counts().entries()).isPositive();
  }

  @Test
  void whoSaysThatADatasetHasChangedGetsItsNewRows() {
    Asking asking = open("cache.max_age", "10m");
    asking.ask("a");
    warehouse.number = 2;
    cache.orElseThrow().changed(List.of("customers"));
    assertThat(asking.ask("a").number()).isEqualTo(1);
    cache.orElseThrow().changed(List.of("orders"));
    assertThat(asking.ask("a")).isEqualTo(new Told(2, 1, "miss"));
    warehouse.number = 3;
    cache.orElseThrow().everythingChanged();
    assertThat(asking.ask("a").number()).isEqualTo(3);
  }

  @Test
  void aVersionQueryTellsWhenAnAnswerCountsNoLonger() {
    Asking asking = open("cache.versions.orders", "select max(updated_at) from orders", "cache.check_every", "10s");
    asking.ask("a");
    warehouse.number = 2;
    pass(9);
    assertThat(asking.ask("a")).isEqualTo(new Told(1, 1, "hit"));
    version.set("2");
    assertThat(asking.ask("a").number()).isEqualTo(1);
    pass(1);
    assertThat(asking.ask("a")).isEqualTo(new Told(2, 1, "miss"));
    pass(86_400);
    assertThat(asking.ask("a")).isEqualTo(new Told(2, 1, "hit"));
    version.set("");
    pass(10);
    assertThat(asking.ask("a").cache()).isEqualTo("none");
  }

  @Test
  void answersNeverCrossCallersWithDifferentRights() {
    Asking asking = open("cache.max_age", "10m");
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      int roles = random.nextInt(4);
      List<String> names = new ArrayList<>();
      for (int role = 0; role < roles; role++) {
        names.add("role " + random.nextInt(3));
      }
      Told told = asking.ask(Asking.question("metric " + random.nextInt(5), Optional.empty(), CacheUse.USE),
          new Caller("caller " + random.nextInt(3), names), QueryControl.unlimited("q"));
      assertThat(told.number()).isEqualTo(roles * 1_000_000L + 1);
    }
    assertThat(cache.orElseThrow().counts().hits()).isGreaterThan(1_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

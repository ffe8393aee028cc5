// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.testing.Asking;
import dev.sextant.cache.testing.Asking.Told;
import dev.sextant.cache.testing.OwnRedis;
import dev.sextant.cache.testing.Servers;
import dev.sextant.cache.testing.Servers.Server;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.QueryControl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers in a Redis that servers share. */
class RedisTierTest {
  private final Servers servers = new Servers();
  private OwnRedis redis;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    redis = new OwnRedis();
  }

  @AfterEach
  void close() throws IOException {
    servers.close();
    redis.close();
  }

  private Server server(String... more) {
    List<String> settings = new ArrayList<>(List.of("cache.redis", redis.address()));
    settings.addAll(List.of(more));
    return servers.start(folder, settings.toArray(String[]::new));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10);
    }
  }

  @Test
  void whatOneServerAskedAllServersHave() throws Exception {
    servers.warehouse.rows = 2_500;
    Server first = server();
    Server second = server();
    assertThat(first.asking().ask("a")).isEqualTo(new Told(1, 2_500, "miss"));
    first.stop(); // what was to be written is written
    servers.warehouse.number = 2;
    assertThat(second.asking().ask("a")).isEqualTo(new Told(1, 2_500, "hit"));
    assertThat(second.count("redis_hits")).isEqualTo(1);
    assertThat(servers.warehouse.runs).hasValue(1);
  }

  @Test
  void serversThatMissAtTheSameTimeAskTheWarehouseOnce() throws Exception {
    List<Server> three = List.of(server(), server(), server());
    CountDownLatch allAsk = new CountDownLatch(60);
    servers.warehouse.beforeRun = control -> {
      await(allAsk);
      pause(100);
    };
    List<Future<Told>> answers = new ArrayList<>();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        Server server = three.get(i % 3);
        answers.add(people.submit(() -> {
          allAsk.countDown();
          return server.asking().ask("a");
        }));
      }
    }
    for (Future<Told> answer : answers) {
      assertThat(answer.get().number()).isEqualTo(1);
    }
    assertThat(servers.warehouse.runs).hasValue(1);
  }

  @Test
  void whoWaitedForAServerThatFailedAsksForItself() throws Exception {
    Server first = server();
    Server second = server();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    servers.warehouse.beforeRun = control -> {
      servers.warehouse.beforeRun = any -> {};
      running.countDown();
      await(fail);
      throw new IllegalStateException("the first server's run fails");
    };
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Told> failing = people.submit(() -> first.asking().ask("a"));
      running.await();
      Future<Told> waiting = people.submit(() -> second.asking().ask("a"));
      pause(100);
      assertThat(servers.warehouse.runs).hasValue(1);
      fail.countDown();
      assertThat(waiting.get()).isEqualTo(new Told(1, 1, "miss"));
      assertThat(failing).failsWithin(java.time.Duration.ofMinutes(1));
    }
  }

  @Test
  void whatOneServerIsToldAllServersKnowSoon() throws Exception {
    Server first = server();
    Server second = server();
    second.asking().ask("a");
    servers.warehouse.number = 2;
    first.cache().changed(List.of("orders"));
    until(() -> second.asking().ask("a").number() == 2);
    servers.warehouse.number = 3;
    second.cache().everythingChanged();
    until(() -> first.asking().ask("a").number() == 3);
    assertThat(server().asking().ask("a").number()).isEqualTo(3);
  }

  @Test
  void whoWantsANewAnswerDoesNotGetAnotherServersOldOne() throws Exception {
    Server first = server();
    first.asking().ask("a");
    first.stop();
    servers.warehouse.number = 2;
    servers.pass(60);
    Server second = server();
    assertThat(second.asking().ask(Asking.question("a", Optional.of("59s"), CacheUse.USE), Caller.ANONYMOUS, QueryControl.unlimited("q")))
        .isEqualTo(new Told(2, 1, "miss"));
    servers.warehouse.number = 3;
    assertThat(second.asking().ask(Asking.question("a", Optional.empty(), CacheUse.REFRESH), Caller.ANONYMOUS, QueryControl.unlimited("q")))
        .isEqualTo(new Told(3, 1, "miss"));
  }

  @Test
  void withoutRedisServersGoOnAloneAndFindBackToIt() throws Exception {
    Server server = server();
    server.asking().ask("before");
    redis.kill();
    for (int i = 0; i < 30; i++) {
      assertThat(server.asking().ask("metric " + i).cache()).isEqualTo("miss");
      assertThat(server.asking().ask("metric " + i).cache()).isEqualTo("hit");
    }
    assertThat(server.asking().ask("before").cache()).isEqualTo("hit");
    assertThat(server.count("redis_failures")).isPositive();
    assertThat(server("cache.redis_keeps", "1h").asking().ask("a server that starts meanwhile").cache()).isEqualTo("miss");
    servers.warehouse.number = 2;
    server.cache().changed(List.of("orders"));
    redis.startAgain();
    Server another = server();
    // What was told while Redis was away arrives there, and what is asked from now on.
    until(() -> another.asking().ask("before").number() == 2 && server.count("redis_resting") == 0);
    int[] at = {0};
    until(() -> {
      server.asking().ask("after " + ++at[0]);
      return another.asking().ask("after " + at[0]).cache().equals("hit");
    });
  }

  @Test
  void largeAnswersAreNotShared() throws Exception {
    servers.warehouse.rows = 10_000;
    Server first = server("cache.redis_entry", "10kb");
    first.asking().ask("a");
    first.stop();
    assertThat(server("cache.redis_entry", "10kb").asking().ask("a").cache()).isEqualTo("miss");
  }

  @Test
  void whatIsFoundInRedisIsKeptOnDisk() throws Exception {
    Server first = server();
    first.asking().ask("a");
    first.stop();
    Server second = server("cache.disk", "10MB");
    assertThat(second.asking().ask("a").cache()).isEqualTo("hit");
    second.stop();
    Server alone = servers.start(folder, "cache.disk", "10MB");
    assertThat(alone.asking().ask("a").cache()).isEqualTo("hit");
    assertThat(alone.count("disk_hits")).isEqualTo(1);
    assertThat(servers.warehouse.runs).hasValue(1);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

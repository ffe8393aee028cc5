// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.JsonTable;
import dev.sextant.conformance.property.SmallShop;
import dev.sextant.conformance.script.QueryPrinter;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryEngine;
import dev.sextant.server.ask.MetricQueryToJson;
import dev.sextant.server.boot.SextantServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers with different rights ask the same questions in turn, and each has the answer that a server without a cache gives.
 * {@code -Dsextant.queries=5000 -Dsextant.seed=7} asks more and others.
 */
class RightsNeverCrossTest {
  private static final int QUERIES = Integer.getInteger("sextant.queries", 50);
  private static final long SEED = Long.getLong("sextant.seed", 20_261_130L);
  private static final int NARROWER = 3;
  private static final int AGAIN = 3;

  private final Random random = new Random(SEED);
  private final List<String> differences = new ArrayList<>();

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Nested questions, each of them again and again. */
  private List<MetricQuery> questions(CachedShop shop) {
    NestedQuestions nested = new NestedQuestions(shop.model(), shop::values, SEED);
    List<MetricQuery> questions = new ArrayList<>();
    while (questions.size() < QUERIES / AGAIN) {
      MetricQuery wide = nested.wide();
      if (!(CachedShop.ask(shop.fresh(), wide, ShopCallers.ALL.getFirst()).answer() instanceof Answer.Rows)) {
        continue;
      }
      questions.add(wide);
      for (int i = 0; i < NARROWER; i++) {
        questions.add(nested.narrow(wide));
      }
    }
    return questions;
  }

  @Test
  void inMemoryOnDiskAndInRedis(@TempDir Path folder) throws Exception {
    Path project = ShopCallers.into(SmallShop.in(folder));
    try (RedisProcess redis = new RedisProcess(); CachedShop shop = new CachedShop(project)) {
      List<QueryEngine> servers = List.of(shop.server("cache.disk", "50MB", "cache.memory", "60kb", "cache.entry", "50kb"),
          shop.server("cache.redis", redis.address(), "cache.memory", "60kb", "cache.entry", "50kb"));
      Map<String, Integer> told = new TreeMap<>();
      int restricted = 0;
      for (MetricQuery question : questions(shop)) {
        Map<Caller, Answer> fresh = new LinkedHashMap<>();
        ShopCallers.ALL.forEach(caller -> fresh.put(caller, CachedShop.ask(shop.fresh(), question, caller).answer()));
        for (int i = 0; i < ShopCallers.ALL.size() * AGAIN; i++) {
          Caller caller = pick(ShopCallers.ALL);
          CachedShop.Told answer = CachedShop.ask(pick(servers), question, caller);
          told.merge(answer.cache(), 1, Integer::sum);
          Answer expected = fresh.getOrDefault(caller, answer.answer());
          restricted += expected.equals(fresh.get(ShopCallers.ALL.getFirst())) ? 0 : 1;
          SupersetsChangeNothingTest.difference(expected, answer.answer(), question)
              .ifPresent(text -> differences.add(caller + " " + QueryPrinter.print(question) + "\n  " + answer.cache() + ": " + text));
        }
        assertThat(differences).isEmpty();
      }
      System.out.println("callers in turn: " + told + ", answers unlike the unrestricted " + restricted + ", " + shop.counts());
      assertThat(told.getOrDefault("hit", 0)).isGreaterThan(QUERIES);
      assertThat(told.getOrDefault("superset", 0)).isPositive();
      assertThat(restricted).isGreaterThan(QUERIES);
      assertThat(shop.counts().getOrDefault("disk_hits", 0L)).isPositive();
      assertThat(shop.counts().getOrDefault("redis_hits", 0L)).isPositive();
    }
  }

  /** Whoever shows the tags of all that anybody was ever sent is told "as before" of what is his only. */
  @Test
  void overHttpWithTheTagsOfOthers(@TempDir Path folder) throws Exception {
    Path project = ShopCallers.into(SmallShop.in(folder));
    try (CachedShop shop = new CachedShop(project);
        SextantServer server = SextantServer.start(project, Map.of(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        HttpClient client = HttpClient.newHttpClient()) {
      int unchanged = 0;
      for (MetricQuery question : questions(shop).subList(0, Math.min(8, QUERIES / AGAIN))) {
        Map<String, Table> sent = new LinkedHashMap<>();
        for (int i = 0; i < ShopCallers.ALL.size() * 2; i++) {
          Caller caller = pick(ShopCallers.ALL);
          HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/v1/query?q="
              + URLEncoder.encode(MetricQueryToJson.write(question).toString(), StandardCharsets.UTF_8)));
          request.header("Authorization", "Bearer " + caller.name() + "-token");
          if (!sent.isEmpty()) {
            request.header("If-None-Match", String.join(", ", sent.keySet()));
          }
          HttpResponse<String> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
          if (!(CachedShop.ask(shop.fresh(), question, caller).answer() instanceof Answer.Rows expected)) {
            assertThat(reply.statusCode()).isBetween(400, 499);
            continue;
          }
          String tag = reply.headers().firstValue("ETag").orElseThrow(() -> new AssertionError(reply.body()));
          if (reply.statusCode() == 200) {
            sent.put(tag, JsonTable.read(new ObjectMapper().readTree(reply.body())));
          }
          unchanged += reply.statusCode() == 304 ? 1 : 0;
          assertThat(new TableDifference(1e-9, false).between(expected.table(), Objects.requireNonNull(sent.get(tag))))
              .as(caller + " " + QueryPrinter.print(question))
              .isEmpty();
        }
      }
      assertThat(unchanged).isPositive();
    }
  }
}

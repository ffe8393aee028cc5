// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.JsonTable;
import dev.sextant.conformance.property.SmallShop;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.server.ask.MetricQueryToJson;
import dev.sextant.server.boot.SextantServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A crowd that shares one token and asks all at once, and two who ask one question after the other meanwhile. Everybody has right answers or is
 * told to come again, and the two never are. {@code -Dsextant.clients=1000} is the crowd the server has to stand.
 */
class CrowdTest {
  private static final int CLIENTS = Integer.getInteger("sextant.clients", 60);
  private static final int EACH = Integer.getInteger("sextant.each", 3);
  private static final int QUESTIONS = 24;
  private static final int BUSY = 429;
  private static final long SEED = 6;
  private static final Caller CROWD = ShopCallers.ALL.getFirst();
  private static final List<Caller> QUIET = List.of(ShopCallers.ALL.get(2), ShopCallers.ALL.get(4));

  private final ObjectMapper json = new ObjectMapper();
  private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
  private final AtomicLong refusedQuiet = new AtomicLong();

  /** A question with its right answers by caller. */
  private record Asked(ObjectNode question, Map<Caller, Table> answers) {}

  private static List<Asked> questions(CachedShop shop) {
    NestedQuestions nested = new NestedQuestions(shop.model(), shop::values, SEED);
    List<Asked> asked = new ArrayList<>();
    while (asked.size() < QUESTIONS) {
      MetricQuery question = nested.wide();
      Map<Caller, Table> answers = new LinkedHashMap<>();
      for (Caller caller : List.of(CROWD, QUIET.get(0), QUIET.get(1))) {
        if (CachedShop.ask(shop.fresh(), question, caller).answer() instanceof Answer.Rows rows) {
          answers.put(caller, rows.table());
        }
      }
      if (answers.size() == 3) {
        asked.add(new Asked(MetricQueryToJson.write(question), answers));
      }
    }
    return asked;
  }

  @Test
  void isServedOrToldToComeAgain(@TempDir Path folder) throws Exception {
    Path project = ShopCallers.into(SmallShop.in(folder));
    Path settings = project.resolve("sextant.yml");
    Files.writeString(settings,
        Files.readString(settings).replace("type: duckdb", "type: duckdb\n    max_connections: 2\n    max_queued: 20"));
    List<Asked> questions;
    try (CachedShop shop = new CachedShop(project)) {
      questions = questions(shop);
    }
    List<Future<?>> clients = new ArrayList<>();
    try (
        SextantServer server = SextantServer.start(project, Map.of(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      URI url = URI.create("http://127.0.0.1:" + server.httpPort() + "/v1/query");
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(SEED + i);
        clients.add(people.submit(() -> ask(CROWD, questions, random, http, url)));
      }
      for (Caller quiet : QUIET) {
        clients.add(people.submit(() -> ask(quiet, questions, new Random(quiet.hashCode()), http, url)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
    System.out.println(CLIENTS + " clients: " + statuses + ", heap " + (Runtime.getRuntime().totalMemory() >> 20) + " MB");
    assertThat(statuses.keySet()).isSubsetOf(200, BUSY);
    assertThat(statuses).containsKeys(200, BUSY);
    assertThat(refusedQuiet).hasValue(0);
  }

  /** Half of the questions may be answered from the cache, so that the warehouse is busy all the while. */
  private Void ask(Caller caller, List<Asked> questions, Random random, HttpClient http, URI url) throws Exception {
    for (int i = 0; i < EACH; i++) {
      Asked asked = questions.get(random.nextInt(questions.size()));
      ObjectNode body = asked.question().deepCopy().put("cache", random.nextBoolean() ? "use" : "off");
      HttpResponse<String> reply = http.send(HttpRequest.newBuilder(url)
          .header("Authorization", "Bearer " + caller.name() + "-token")
          .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
          .build(), HttpResponse.BodyHandlers.ofString());
      statuses.computeIfAbsent(reply.statusCode(), any -> new AtomicLong()).incrementAndGet();
      if (reply.statusCode() == 200) {
        assertThat(new TableDifference(1e-9, false).between(asked.answers().getOrDefault(caller, JsonTable.read(body)),
            JsonTable.read(json.readTree(reply.body())))).as(asked.question() + " by " + caller).isEmpty();
      } else if (reply.statusCode() == BUSY) {
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(json.readTree(reply.body()).at("/error/code").asText()).isEqualTo("QUEUE_FULL");
        refusedQuiet.addAndGet(caller.equals(CROWD) ? 0 : 1);
      }
    }
    return null;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.testing.SmallProject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A server whose settings allow answers to be kept. */
class CachedServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "{\"metrics\": [\"revenue\"], \"group_by\": [\"order__country\"], \"order_by\": [\"revenue\"]}";
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private SextantServer server;

  @BeforeEach
  void start() throws Exception {
    SmallProject.write(folder);
    Files.writeString(folder.resolve("sextant.yml"),
        Files.readString(folder.resolve("sextant.yml")) + "cache: {memory: 16MB, max_age: 1h}\n");
    server = SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String method, String path, String body) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
        .method(method, BodyPublishers.ofString(body))
        .build(), BodyHandlers.ofString()).body();
  }

  private JsonNode query(String body) throws Exception {
    return JSON.readTree(ask("POST", "/v1/query", body));
  }

  @Test
  void anAnswerSaysHowTheCacheCameByIt() throws Exception {
    JsonNode first = query(QUESTION);
    assertThat(first.at("/meta/cache").asText()).isEqualTo("miss");
    JsonNode second = query(QUESTION);
    assertThat(second.at("/meta/cache").asText()).isEqualTo("hit");
    assertThat(second.at("/meta/age_ms").isIntegralNumber()).isTrue();
    assertThat(second.at("/meta/sql")).isEqualTo(first.at("/meta/sql"));
    assertThat(second.get("rows")).isEqualTo(first.get("rows"));
    assertThat(second.get("columns")).isEqualTo(first.get("columns"));
    assertThat(query(QUESTION.replace("{\"metrics\"", "{\"cache\": \"off\", \"metrics\"")).at("/meta/cache").isMissingNode()).isTrue();
  }

  @Test
  void formsWithoutAPlaceForFactsHaveThemInHeaders() throws Exception {
    for (String form : List.of("text/csv", "application/x-ndjson")) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/v1/query"))
          .header("Accept", form)
          .POST(BodyPublishers.ofString(QUESTION))
          .build();
      query(QUESTION);
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.headers().firstValue("Sextant-Cache")).contains("hit");
      assertThat(answer.headers().firstValueAsLong("Sextant-Age-Ms").orElseThrow()).isNotNegative();
      assertThat(answer.body()).doesNotContain("age_ms");
    }
  }

  @Test
  void whoChangesDataSaysSo() throws Exception {
    query(QUESTION);
    ask("POST", "/v1/cache/invalidate", "{\"datasets\": [\"orders\"]}");
    assertThat(query(QUESTION).at("/meta/cache").asText()).isEqualTo("miss");
    assertThat(query(QUESTION).at("/meta/cache").asText()).isEqualTo("hit");
    ask("POST", "/v1/cache/invalidate", "");
    assertThat(query(QUESTION).at("/meta/cache").asText()).isEqualTo("miss");
    assertThat(ask("POST", "/v1/cache/invalidate", "{\"datasets\": [\"order\"]}")).contains("Did you mean 'orders'?");
    assertThat(ask("POST", "/v1/cache/invalidate", "[]")).contains("INVALID_REQUEST");
  }

  @Test
  void statementsAreKeptToo() throws Exception {
    String statement = "{\"sql\": \"select order__country, measure(revenue) as revenue from sales group by 1\"}";
    assertThat(JSON.readTree(ask("POST", "/v1/sql", statement)).at("/meta/cache").asText()).isEqualTo("miss");
    assertThat(JSON.readTree(ask("POST", "/v1/sql", statement)).at("/meta/cache").asText()).isEqualTo("hit");
    assertThat(JSON.readTree(ask("POST", "/v1/sql", "{\"sql\": \"select now() as n\"}")).at("/meta/cache").isMissingNode()).isTrue();
  }

  @Test
  void theCacheIsMeasured() throws Exception {
    query(QUESTION);
    query(QUESTION);
    JsonNode counts = JSON.readTree(ask("GET", "/v1/cache", ""));
    assertThat(counts.get("hits").asInt()).isEqualTo(1);
    assertThat(counts.get("misses").asInt()).isEqualTo(1);
    assertThat(counts.get("entries").asInt()).isEqualTo(1);
    assertThat(counts.get("bytes").asLong()).isPositive();
    assertThat(ask("GET", "/metrics", "")).contains("sextant_cache_hits_total 1.0").contains("sextant_cache_entries 1.0");
  }

  private String cacheOf(String question) throws Exception {
    return query(question).at("/meta/cache").asText();
  }

  private JsonNode invalidate(String parameters, String body) throws Exception {
    return JSON.readTree(ask("POST", "/v1/cache/invalidate" + parameters, body));
  }

  @Test
  void tablesModelsAndMetricsNameTheDatasetsThatReadThem() throws Exception {
    String[][] notices = {{"", "{\"tables\": [\"main.orders\"]}"}, {"", "{\"models\": [\"orders\"]}"},
        {"", "{\"metrics\": [\"average_order_value\"]}"}, {"?tables=warehouse.main.ORDERS,other", "{\"job\": \"nightly\"}"}};
    for (String[] notice : notices) {
      query(QUESTION);
      assertThat(cacheOf(QUESTION)).isEqualTo("hit");
      JsonNode told = invalidate(notice[0], notice[1]);
      assertThat(told.at("/datasets")).hasToString("[\"orders\"]");
      assertThat(cacheOf(QUESTION)).as(notice[0] + notice[1]).isEqualTo("miss");
    }
    assertThat(invalidate("?tables=reorders,orders_old", "").toString())
        .isEqualTo("{\"status\":\"invalidated\",\"datasets\":[],\"unread\":[\"reorders\",\"orders_old\"]}");
    assertThat(cacheOf(QUESTION)).isEqualTo("hit");
    assertThat(invalidate("", "{\"metrics\": [\"revenu\"]}").toString()).contains("Did you mean 'revenue'?");
  }

  @Test
  void anAnswerThatHoldsMoreAnswersWithoutTheWarehouse() throws Exception {
    query("{\"metrics\": [\"revenue\", \"orders\"], \"group_by\": [\"order__country\", \"metric_time__month\"]}");
    JsonNode total = query(QUESTION);
    assertThat(total.at("/meta/cache").asText()).isEqualTo("superset");
    assertThat(total.at("/meta/age_ms").isIntegralNumber()).isTrue();
    assertThat(total.get("rows")).hasSize(3).isEqualTo(query(QUESTION.replace("{", "{\"cache\": \"off\", ")).get("rows"));
    assertThat(cacheOf(QUESTION)).isEqualTo("hit");
    invalidate("?datasets=orders", "");
    assertThat(cacheOf(QUESTION)).isEqualTo("miss");
    assertThat(ask("GET", "/metrics", "")).contains("sextant_cache_supersets_total 1.0");
  }

  @Test
  void anEditOfTheModelIsSeenAtOnceByWhoAsks() throws Exception {
    query(QUESTION);
    assertThat(cacheOf(QUESTION)).isEqualTo("hit");
    Path model = folder.resolve("models/orders.yml");
    Files.writeString(model, Files.readString(model).replace("expr: amount", "expr: amount * 2"));
    while (JSON.readTree(ask("GET", "/v1/health", "")).at("/model/version").asText().equals("1")) {
      Thread.sleep(20);
    }
    JsonNode doubled = query(QUESTION);
    assertThat(doubled.at("/meta/cache").asText()).isEqualTo("miss");
    assertThat(doubled.get("rows").get(0).get(1).asText()).isEqualTo("14.5");
  }

  @Test
  void aWarehouseThatComparesOtherwiseIsAskedItself(@TempDir Path other) throws Exception {
    assertThatCaseDoesNotTell(other, "init:", "init:\n      - set global default_collation = 'nocase'");
  }

  @Test
  void aColumnThatComparesOtherwiseIsAskedForItself(@TempDir Path other) throws Exception {
    assertThatCaseDoesNotTell(other, "create table orders as select * from",
        "create table orders(order_id int, ordered_at date, country varchar collate nocase, amount decimal(18, 2)); insert into orders select * from");
  }

  private void assertThatCaseDoesNotTell(Path other, String setting, String with) throws Exception {
    SmallProject.write(other);
    Path settings = other.resolve("sextant.yml");
    Files.writeString(settings, Files.readString(settings)
        .replace(setting, with)
        .replace("(6, date '2026-03-01', 'FR', 100)", "(6, date '2026-03-01', 'fr', 100)") + "cache: {max_age: 1h}\n");
    server.close();
    server = SextantServer.start(other, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
    query("{\"metrics\": [\"revenue\"], \"group_by\": [\"order__country\", \"metric_time__month\"]}");
    JsonNode total = query(QUESTION);
    assertThat(total.at("/meta/cache").asText()).isEqualTo("miss");
    assertThat(total.get("rows")).hasSize(3);
  }

  @Test
  void aRollupThatIsBuiltAnewIsReadAnew() throws Exception {
    Files.writeString(folder.resolve("models/rollups.yml"),
        "rollups: [{name: by_country, metrics: [revenue], dimensions: [order__country], grain: day}]\n");
    while (JSON.readTree(ask("GET", "/v1/health", "")).at("/model/version").asText().equals("1")) {
      Thread.sleep(20);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(ask("POST", "/v1/runs", "{\"kind\": \"rollup\", \"name\": \"by_country\", \"wait\": true}")).contains("succeeded");
      JsonNode built = query(QUESTION);
      assertThat(built.at("/meta/rollup").asText()).isEqualTo("by_country");
      assertThat(built.at("/meta/cache").asText()).isEqualTo("miss");
      assertThat(cacheOf(QUESTION)).isEqualTo("hit");
    }
  }
}

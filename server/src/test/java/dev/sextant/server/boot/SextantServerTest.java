// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole server over a real engine and an embedded warehouse. */
class SextantServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private SextantServer start() throws IOException {
    return SextantServer.start(SmallProject.write(folder), new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  private HttpResponse<String> get(SextantServer server, String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> query(SextantServer server, String accept, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(server, "/v1/query")).header("Accept", accept).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static URI uri(SextantServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.httpPort() + path);
  }

  private static void waitUntil(Callable<Boolean> condition) throws Exception {
    Instant latest = Instant.now().plusSeconds(20);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(latest);
      Thread.sleep(50);
    }
  }

  @Test
  void questionsAreAnsweredFromTheWarehouse() throws Exception {
    try (SextantServer server = start()) {
      HttpResponse<String> csv = query(server, "text/csv", """
          {"metrics": ["revenue", {"name": "orders", "alias": "n"}], "group_by": ["order__country"], "order_by": ["-revenue"]}""");
      assertThat(csv.body()).isEqualTo("order__country,revenue,n\nFR,105.00,2\nDE,31.50,3\n,7.25,1\n");
      JsonNode json = JSON
          .readTree(query(server, "application/json", "{\"metrics\": [\"revenue\"], \"group_by\": [\"metric_time__month\"], "
              + "\"order_by\": [\"metric_time__month\"]}").body());
      assertThat(json.get("rows").toString())
          .isEqualTo("[[\"2026-01-01\",30.5],[\"2026-02-01\",13.25],[\"2026-03-01\",100.0]]");
      assertThat(json.get("meta").get("sql").asText()).containsIgnoringCase("select");
      assertThat(query(server, "*/*", "{\"metrics\": [\"revenu\"]}").body()).contains("UNKNOWN_METRIC").contains("Did you mean 'revenue'?");
    }
  }

  @Test
  void semanticSqlIsAnswered() throws Exception {
    try (SextantServer server = start()) {
      HttpRequest.Builder sql = HttpRequest.newBuilder(uri(server, "/v1/sql")).header("Accept", "text/csv");
      HttpResponse<String> rows = client.send(
          sql.POST(BodyPublishers.ofString(
              """
          {"sql": "select order__country, measure(revenue) as revenue from sales where order__country = ? group by 1", "parameters": ["DE"]}"""))
              .build(),
          BodyHandlers.ofString());
      assertThat(rows.body()).isEqualTo("order__country,revenue\nDE,31.50\n");
      HttpResponse<String> wrong = client.send(sql.POST(BodyPublishers.ofString("{\"sql\": \"select revenu from sales\"}")).build(),
          BodyHandlers.ofString());
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("\"sqlstate\":\"42");
    }
  }

  @Test
  void theCatalogComesFromTheModel() throws Exception {
    try (SextantServer server = start()) {
      assertThat(JSON.readTree(get(server, "/v1/metrics").body()).get("metrics")).extracting(metric -> metric.get("name").asText())
          .containsExactlyInAnyOrder("revenue", "orders", "average_order_value");
      assertThat(get(server, "/v1/dimensions?metrics=revenue").body()).contains("order__country").contains("metric_time");
      assertThat(get(server, "/v1/lineage?metric=average_order_value").body()).contains("\"measure\":\"revenue\"");
      assertThat(get(server, "/v1/lineage?metric=averag_order_value").statusCode()).isBetween(400, 499);
      assertThat(get(server, "/v1/saved_queries").body()).contains("by_country");
      JsonNode health = JSON.readTree(get(server, "/v1/health").body());
      assertThat(health.get("warehouses").toString()).isEqualTo("[{\"name\":\"main\",\"type\":\"duckdb\",\"status\":\"ok\"}]");
    }
  }

  @Test
  void anEditIsServedAndABrokenOneIsTold() throws Exception {
    try (SextantServer server = start()) {
      SmallProject.breakIt(folder);
      waitUntil(() -> get(server, "/v1/health").body().contains("broken_edit"));
      JsonNode broken = JSON.readTree(get(server, "/v1/health").body()).get("model");
      assertThat(broken.get("version").asText()).isEqualTo("1");
      assertThat(broken.get("broken_edit").get(0).get("position").get("file").asText()).isEqualTo("models/orders.yml");
      assertThat(query(server, "text/csv", "{\"metrics\": [\"orders\"]}").body()).isEqualTo("orders\n6\n");
      SmallProject.mend(folder);
      waitUntil(() -> !get(server, "/v1/health").body().contains("broken_edit"));
      assertThat(query(server, "text/csv", "{\"metrics\": [\"sold\"]}").body()).isEqualTo("sold\n6\n");
    }
  }

  @Test
  void aProjectThatIsNotValidIsNotServed() throws Exception {
    SmallProject.write(folder);
    SmallProject.breakIt(folder);
    assertThatThrownBy(() -> SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHttpPort(0)))
        .isInstanceOf(SextantException.class)
        .hasMessageContaining("revenu");
  }

  @Test
  void aTakenPortIsToldPlainly() throws Exception {
    try (SextantServer server = start()) {
      assertThatThrownBy(
          () -> SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(server.httpPort())))
              .isInstanceOfSatisfying(SextantException.class,
                  failure -> assertThat(failure.issue().code()).isEqualTo(ServerIssue.PORT_IN_USE));
    }
  }

  @Test
  void theFlightDoorOpensBehindTheOthers() throws Exception {
    try (SextantServer server = start()) {
      waitUntil(() -> get(server, "/v1/health").body().contains("{\"name\":\"flight\",\"status\":\"open\",\"port\":"));
      JsonNode doors = JSON.readTree(get(server, "/v1/health").body()).get("doors");
      assertThat(doors).hasSize(2);
      try (SextantServer second = SextantServer.start(folder, new LinkedHashMap<>(),
          config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(doors.get(0).get("port").intValue()))) {
        waitUntil(() -> get(second, "/v1/health").body().contains("--flight PORT"));
        assertThat(get(second, "/v1/health").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aClosedServerIsGone() throws Exception {
    SextantServer server = start();
    int port = server.httpPort();
    server.close();
    server.close();
    assertThatThrownBy(
        () -> client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(), BodyHandlers.ofString()))
            .isInstanceOf(ConnectException.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.testing.RunningDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpOperationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private RunningDoor door;

  @BeforeEach
  void open() {
    door = new RunningDoor();
  }

  @AfterEach
  void close() {
    door.close();
  }

  /** Lets every query wait, as one in a slow warehouse would, until it is stopped. */
  private void answerNever() {
    door.engine().answer((query, control) -> {
      CountDownLatch stopped = new CountDownLatch(1);
      control.onStop(stopped::countDown);
      return door.rows(control, 1).before(() -> await(stopped));
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    Instant latest = Instant.now().plusSeconds(5);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(latest);
      Thread.sleep(5);
    }
  }

  private CompletableFuture<HttpResponse<String>> askInBackground(String id) {
    return door.client()
        .sendAsync(
            door.request("/v1/query").header("Sextant-Query-Id", id).POST(BodyPublishers.ofString("{\"metrics\": [\"revenue\"]}")).build(),
            BodyHandlers.ofString());
  }

  @Test
  void runningQueriesAreListedAndCanBeCancelled() throws Exception {
    answerNever();
    CompletableFuture<HttpResponse<String>> answer = askInBackground("my-query");
    waitUntil(() -> door.operations().queries().count() == 1);
    JsonNode listed = JSON.readTree(door.get("/v1/queries").body()).get("queries").get(0);
    assertThat(listed.get("query_id").asText()).isEqualTo("my-query");
    assertThat(listed.get("door").asText()).isEqualTo("http");
    assertThat(listed.get("question").asText()).isEqualTo("revenue");
    HttpResponse<String> twin = askInBackground("my-query").get();
    assertThat(twin.statusCode()).as("a second query of the same id").isEqualTo(400);

    HttpResponse<String> cancelled = door.send(door.request("/v1/queries/my-query").DELETE().build());
    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(answer.get().statusCode()).isEqualTo(409);
    assertThat(answer.get().body()).contains("\"code\":\"CANCELLED\"");
    waitUntil(() -> door.operations().queries().count() == 0);
    assertThat(door.get("/v1/queries").body().strip()).isEqualTo("{\"queries\":[]}");
  }

  @Test
  void callersSeeAndCancelTheirOwnQueriesAndAdminsAll() throws Exception {
    door.backend()
        .settings(Map.of("server.tokens.eva", "e", "server.tokens.tom", "t", "server.tokens.root", "r", "server.roles.root", "admin"));
    answerNever();
    CompletableFuture<HttpResponse<String>> answer = door.client()
        .sendAsync(as("e", "/v1/query").header("Sextant-Query-Id", "evas").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofString());
    waitUntil(() -> door.operations().queries().count() == 1);
    assertThat(door.send(as("e", "/v1/queries").build()).body()).contains("evas");
    assertThat(door.send(as("r", "/v1/queries").build()).body()).contains("evas");
    assertThat(door.send(as("t", "/v1/queries").build()).body().strip()).isEqualTo("{\"queries\":[]}");
    assertThat(door.send(as("t", "/v1/queries/evas").build()).statusCode()).isEqualTo(404);
    assertThat(door.send(as("t", "/v1/queries/evas").DELETE().build()).statusCode()).isEqualTo(404);
    assertThat(door.send(as("r", "/v1/queries/evas").DELETE().build()).statusCode()).isEqualTo(200);
    assertThat(answer.get().statusCode()).isEqualTo(409);
    assertThat(door.send(as("e", "/v1/queries/evas").build()).body()).contains("CANCELLED");
    assertThat(door.send(as("t", "/v1/queries/evas").build()).statusCode()).isEqualTo(404);
  }

  private HttpRequest.Builder as(String token, String path) {
    return door.request(path).header("Authorization", "Bearer " + token);
  }

  @Test
  void deadlinesEndQueries() {
    answerNever();
    HttpResponse<String> byHeader = door.send(
        door.request("/v1/query").header("Sextant-Timeout", "50ms").POST(BodyPublishers.ofString("{}")).build());
    assertThat(byHeader.statusCode()).isEqualTo(504);
    assertThat(byHeader.body()).contains("DEADLINE_EXCEEDED");
    assertThat(door.post("/v1/query", "{\"timeout\": \"50ms\"}").statusCode()).isEqualTo(504);
  }

  @Test
  void aClientThatGoesAwayCancelsItsQueryBeforeAnyRowIsThere() throws Exception {
    answerNever();
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.getOutputStream().write(post("{}"));
      waitUntil(() -> door.operations().queries().count() == 1);
    }
    waitUntil(() -> door.operations().queries().count() == 0);
    assertThat(door.engine().lastControl().stopped()).hasValue(QueryIssue.CANCELLED);
  }

  @Test
  void aClientThatGoesAwayMidwayCancelsItsQuery() throws Exception {
    door.answerRows(100_000_000);
    HttpResponse<InputStream> response = door.client()
        .send(
            door.request("/v1/query").header("Accept", "text/csv").POST(BodyPublishers.ofString("{}")).build(),
            BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
    }
    waitUntil(() -> door.operations().queries().count() == 0);
    assertThat(door.engine().lastControl().stopped()).hasValue(QueryIssue.CANCELLED);
  }

  @Test
  void aDeadlineFreesAnAnswerThatItsClientDoesNotRead() throws Exception {
    door.answerRows(100_000_000);
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.getOutputStream().write(post("{\"timeout\": \"300ms\"}"));
      waitUntil(() -> door.operations().queries().count() == 1);
      waitUntil(() -> door.operations().queries().count() == 0);
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void requestsThatAreSentBeforeTheAnswerAreNotLost() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    door.engine().answer((query, control) -> door.rows(control, 1).before(() -> await(go)));
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(post("{}"));
      waitUntil(() -> door.operations().queries().count() == 1);
      socket.getOutputStream().write(post("{}"));
      socket.getOutputStream()
          .write("GET /v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread.sleep(350); // several looks at the connection find bytes
      go.countDown();
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all.split("HTTP/1.1 200")).hasSize(3);
      assertThat(all).contains("HTTP/1.1 404");
    }
  }

  @Test
  void connectionsAreKeptOpenBetweenQueries() throws Exception {
    door.answerRows(1);
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.setSoTimeout(5_000);
      for (int i = 0; i < 5; i++) {
        socket.getOutputStream().write(post("{}"));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("}}\n")) {
          answer.append((char) socket.getInputStream().read());
        }
        assertThat(answer).startsWith("HTTP/1.1 200");
        Thread.sleep(120);
      }
    }
  }

  private static byte[] post(String body) {
    return ("POST /v1/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(
        StandardCharsets.US_ASCII);
  }

  @Test
  void healthTellsTheModelAndItsBrokenEdit() throws Exception {
    door.backend()
        .brokenEdit(List.of(Issue.of(QueryIssue.UNKNOWN_METRIC, new Position("models/a.yml", 3, 5), "metric 'x' is not defined.")));
    HttpResponse<String> response = door.get("/v1/health");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode health = JSON.readTree(response.body());
    assertThat(health.get("status").asText()).isEqualTo("ok");
    assertThat(health.get("model").get("project").asText()).isEqualTo("shop");
    assertThat(health.get("model").get("version").asText()).isEqualTo("v1");
    assertThat(health.get("model").get("broken_edit").get(0).get("position").get("file").asText()).isEqualTo("models/a.yml");
    JsonNode validation = JSON.readTree(door.post("/v1/validate", "").body());
    assertThat(validation.get("valid").asBoolean()).isFalse();
  }

  @Test
  void healthIsUnavailableBeforeAndAfterServing() {
    door.backend().ready(false);
    assertThat(door.get("/v1/health").statusCode()).isEqualTo(503);
    assertThat(door.get("/v1/health").body()).contains("starting");
  }

  @Test
  void aDrainingServerAnswersWhatRunsAndRefusesTheRest() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    door.engine().answer((query, control) -> door.rows(control, 1).before(() -> await(go)));
    CompletableFuture<HttpResponse<String>> running = askInBackground("last");
    waitUntil(() -> door.operations().queries().count() == 1);
    CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> drain(Duration.ofSeconds(5)));
    waitUntil(() -> door.operations().queries().isDraining());
    HttpResponse<String> refused = door.post("/v1/query", "{}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("SHUTTING_DOWN");
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(door.get("/v1/health").statusCode()).isEqualTo(503);
    go.countDown();
    assertThat(running.get().statusCode()).isEqualTo(200);
    drained.get(5, TimeUnit.SECONDS);
  }

  @Test
  void whatRunsTooLongIsCancelledWhenTheServerStops() throws Exception {
    answerNever();
    CompletableFuture<HttpResponse<String>> running = askInBackground("endless");
    waitUntil(() -> door.operations().queries().count() == 1);
    drain(Duration.ofMillis(50));
    assertThat(running.get().statusCode()).isEqualTo(409);
  }

  private void drain(Duration most) {
    try {
      door.door().drain();
      door.operations().queries().drain(most);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void metricsCountRequestsByRouteAndOutcome() {
    door.answerRows(7);
    assertThat(door.post("/v1/query", "{}").statusCode()).isEqualTo(200);
    assertThat(door.post("/v1/query", "{").statusCode()).isEqualTo(400);
    String metrics = door.get("/metrics").body();
    assertThat(metrics).contains("sextant_requests_seconds_count{door=\"http\",outcome=\"ok\",route=\"/v1/query\"} 1")
        .contains("sextant_requests_seconds_count{door=\"http\",outcome=\"INVALID_JSON\",route=\"/v1/query\"} 1")
        .contains("sextant_queries_running 0")
        .contains("sextant_rows_total 7")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void aStoppedQueryFailsForThatReasonWhateverItsWarehouseSays() {
    door.engine().answer((query, control) -> door.rows(control, 1).before(() -> interrupted(control)));
    HttpResponse<String> response = door.post("/v1/query", "{}");
    assertThat(response.statusCode()).isEqualTo(409);
  }

  private static void interrupted(QueryControl control) {
    control.stop(QueryIssue.CANCELLED);
    throw new IllegalStateException("interrupted by somebody");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sextant.activation.RunState;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** HubSpot's batch endpoints as their documentation has them: partial answers, silent ones, archiving by id. */
class HubSpotTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', null), (3, 'c@x', 7.00)) t(customer, email, revenue)";

  @TempDir private Path folder;
  private final Map<String, String> contacts = new TreeMap<>();
  private final Set<String> invalid = new HashSet<>();
  private int silentAnswers;
  private HttpServer server;
  private Syncing syncing;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/crm/v3/objects/contacts/batch/upsert", this::upsert);
    server.createContext("/crm/v3/objects/contacts/batch/archive", this::archive);
    server.start();
    syncing = Syncing.of(folder, "hubspot", Map.of("token", "secret", "url", "http://localhost:" + server.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void rowsBecomeContactsByTheirEmail() {
    assertThat(syncing.run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(contacts).containsOnlyKeys("a@x", "b@x", "c@x")
        .containsEntry("a@x", "{\"email\":\"a@x\",\"lifetime_value\":\"10.50\",\"source\":\"sextant\"}")
        .containsEntry("b@x", "{\"email\":\"b@x\",\"lifetime_value\":\"\",\"source\":\"sextant\"}");
  }

  @Test
  void aPartialAnswerRejectsTheRowsItNames() {
    invalid.add("b@x");
    TestRun run = new TestRun();
    assertThat(syncing.run(ROWS, run).state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
    assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.status() + " " + reject.code() + " " + reject.message())
        .containsExactly("[2] 207 VALIDATION_ERROR Email address b@x is invalid");
    assertThat(contacts).containsOnlyKeys("a@x", "c@x");
  }

  @Test
  void anAnswerWithoutAWordIsNoSuccess() {
    silentAnswers = 1;
    assertThat(syncing.run(ROWS).report().counters()).containsEntry("accepted", 3L).containsEntry("retried", 1L);
    assertThat(contacts).hasSize(3);
  }

  @Test
  void whoLeavesIsArchivedByTheIdThatHubSpotTold() {
    Syncing mirror = syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.ARCHIVE);
    mirror.run(ROWS);
    assertThat(mirror.run(ROWS + " where customer <> 3").report().counters()).containsEntry("removed", 1L).containsEntry("accepted", 1L);
    assertThat(contacts).containsOnlyKeys("a@x", "b@x");
  }

  private void upsert(HttpExchange exchange) throws IOException {
    ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
    ArrayNode results = answer.putArray("results");
    ArrayNode errors = answer.putArray("errors");
    JsonNode inputs = JSON.readTree(exchange.getRequestBody()).path("inputs");
    if (silentAnswers > 0) {
      silentAnswers--;
    } else {
      for (JsonNode input : inputs) {
        upsert(input, results, errors);
      }
    }
    reply(exchange, errors.isEmpty() ? 200 : 207, answer);
  }

  private void upsert(JsonNode input, ArrayNode results, ArrayNode errors) {
    String id = input.path("id").asText();
    String trace = input.path("objectWriteTraceId").asText();
    if (invalid.contains(id)) {
      ObjectNode error = errors.addObject().put("category", "VALIDATION_ERROR").put("message", "Email address " + id + " is invalid");
      error.putObject("context").putArray("objectWriteTraceId").add(trace);
    } else {
      contacts.put(id, input.path("properties").toString());
      results.addObject().put("id", "hs-" + id).put("objectWriteTraceId", trace);
    }
  }

  private void archive(HttpExchange exchange) throws IOException {
    JSON.readTree(exchange.getRequestBody()).path("inputs").forEach(input -> contacts.remove(input.path("id").asText().substring(3)));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

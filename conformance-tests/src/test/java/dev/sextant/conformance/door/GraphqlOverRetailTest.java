// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Every table of the web shop gives the same rows through GraphQL's typed fields as through {@code POST /v1/query}. */
class GraphqlOverRetailTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;
  private static SextantServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SextantServer.start(ProjectFolders.copy("retail", folder), new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
    return JSON.readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
  }

  private static JsonNode graphql(String query) throws IOException, InterruptedException {
    return post("/graphql", Map.of("query", query));
  }

  @Test
  void everyColumnOfEveryTableHasTheSameRowsThroughBothDoors() throws Exception {
    JsonNode tables = graphql("{ views { field columns { field of role grains } } }").at("/data/views");
    int compared = 0;
    List<String> differing = new ArrayList<>();
    for (JsonNode table : tables) {
      List<JsonNode> metrics = columns(table, true);
      List<JsonNode> items = columns(table, false);
      for (int i = 0; i < Math.max(metrics.size(), items.size()) && !metrics.isEmpty(); i++) {
        JsonNode metric = metrics.get(i % metrics.size());
        JsonNode item = items.get(i % items.size());
        compared += sameRows(table.get("field").asText(), item, metric, differing);
      }
    }
    System.out.println(compared + " queries of " + tables.size() + " tables were compared");
    assertThat(differing).isEmpty();
    assertThat(compared).isGreaterThan(50);
  }

  private static List<JsonNode> columns(JsonNode table, boolean metrics) {
    List<JsonNode> columns = new ArrayList<>();
    table.get("columns").forEach(column -> {
      if (column.get("role").asText().equals("metric") == metrics) {
        columns.add(column);
      }
    });
    return columns;
  }

  private static int sameRows(String table, JsonNode item, JsonNode metric, List<String> differing) throws Exception {
    boolean time = item.get("grains").toString().contains("month");
    String query = "{ " + table + "(order_by: [{" + item.get("field").asText() + ": ASC}]) { a: " + item.get("field").asText()
        + (time ? "(grain: MONTH)" : "") + " b: " + metric.get("field").asText() + " } }";
    JsonNode typed = graphql(query);
    String of = item.get("of").asText() + (time ? "__month" : "");
    JsonNode plain = post("/v1/query",
        Map.of("metrics", List.of(metric.get("of").asText()), "group_by", List.of(of), "order_by", List.of(of)));
    if (plain.has("error")) {
      if (!typed.at("/errors/0/extensions/code").equals(plain.at("/error/code"))) {
        differing.add(query + ": " + plain.get("error") + " but " + typed.get("errors"));
      }
      return 0;
    }
    List<List<JsonNode>> rows = new ArrayList<>();
    typed.at("/data/" + table).forEach(row -> rows.add(List.of(row.get("a"), row.get("b"))));
    if (!JSON.writeValueAsString(rows).equals(JSON.writeValueAsString(plain.get("rows")))) {
      differing.add(query + ": " + abridged(typed) + " but " + abridged(plain));
    }
    return 1;
  }

  private static String abridged(JsonNode answer) {
    String text = answer.toString();
    return text.substring(0, Math.min(300, text.length()));
  }
}

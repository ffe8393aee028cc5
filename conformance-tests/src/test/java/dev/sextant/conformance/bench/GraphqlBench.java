// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.server.boot.SextantServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What an answer of ten rows takes through GraphQL and through Cube's interface, against {@code POST /v1/query}; the same rows are asked. */
final class GraphqlBench {
  private static final int WARM_UPS = 300;
  private static final int ROUNDS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLAIN = """
      {"metrics": ["revenue", "orders"], "group_by": ["customer__country", "metric_time__month"], "order_by": ["metric_time__month",
       "customer__country"], "limit": 10, "cache": "%s"}""";
  private static final String TYPED = """
      {"query": "{ sales(order_by: [{metric_time: ASC}, {customer_country: ASC}], limit: 10, cache: %s) { customer_country \
      metric_time(grain: MONTH) revenue orders } }"}""";
  private static final String CUBE = """
      {"queryType": "multi", "query": {"measures": ["sales.revenue", "sales.orders"], "dimensions": ["sales.customer_country"], "limit": 10,
       "timeDimensions": [{"dimension": "sales.metric_time", "granularity": "month"}], "order": [["sales.metric_time", "asc"],
       ["sales.customer_country", "asc"]]}}""";

  private GraphqlBench() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    Path retail = ProjectFolders.copy("retail", folder);
    try (SextantServer server = SextantServer.start(retail, Map.of(), config -> config.withHttpPort(0).withFlightPort(0));
        HttpClientDoor door = new HttpClientDoor(URI.create("http://localhost:" + server.httpPort()))) {
      for (String cache : new String[] {"off", "use"}) {
        JsonNode plain = JSON.readTree(PLAIN.formatted(cache));
        JsonNode typed = JSON.readTree(TYPED.formatted(cache.toUpperCase(Locale.ROOT)));
        JsonNode cube = JSON.readTree(CUBE);
        Race race = new Race("Ten rows, cache: " + cache).baseline("POST /v1/query", () -> door.post("/v1/query", plain))
            .against("POST /v1/query", "GraphQL", () -> door.post("/graphql", typed));
        (cache.equals("off") ? race : race.against("POST /v1/query", "Cube's load", () -> door.post("/cubejs-api/v1/load", cube)))
            .run(WARM_UPS, ROUNDS);
      }
    }
    CompileBench.delete(folder);
  }
}

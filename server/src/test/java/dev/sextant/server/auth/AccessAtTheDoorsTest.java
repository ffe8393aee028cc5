// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.testing.Asker;
import dev.sextant.server.testing.SmallProject;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Two roles at every door over HTTP: each gets its own rows, and what is hidden from one does not exist for it. */
class AccessAtTheDoorsTest {
  @TempDir private static Path folder;
  private static SextantServer server;
  private static Asker nobody;
  private static Asker eva;
  private static Asker root;

  @BeforeAll
  static void start() throws Exception {
    SmallProject.withAccess(folder);
    server = SextantServer.start(folder, new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
    nobody = new Asker(HttpClient.newHttpClient(), server.httpPort(), "");
    eva = nobody.showing("eva-token");
    root = nobody.showing("root-token");
  }

  @AfterAll
  static void stop() {
    nobody.client().shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/metrics", "/v1/queries", "/v1/runs", "/graphql?query=%7B__typename%7D", "/api/graphql?query=%7B__typename%7D",
          "/cubejs-api/v1/meta", "/"})
  void withoutAKnownTokenNothingIsTold(String path) {
    assertThat(root.get(path).statusCode()).as(path).isEqualTo(200);
    for (Asker stranger : List.of(nobody, nobody.showing("eva-toke"))) {
      var refused = stranger.get(path);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.body()).contains("\"code\":\"UNAUTHENTICATED\"").doesNotContain("revenue");
      assertThat(refused.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
    }
  }

  @Test
  void browsersGetPagesWithAFieldForTheTokenAndNothingElse() {
    for (String path : List.of("/", "/graphql")) {
      var page = nobody.send(nobody.request(path).header("Accept", "text/html,*/*;q=0.8"));
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.body()).contains("<html").doesNotContain("average_order_value");
    }
    for (String path : List.of("/graphql?query=%7B__typename%7D", "/v1/metrics", "/cubejs-api/v1/meta")) {
      assertThat(nobody.send(nobody.request(path).header("Accept", "text/html")).statusCode()).as(path).isEqualTo(401);
    }
  }

  @Test
  void overHttpEachRoleGetsItsRowsAndItsCatalog() {
    String byCountry = "{\"metrics\": [\"orders\"], \"group_by\": [\"order__country\"], \"order_by\": [\"order__country\"]}";
    assertThat(Asker.tree(eva.post("/v1/query", byCountry)).get("rows").toString()).isEqualTo("[[\"DE\",3]]");
    assertThat(Asker.tree(root.post("/v1/query", byCountry)).get("rows").toString()).isEqualTo("[[\"DE\",3],[\"FR\",2],[null,1]]");
    String sql = "{\"sql\": \"select order__country, measure(orders) from sales group by 1 order by 1\"}";
    assertThat(Asker.tree(eva.post("/v1/sql", sql)).get("rows").toString()).isEqualTo("[[\"DE\",3]]");
    assertThat(Asker.tree(eva.post("/v1/query", "{\"group_by\": [\"order__country\"]}")).get("rows").toString()).isEqualTo("[[\"DE\"]]");

    for (String path : List.of("/v1/metrics", "/v1/views", "/v1/saved_queries", "/v1/lineage?metric=average_order_value")) {
      assertThat(root.get(path).body()).as(path).contains("\"revenue\"");
      assertThat(eva.get(path).body()).as(path).doesNotContain("revenue");
    }
    var hidden = eva.post("/v1/query", "{\"metrics\": [\"revenue\"]}");
    var unknown = eva.post("/v1/query", "{\"metrics\": [\"avenue\"]}");
    assertThat(hidden.body().replace("revenue", "avenue")).as("hidden is told as unknown is").isEqualTo(unknown.body());
    assertThat(eva.post("/v1/query", "{\"metrics\": [\"revenu\"]}").body()).contains("UNKNOWN_METRIC").doesNotContain("revenue");
    assertThat(eva.post("/v1/sql", "{\"sql\": \"select measure(revenue) from sales\"}").statusCode()).isBetween(400, 404);
    assertThat(Asker.tree(eva.post("/v1/query", "{\"metrics\": [\"average_order_value\"]}")).at("/rows/0/0").asDouble()).isEqualTo(10.5);
  }

  @Test
  void overGraphqlEachRoleHasASchemaOfItsOwn() {
    String byCountry = "{ sales(order_by: [{order__country: ASC}]) { order__country orders } }";
    assertThat(eva.graphql("/graphql", byCountry).at("/data/sales").toString()).isEqualTo("[{\"order__country\":\"DE\",\"orders\":3}]");
    assertThat(root.graphql("/graphql", byCountry).at("/data/sales")).hasSize(3);
    String schema = "{ __schema { types { name fields { name } inputFields { name } enumValues { name } } } }";
    assertThat(root.graphql("/graphql", schema).toString()).contains("\"revenue\"", "\"revenue__previous\"");
    assertThat(eva.graphql("/graphql", schema).toString()).contains("\"orders\"", "\"orders__previous\"").doesNotContain("revenue");
    String catalog = "{ metrics { name lineage { inputs { metric } } dimensions { name } } views { columns { name } } saved_queries { name metrics } }";
    assertThat(root.graphql("/graphql", catalog).toString()).contains("\"revenue\"");
    assertThat(eva.graphql("/graphql", catalog).toString()).contains("average_order_value").doesNotContain("revenue");
    assertThat(eva.graphql("/graphql", "{ dimension_values(dimension: \"order__country\") }").at("/data/dimension_values").toString())
        .isEqualTo("[\"DE\"]");
    JsonNode refused = eva.graphql("/graphql", "{ query(input: {metrics: [\"revenue\"]}) { rows } }");
    assertThat(refused.at("/errors/0/extensions/code").asText()).isEqualTo("UNKNOWN_METRIC");
    for (String asked : List.of("{ sales { revenu } }", "{ query(input: {metrics: [\"revenu\"]}) { rows } }")) {
      assertThat(root.graphql("/graphql", asked).at("/errors/0/extensions/suggestions").toString()).contains("revenue");
      assertThat(eva.graphql("/graphql", asked).at("/errors").toString()).doesNotContain("revenue");
    }
  }

  @Test
  void overCubesInterfaceEachRoleHasItsMembersAndRows() {
    assertThat(root.get("/cubejs-api/v1/meta").body()).contains("sales.revenue");
    assertThat(eva.get("/cubejs-api/v1/meta").body()).contains("sales.orders").doesNotContain("revenue");
    String load = "/cubejs-api/v1/load?query="
        + URLEncoder.encode("{\"measures\": [\"sales.orders\"], \"dimensions\": [\"sales.order__country\"]}", StandardCharsets.UTF_8);
    assertThat(Asker.tree(eva.get(load)).get("data").toString()).isEqualTo("[{\"sales.order__country\":\"DE\",\"sales.orders\":\"3\"}]");
    assertThat(Asker.tree(root.get(load)).get("data")).hasSize(3);
    var hidden = eva.post("/cubejs-api/v1/load", "{\"query\": {\"measures\": [\"sales.revenue\"]}}");
    assertThat(hidden.statusCode()).isBetween(400, 404);
    assertThat(eva.post("/cubejs-api/v1/load", "{\"query\": {\"measures\": [\"sales.revenu\"]}}").body()).doesNotContain("revenue");
    assertThat(root.post("/cubejs-api/v1/load", "{\"query\": {\"measures\": [\"sales.revenu\"]}}").body()).contains("sales.revenue");
  }

  @Test
  void overAvaticaNobodyReadsOnInWhatAnotherHasOpened() {
    String connection = "\"connectionId\": \"chosen\"";
    root.post("/avatica", "{\"request\": \"openConnection\", " + connection + "}");
    String statement = "{\"request\": \"createStatement\", " + connection + "}";
    assertThat(Asker.tree(root.post("/avatica", statement)).get("statementId").asInt()).isPositive();
    assertThat(eva.post("/avatica", statement).body()).contains("The connection is not open any more.");
    eva.post("/avatica", "{\"request\": \"closeConnection\", " + connection + "}");
    assertThat(Asker.tree(root.post("/avatica", statement)).get("statementId").asInt()).isPositive();
  }

  @Test
  void overDbtsInterfaceEachRoleHasItsMetricsRowsAndResults() {
    String metrics = "{ metrics(environmentId: 1) { name measures { name } dimensions { name } } savedQueries(environmentId: 1) { name } }";
    assertThat(root.graphql("/api/graphql", metrics).toString()).contains("\"revenue\"");
    assertThat(eva.graphql("/api/graphql", metrics).at("/data/metrics")).extracting(metric -> metric.get("name").asText())
        .containsExactlyInAnyOrder("orders", "average_order_value");
    String create = "mutation { createQuery(environmentId: 1, metrics: [{name: \"orders\"}], groupBy: [{name: \"order__country\"}]) { queryId } }";
    String id = eva.graphql("/api/graphql", create).at("/data/createQuery/queryId").asText();
    JsonNode polled = eva.graphql("/api/graphql", poll(id));
    while (polled.at("/data/query/status").asText().equals("RUNNING")) {
      polled = eva.graphql("/api/graphql", poll(id));
    }
    assertThat(polled.at("/data/query/jsonResult").asText()).contains("\"DE\"").doesNotContain("\"FR\"");
    assertThat(root.graphql("/api/graphql", poll(id)).at("/errors/0/extensions/code").asText()).isEqualTo("UNKNOWN_QUERY");
    String hidden = "mutation { createQuery(environmentId: 1, metrics: [{name: \"revenue\"}]) { queryId } }";
    String failing = eva.graphql("/api/graphql", hidden).at("/data/createQuery/queryId").asText();
    JsonNode failed = eva.graphql("/api/graphql", poll(failing));
    while (failed.at("/data/query/status").asText().equals("RUNNING")) {
      failed = eva.graphql("/api/graphql", poll(failing));
    }
    assertThat(failed.at("/data/query/errorType").asText()).isEqualTo("UNKNOWN_METRIC");
  }

  private static String poll(String id) {
    return "{ query(environmentId: 1, queryId: \"" + id + "\") { status errorType jsonResult(orient: RECORDS, encoded: false) } }";
  }
}

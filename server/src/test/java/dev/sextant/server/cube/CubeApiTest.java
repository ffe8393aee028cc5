// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.testing.SmallProject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CubeApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path folder;
  private static SextantServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SextantServer.start(SmallProject.write(folder), new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/cubejs-api/v1/" + path))
        .header("x-request-id", "r-1");
    return CLIENT.send(body.isEmpty() ? request.build() : request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> posted(String query) throws Exception {
    return send("load", "{\"queryType\": \"multi\", \"query\": " + query + "}");
  }

  private static JsonNode data(String query) throws Exception {
    JsonNode answer = JSON.readTree(posted(query).body());
    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    return answer.at("/results/0/data");
  }

  @Test
  void metaNamesMembersTheWayCubeDoes() throws Exception {
    JsonNode cubes = JSON.readTree(send("meta", "").body()).get("cubes");
    JsonNode sales = StreamSupport.stream(cubes.spliterator(), false)
        .filter(cube -> cube.get("name").asText().equals("sales"))
        .findFirst()
        .orElseThrow();
    assertThat(sales.get("type").asText()).isEqualTo("view");
    assertThat(sales.at("/measures/0/name").asText()).isEqualTo("sales.revenue");
    assertThat(sales.at("/measures/0/title").asText()).isEqualTo("Sales Revenue");
    assertThat(sales.at("/measures/0/aggType").asText()).isEqualTo("sum");
    assertThat(sales.at("/measures/0/description").asText()).isEqualTo("Money in");
    assertThat(sales.at("/measures/0/drillMembersGrouped/dimensions").toString()).isEqualTo("[\"sales.order__country\"]");
    assertThat(sales.at("/dimensions/0/type").asText()).isEqualTo("time");
    assertThat(sales.at("/dimensions/0/granularities/0/name").asText()).isEqualTo("day");
  }

  @Test
  void rowsHaveNumbersAsTextsAndTimesUnderBothNames() throws Exception {
    assertThat(data("""
        {"measures": ["sales.revenue"], "timeDimensions": [{"dimension": "sales.metric_time", "granularity": "month",
         "dateRange": ["2026-01-10", "2026-02-28"]}]}""").toString())
        .isEqualTo("[{\"sales.metric_time.month\":\"2026-01-01T00:00:00.000\",\"sales.metric_time\":\"2026-01-01T00:00:00.000\","
            + "\"sales.revenue\":\"20.00\"},{\"sales.metric_time.month\":\"2026-02-01T00:00:00.000\","
            + "\"sales.metric_time\":\"2026-02-01T00:00:00.000\",\"sales.revenue\":\"13.25\"}]");
  }

  @Test
  void nullIsAValueToFilterBy() throws Exception {
    String query = "{\"measures\": [\"sales.orders\"], \"filters\": [{\"member\": \"sales.order__country\", \"operator\": \"%s\", \"values\": [%s]}]}";
    assertThat(data(query.formatted("equals", "\"FR\", null")).toString()).isEqualTo("[{\"sales.orders\":\"3\"}]");
    assertThat(data(query.formatted("notEquals", "\"FR\"")).toString()).isEqualTo("[{\"sales.orders\":\"4\"}]");
    assertThat(data(query.formatted("notContains", "\"e\"")).toString()).isEqualTo("[{\"sales.orders\":\"3\"}]");
    assertThat(data(query.formatted("endsWith", "\"r\"")).toString()).isEqualTo("[{\"sales.orders\":\"2\"}]");
  }

  @Test
  void aQueryInParametersIsTheSameAsOneInABody() throws Exception {
    String query = "{\"measures\":[\"sales.orders\"],\"total\":true,\"dimensions\":[\"sales.order__country\"],\"limit\":1}";
    JsonNode posted = JSON.readTree(posted(query).body()).at("/results/0");
    JsonNode got = JSON.readTree(send("load?queryType=multi&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "").body())
        .at("/results/0");
    assertThat(got.get("data")).isEqualTo(posted.get("data"));
    assertThat(got.get("total").asInt()).isEqualTo(3);
  }

  @Test
  void withoutAQueryTypeOneResultStandsAlone() throws Exception {
    JsonNode answer = JSON.readTree(send("load", "{\"query\": {\"measures\": [\"sales.orders\"]}}").body());
    assertThat(answer.at("/data/0/sales.orders").asText()).isEqualTo("6");
    assertThat(answer.at("/annotation/measures/sales.orders/shortTitle").asText()).isEqualTo("Orders");
  }

  @Test
  void errorsHaveAStatusAMessageAndTheRequestsId() throws Exception {
    HttpResponse<String> response = posted("{\"measures\": [\"sales.revenu\"]}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("'sales.revenu' is not defined", "sales.revenue", "\"requestId\":\"r-1\"",
        "\"type\":\"UserError\"");
    assertThat(posted("{\"measures\": [\"sales.orders\"], \"colour\": 1}").body()).contains("colour", "is not allowed");
    assertThat(posted("{\"measures\": [\"sales.orders\"], \"limit\": 50001}").statusCode()).isEqualTo(400);
    assertThat(posted("{\"measures\": [\"sales.orders\"], \"timezone\": \"Mars\"}").body()).contains("Mars");
    assertThat(posted("{\"measures\": [").body()).contains("INVALID_JSON");
    assertThat(send("load", "").body()).contains("Query param is required");
    assertThat(posted("{\"measures\": [\"sales.orders\"], \"order\": {\"sales.order__country\": \"asc\"}}").body())
        .contains("INVALID_ORDER_BY");
    assertThat(posted(
        "{\"measures\": [\"sales.orders\"], \"timeDimensions\": [{\"dimension\": \"sales.metric_time\", \"granularity\": \"hour\"}]}")
            .body()).contains("INVALID_GRAIN");
  }

  @Test
  void statementsComeAsLines() throws Exception {
    assertThat(send("cubesql", "{\"query\": \"select measure(orders) as n from sales\"}").body().lines().toList())
        .satisfiesExactly(schema -> assertThat(schema).contains("{\"name\":\"n\",\"column_type\":\"Int64\"}"),
            rows -> assertThat(rows).isEqualTo("{\"data\":[[6]]}"));
  }
}

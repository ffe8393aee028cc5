// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.testing.SmallProject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Generated queries in Cube's form, sensible and not: each is answered or refused with a code, and never fails inside. */
class GeneratedCubeQueriesTest {
  private static final int COUNT = Integer.getInteger("sextant.fuzz", 400);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> MEASURES = List.of("sales.revenue", "sales.orders", "orders.average_order_value", "sales.none");
  private static final List<String> DIMENSIONS = List.of("sales.order__country", "orders.order__country", "sales.metric_time",
      "orders.order", "sales.metric_time.month");
  private static final List<String> OPERATORS = List.of("equals", "notEquals", "contains", "notContains", "startsWith", "endsWith", "gt",
      "lte", "set", "notSet", "inDateRange", "notInDateRange", "beforeDate", "afterOrOnDate", "measureFilter", "near");
  private static final List<
      String> VALUES = List.of("DE", "", "it's", "%", "5", "-10.5", "2026-02-01", "2026-02-01T10:00:00Z", "last 7 days",
          "{{ x }}", "' or 1=1 --", "\u0000", "99999999999999999999999999999999999999", "\uD83C\uDFC3");
  private static final List<String> RANGES = List.of("today", "last 3 months", "from 2026-01-01 to 2026-02-03", "soon", "2026-13-45");

  @TempDir private Path folder;
  private final Random random = new Random(20261123);

  @Test
  void noQueryFailsInside() throws Exception {
    Map<String, Integer> outcomes = new TreeMap<>();
    HttpClient client = HttpClient.newHttpClient();
    try (SextantServer server = SextantServer.start(SmallProject.write(folder), new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      URI uri = URI.create("http://127.0.0.1:" + server.httpPort() + "/cubejs-api/v1/load");
      for (int i = 0; i < COUNT; i++) {
        String body = JSON.writeValueAsString(Map.of("queryType", "multi", "query", query()));
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
        JsonNode json = JSON.readTree(answer.body());
        String code = json.path("code").asText("answered");
        outcomes.merge(code, 1, Integer::sum);
        assertThat(code).as(body + "\n" + json).isNotIn("INTERNAL", "WAREHOUSE_SCHEMA", "WAREHOUSE_ERROR");
        assertThat(answer.statusCode()).as(body).isLessThan(500);
      }
    }
    System.out.println("Generated queries of Cube's: " + outcomes);
    assertThat(outcomes.getOrDefault("answered", 0)).isGreaterThan(COUNT / 20);
  }

  private Map<String, Object> query() {
    Map<String, Object> query = new LinkedHashMap<>();
    query.put("measures", some(MEASURES, 2));
    query.put("dimensions", some(DIMENSIONS, 2));
    if (chance(50)) {
      Map<String, Object> time = new LinkedHashMap<>(Map.of("dimension", chance(90) ? "sales.metric_time" : "sales.order__country"));
      if (chance(70)) {
        time.put("granularity", one(List.of("day", "month", "quarter", "hour", "fortnight")));
      }
      if (chance(60)) {
        time.put(chance(80) ? "dateRange" : "compareDateRange", chance(70) ? one(RANGES) : List.of(one(VALUES), one(RANGES)));
      }
      query.put("timeDimensions", List.of(time));
    }
    if (chance(60)) {
      query.put("filters", List.of(filter(0)));
    }
    if (chance(30)) {
      query.put("order", Map.of(one(chance(50) ? MEASURES : DIMENSIONS), chance(90) ? "asc" : "up"));
    }
    if (chance(30)) {
      query.put("limit", random.nextInt(12) - 1);
    }
    query.put("total", chance(10));
    if (chance(10)) {
      query.put("timezone", one(List.of("Europe/Berlin", "Mars")));
    }
    return query;
  }

  private Map<String, Object> filter(int depth) {
    if (depth < 3 && chance(30)) {
      return Map.of(chance(50) ? "or" : "and", List.of(filter(depth + 1), filter(depth + 1)));
    }
    return Map.of("member", one(chance(30) ? MEASURES : DIMENSIONS), "operator", one(OPERATORS), "values", some(VALUES, 3));
  }

  private List<String> some(List<String> from, int most) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      some.add(one(from));
    }
    return some;
  }

  private String one(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}

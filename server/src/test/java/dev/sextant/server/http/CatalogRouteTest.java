// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.testing.RunningDoor;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogRouteTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningDoor door;

  @BeforeAll
  static void open() {
    door = new RunningDoor();
    door.answerRows(1);
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      /v1/metrics | `{"metrics":[{"name":"revenue","kind":"simple","datasets":["orders"],"default_grain":"day","description":"Money in"},{"name":"share","kind":"ratio","datasets":["orders"]}]}`
      /v1/dimensions | `{"dimensions":[{"name":"metric_time","kind":"time","dataset":"orders","grains":["day","month"]},{"name":"customer__country","kind":"categorical","dataset":"customers","description":"Where"}]}`
      /v1/dimensions?metrics=revenue,share | `{"dimensions":[{"name":"customer__country","kind":"categorical","dataset":"customers","description":"Where"}]}`
      /v1/entities | `{"entities":[{"name":"customer","kind":"entity","dataset":"customers"}]}`
      /v1/views | `{"views":[{"name":"sales","metrics":[{"name":"revenue","of":"revenue"}],"dimensions":[],"all_dimensions":true,"description":"What was sold"}]}`
      /v1/saved_queries | `{"saved_queries":[{"name":"top","metrics":["revenue"],"group_by":["customer__country"],"order_by":["-revenue"],"limit":10}]}`
      /v1/lineage?metric=share | `{"metric":"share","columns":[],"inputs":[{"metric":"revenue","measure":"revenue","dataset":"orders","source":"shop.orders","expr":"amount","columns":["amount"],"inputs":[]}]}`
      """)
  void listsAreJson(String path, String expected) throws Exception {
    HttpResponse<String> response = door.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree(expected));
  }

  @Test
  void explanationsAreJsonOrText() throws Exception {
    assertThat(JSON.readTree(door.post("/v1/explain", "{}").body()).get("stages").get(1)).isEqualTo(
        JSON.readTree("{\"name\": \"sql\", \"text\": \"select 1\"}"));
    HttpResponse<String> text = door.send(
        door.request("/v1/explain").header("Accept", "text/plain").POST(BodyPublishers.ofString("{}")).build());
    assertThat(text.body()).isEqualTo("-- plan\nAggregate\n  Scan orders\n\n-- sql\nselect 1\n\n");
  }

  @Test
  void validationListsWhatIsWrongWithAQuery() throws Exception {
    assertThat(JSON.readTree(door.post("/v1/validate", "{}").body())).isEqualTo(JSON.readTree("{\"valid\": true, \"issues\": []}"));
    assertThat(JSON.readTree(door.post("/v1/validate", "").body()).get("valid").asBoolean()).isTrue();
    assertThat(door.post("/v1/validate", "{\"metric\": 1}").body()).contains("\"valid\":false").contains("Did you mean 'metrics'?");
    door.engine().answer((query, control) -> {
      throw new SextantException(Issue.of(QueryIssue.UNKNOWN_METRIC, Position.NOWHERE, "metric 'x' is not defined."));
    });
    HttpResponse<String> invalid = door.post("/v1/validate", "{}");
    assertThat(invalid.statusCode()).isEqualTo(200);
    assertThat(invalid.body()).contains("UNKNOWN_METRIC");
    door.answerRows(1);
  }

  @Test
  void theRootTellsWhereToLook() {
    HttpResponse<String> page = door.get("/");
    assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("/v1/openapi.json").contains("/v1/metrics").contains("curl");
  }
}

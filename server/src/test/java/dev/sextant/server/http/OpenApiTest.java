// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.ask.FeastRequest;
import dev.sextant.server.ask.FeatureRequest;
import dev.sextant.server.ask.JsonToQueryRequest;
import dev.sextant.server.ask.JsonToSqlRequest;
import dev.sextant.server.ask.PushRequest;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.error.ServerIssue;
import dev.sextant.server.testing.RunningDoor;
import dev.sextant.server.testing.SchemaCheck;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The document that is served says what the door really does. */
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningDoor door;
  private static JsonNode document;

  @BeforeAll
  static void open() throws Exception {
    door = new RunningDoor();
    door.answerRows(2);
    askTwoQueries();
    document = JSON.readTree(door.get("/v1/openapi.json").body());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @Test
  void itListsTheRoutesThereAreAndNoOthers() {
    List<String> documented = new ArrayList<>();
    document.get("paths")
        .properties()
        .forEach(path -> path.getValue()
            .fieldNames()
            .forEachRemaining(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    List<String> real = ((HttpDoor) door.door()).routes().stream().map(route -> route.method() + " " + route.path()).toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(real);
  }

  @Test
  void itListsTheKeysOfAQuery() {
    assertThat(document.at("/components/schemas/Query/properties").fieldNames()).toIterable()
        .containsExactlyInAnyOrderElementsOf(JsonToQueryRequest.KEYS);
  }

  @Test
  void itListsTheKeysOfAStatement() {
    assertThat(document.at("/components/schemas/Statement/properties").fieldNames()).toIterable()
        .containsExactlyInAnyOrderElementsOf(JsonToSqlRequest.KEYS);
  }

  @Test
  void itListsTheKeysOfARequestForFeatures() {
    assertThat(document.at("/components/schemas/FeatureRequest/properties").fieldNames()).toIterable()
        .containsExactlyInAnyOrderElementsOf(FeatureRequest.KEYS);
    assertThat(document.at("/paths/~1get-online-features/post/requestBody/content/application~1json/schema/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(FeastRequest.KEYS);
    assertThat(document.at("/paths/~1v1~1features~1push/post/requestBody/content/application~1json/schema/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(PushRequest.KEYS);
  }

  @Test
  void itListsEveryStatusAQueryCanEndWith() {
    JsonNode responses = document.at("/paths/~1v1~1query/post/responses");
    for (QueryIssue issue : QueryIssue.values()) {
      assertThat(responses.has(String.valueOf(ErrorTable.row(issue).http()))).as(issue.name()).isTrue();
    }
    for (ServerIssue issue : List.of(ServerIssue.BODY_TOO_LARGE, ServerIssue.NOT_ACCEPTABLE, ServerIssue.UNSUPPORTED_MEDIA_TYPE,
        ServerIssue.SHUTTING_DOWN)) {
      assertThat(responses.has(String.valueOf(issue.httpStatus()))).as(issue.name()).isTrue();
    }
  }

  @Test
  void itsReferencesLeadSomewhere() {
    List<JsonNode> references = document.findValues("$ref");
    assertThat(references).isNotEmpty()
        .allSatisfy(reference -> assertThat(document.at(reference.asText().substring(1)).isMissingNode()).as(
            reference.asText()).isFalse());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      GET    | /v1/metrics                   | /v1/metrics       | 200
      GET    | /v1/dimensions?metrics=revenue | /v1/dimensions   | 200
      GET    | /v1/entities                  | /v1/entities      | 200
      GET    | /v1/views                     | /v1/views         | 200
      GET    | /v1/saved_queries             | /v1/saved_queries | 200
      GET    | /v1/lineage?metric=share      | /v1/lineage       | 200
      GET    | /v1/health                    | /v1/health        | 200
      GET    | /v1/queries                   | /v1/queries       | 200
      POST   | /v1/query                     | /v1/query         | 200
      POST   | /v1/sql                       | /v1/sql           | 200
      GET    | /v1/queries/done              | /v1/queries/{id}  | 200
      GET    | /v1/queries/failed            | /v1/queries/{id}  | 200
      POST   | /v1/explain                   | /v1/explain       | 200
      POST   | /v1/validate                  | /v1/validate      | 200
      DELETE | /v1/queries/none              | /v1/queries/{id}  | 404
      GET    | /v1/lineage                   | /v1/lineage       | 400
      """)
  void answersFitTheirSchemas(String method, String target, String path, int status) throws Exception {
    door.backend().brokenEdit(List.of(Issue.of(QueryIssue.UNKNOWN_METRIC, new Position("a.yml", 1, 2), "metric 'x' is not defined.")));
    HttpResponse<String> response = door.send(
        door.request(target).method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body(method, path))).build());
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode described = document.get("paths").get(path).get(method.toLowerCase(Locale.ROOT)).get("responses").get(String.valueOf(status));
    JsonNode resolved = described.has("$ref") ? document.at(described.get("$ref").asText().substring(1)) : described;
    JsonNode schema = resolved.at("/content/application~1json/schema");
    assertThat(schema.isMissingNode()).isFalse();
    assertThat(SchemaCheck.faults(document, schema, JSON.readTree(response.body()))).isEmpty();
  }

  private static String body(String method, String path) {
    return !method.equals("POST") ? "" : path.equals("/v1/sql") ? "{\"sql\": \"select 1\"}" : "{}";
  }

  /** Leaves one query that went well and one that failed behind. */
  private static void askTwoQueries() {
    var ask = door.request("/v1/query").POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"));
    assertThat(door.send(ask.setHeader("Sextant-Query-Id", "done").build()).statusCode()).isEqualTo(200);
    door.engine().answer((query, control) -> door.rows(control, 5).failingAt(1));
    assertThat(door.send(ask.setHeader("Sextant-Query-Id", "failed").build()).statusCode()).isEqualTo(502);
    door.answerRows(2);
  }

  @Test
  void itsExamplesAreValidQueries() throws Exception {
    JsonNode examples = document.at("/paths/~1v1~1query/post/requestBody/content/application~1json/examples");
    assertThat(examples).isNotEmpty();
    for (JsonNode example : examples) {
      assertThat(SchemaCheck.faults(document, document.at("/components/schemas/Query"), example.get("value"))).isEmpty();
      assertThat(JsonToQueryRequest.read(example.get("value").toString()).query().metrics()).isNotEmpty();
    }
    JsonNode statement = document.at("/paths/~1v1~1sql/post/requestBody/content/application~1json/examples/revenueByCountry/value");
    assertThat(SchemaCheck.faults(document, document.at("/components/schemas/Statement"), statement)).isEmpty();
    assertThat(JsonToSqlRequest.read(statement.toString()).query().parameters()).hasSize(1);
  }
}

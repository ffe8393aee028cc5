// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.server.ServerConfig;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.testing.RunningDoor;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpErrorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningDoor door;

  @BeforeAll
  static void open() {
    door = new RunningDoor();
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @ParameterizedTest
  @EnumSource(QueryIssue.class)
  void everyCodeHasItsStatusAndKeepsItsMessage(QueryIssue code) throws Exception {
    Issue issue = new Issue(code, "What is wrong.", new Position("", 1, 7), List.of("revenue"));
    door.engine().answer((query, control) -> {
      throw new SextantException(issue);
    });
    HttpResponse<String> response = door.post("/v1/query", "{}");
    assertThat(response.statusCode()).isEqualTo(ErrorTable.row(code).http());
    assertThat(JSON.readTree(response.body())).isEqualTo(JSON.readTree("{\"error\": {\"code\": \"" + code
        + "\", \"message\": \"What is wrong.\", \"sqlstate\": \"" + ErrorTable.row(code).sqlState()
        + "\", \"position\": {\"line\": 1, \"column\": 7}, \"suggestions\": [\"revenue\"]}}"));
    assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(code == QueryIssue.QUEUE_FULL);
  }

  @Test
  void anUnforeseenFailureTellsNothingButWhereToLook() {
    door.engine().answer((query, control) -> {
      throw new IllegalStateException("secret path /etc/passwd");
    });
    HttpResponse<String> response = door.post("/v1/query", "{}");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("INTERNAL")
        .contains(response.headers().firstValue("sextant-query-id").orElseThrow())
        .doesNotContain("secret")
        .doesNotContain("IllegalState")
        .doesNotContain("at dev.sextant");
  }

  @Test
  void everythingWrongWithARequestIsToldAtOnce() throws Exception {
    HttpResponse<String> response = door.post("/v1/query", """
        {"metrics": ["revenue"],
         "grop_by": ["a"],
         "limit": -1,
         "cache": "maybe"}""");
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode errors = JSON.readTree(response.body()).get("errors");
    assertThat(errors).extracting(error -> error.get("position").get("line").asInt()).containsExactly(2, 3, 4);
    assertThat(errors.get(0).get("message").asText()).isEqualTo("'grop_by' is not known here. Did you mean 'group_by'?");
    assertThat(errors.get(0).get("suggestions").get(0).asText()).isEqualTo("group_by");
    assertThat(JSON.readTree(response.body()).get("error")).isEqualTo(errors.get(0));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      GET    | /v1/metrix          | 404 | UNKNOWN_ROUTE      | Did you mean '/v1/metrics'
      GET    | /nowhere/at/all     | 404 | UNKNOWN_ROUTE      | /v1/openapi.json
      GET    | /v1/query           | 400 | INVALID_PARAMETER  | 'q' is missing
      GET    | /v1/sql             | 405 | METHOD_NOT_ALLOWED | only POST
      PUT    | /v1/query           | 405 | METHOD_NOT_ALLOWED | only POST and GET
      POST   | /v1/metrics         | 405 | METHOD_NOT_ALLOWED | only GET
      PUT    | /v1/queries/abc     | 405 | METHOD_NOT_ALLOWED | only GET and DELETE
      GET    | /v1/queries/abc     | 404 | UNKNOWN_QUERY      | 'abc'
      BREW   | /v1/metrics         | 405 | METHOD_NOT_ALLOWED | only GET
      DELETE | /v1/queries/abc     | 404 | UNKNOWN_QUERY      | 'abc'
      GET    | /v1/lineage         | 400 | INVALID_PARAMETER  | 'metric' is missing
      GET    | /v1/dimensions?metric=a | 400 | INVALID_PARAMETER | Did you mean 'metrics'
      GET    | /v1/metrics?x=1     | 400 | INVALID_PARAMETER  | None is allowed
      """)
  void routesRefuseWhatTheyDoNotKnow(String method, String path, int status, String code, String hint) throws Exception {
    HttpRequest request = door.request(path).method(method, BodyPublishers.noBody()).build();
    HttpResponse<String> response = door.send(request);
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = JSON.readTree(response.body()).get("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("message").asText()).contains(hint);
    assertThat(response.headers().firstValue("allow").isPresent()).isEqualTo(status == 405);
  }

  @Test
  void headAndOptionsAreSane() {
    HttpResponse<String> head = door.send(door.request("/v1/metrics").method("HEAD", BodyPublishers.noBody()).build());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("content-type")).hasValue("application/json");
    HttpResponse<String> options = door.send(door.request("/v1/query").method("OPTIONS", BodyPublishers.noBody()).build());
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("allow")).hasValue("POST, GET, OPTIONS");
    HttpResponse<String> postOnly = door.send(door.request("/v1/sql").method("OPTIONS", BodyPublishers.noBody()).build());
    assertThat(postOnly.headers().firstValue("allow")).hasValue("POST, OPTIONS");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      `{"metrics": [}`           | INVALID_JSON    | 1 | 14
      `{"metrics": ["a"]`        | INVALID_JSON    | 1 | 18
      `[]`                       | INVALID_REQUEST | 1 | 1
      `{} {}`                    | INVALID_JSON    | 1 | 4
      `{"limit": 1, "limit": 2}` | INVALID_JSON    | 1 | 21
      `{"metrics": [1]}`         | INVALID_REQUEST | 1 | 14
      """)
  void badJsonHasAPosition(String body, String code, int line, int column) throws Exception {
    HttpResponse<String> response = door.post("/v1/query", body);
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(response.body()).get("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    assertThat(error.get("position").get("line").asInt()).isEqualTo(line);
    assertThat(error.get("position").get("column").asInt()).as(response.body()).isEqualTo(column);
  }

  @Test
  void emptyDeepAndForeignBodiesAreRefused() {
    assertThat(door.post("/v1/query", "").body()).contains("INVALID_JSON");
    assertThat(door.post("/v1/query", "[".repeat(100_000)).statusCode()).isEqualTo(400);
    HttpResponse<String> latin = door.send(door.request("/v1/query")
        .header("Content-Type", "application/json; charset=ISO-8859-1")
        .POST(BodyPublishers.ofString("{}"))
        .build());
    assertThat(latin.statusCode()).isEqualTo(415);
    HttpResponse<
        String> noUtf8 = door.send(door.request("/v1/query").POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'})).build());
    assertThat(noUtf8.statusCode()).isEqualTo(400);
    assertThat(noUtf8.body()).contains("not valid UTF-8");
  }

  @Test
  void bodiesOverTheLimitAreRefused() {
    byte[] large = new byte[(10 << 20) + 1];
    HttpResponse<String> announced = door.send(door.request("/v1/query").POST(BodyPublishers.ofByteArray(large)).build());
    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(announced.body()).contains("BODY_TOO_LARGE");
    HttpResponse<String> chunked = door.send(
        door.request("/v1/query").POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))).build());
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void limitsAndTimeoutsAreCheckedBeforeAnythingRuns() {
    assertThat(door.post("/v1/query", "{\"timeout\": \"soon\"}").body()).contains("30s");
    HttpResponse<String> header = door.send(
        door.request("/v1/query").header("Sextant-Timeout", "-5s").POST(BodyPublishers.ofString("{}")).build());
    assertThat(header.statusCode()).isEqualTo(400);
    HttpResponse<String> id = door.send(
        door.request("/v1/query").header("Sextant-Query-Id", "a b").POST(BodyPublishers.ofString("{}")).build());
    assertThat(id.body()).contains("INVALID_PARAMETER");
  }

  @Test
  void garbageOnTheWireGetsATypedAnswer() throws IOException {
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.getOutputStream().write("GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400")
          .contains("{\"error\":{\"code\":\"BAD_HTTP\"")
          .doesNotContain("<html")
          .doesNotContain("Jetty");
    }
  }

  @Test
  void theHostOfAConfigIsRespected() {
    try (RunningDoor local = new RunningDoor(ServerConfig.DEFAULT.withHost("127.0.0.1"))) {
      assertThat(local.get("/v1/health").statusCode()).isEqualTo(200);
    }
  }
}

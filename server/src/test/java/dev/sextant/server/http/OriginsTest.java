// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.server.testing.Asker;
import dev.sextant.server.testing.RunningDoor;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Web pages of other origins ask where the project allows it. */
class OriginsTest {
  private static final String APP = "https://app.example.com";
  private RunningDoor door;

  @BeforeEach
  void open() {
    door = new RunningDoor();
    door.answerRows(1);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private void allow(String origins) {
    door.backend().settings(Map.of("server.cors.origins", origins));
  }

  private HttpResponse<String> post(String path, String origin) {
    return door.send(door.request(path)
        .header("Origin", origin)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"query\": \"{ __typename }\"}"))
        .build());
  }

  private HttpResponse<String> preflight(String path, String origin) {
    return door.send(door.request(path)
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
        .build());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void unlessAllowedPagesOfOthersReadNothingAndChangeNothing() throws Exception {
    assertThat(header(preflight("/v1/query", APP), "access-control-allow-origin")).isEmpty();
    HttpResponse<String> refused = post("/v1/query", APP);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(Asker.tree(refused).at("/error/code").asText()).isEqualTo("ORIGIN_NOT_ALLOWED");
    assertThat(refused.body()).contains("cors: {origins: [..]}");
    HttpResponse<String> read = door.send(door.request("/v1/metrics").header("Origin", APP).build());
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(header(read, "access-control-allow-origin")).isEmpty();
  }

  @Test
  void allowedPagesAskAtEveryDoorAndReadErrorsToo() {
    allow(APP + "/, https://other.example.com");
    for (String path : List.of("/v1/query", "/v1/sql", "/graphql")) {
      HttpResponse<String> allowed = preflight(path, APP);
      assertThat(allowed.statusCode()).isEqualTo(204);
      assertThat(header(allowed, "access-control-allow-origin")).as(path).isEqualTo(APP);
      assertThat(header(allowed, "access-control-allow-methods")).contains("POST");
      assertThat(header(allowed, "access-control-allow-headers")).isEqualTo("authorization,content-type");
      assertThat(header(allowed, "access-control-max-age")).isNotEmpty();
      HttpResponse<String> answer = post(path, APP);
      assertThat(header(answer, "access-control-allow-origin")).as(path + answer.body()).isEqualTo(APP);
      assertThat(header(answer, "access-control-expose-headers")).contains("Sextant-Query-Id");
      assertThat(String.join(", ", answer.headers().allValues("vary"))).contains("Origin");
      assertThat(header(post(path, "https://evil.example.com"), "access-control-allow-origin")).isEmpty();
    }
    assertThat(post("/v1/query", APP).statusCode()).as("an error that the page can read").isEqualTo(400);
    assertThat(header(preflight("/v1/queries/{id}".replace("{id}", "x"), APP), "access-control-allow-methods")).contains("DELETE");
  }

  @Test
  void aStarAllowsEveryPage() {
    allow("*");
    assertThat(header(post("/graphql", APP), "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(post("/graphql", APP), "access-control-allow-credentials")).isEmpty();
  }

  @Test
  void theServersOwnPagesAskAlsoBehindAProxy() throws Exception {
    assertThat(post("/graphql", "http://localhost:" + door.door().port()).statusCode()).isEqualTo(200);
    assertThat(status("Sec-Fetch-Site: same-origin")).contains(" 200 ");
    assertThat(status("Sec-Fetch-Site: cross-site")).contains(" 403 ");
  }

  private String status(String header) throws IOException {
    try (Socket socket = new Socket("localhost", door.door().port())) {
      socket.setSoTimeout(10_000);
      String body = "{\"query\": \"{ __typename }\"}";
      socket.getOutputStream()
          .write(("POST /graphql HTTP/1.1\r\nHost: inner\r\nOrigin: https://outer.example.com\r\n" + header
              + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(
                  StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines().findFirst().orElse("");
    }
  }
}

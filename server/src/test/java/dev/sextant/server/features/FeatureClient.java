// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/** A server over a project, asked over HTTP. */
final class FeatureClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SextantServer server;
  private Optional<String> token = Optional.empty();

  FeatureClient(Path folder) {
    server = SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
  }

  SextantServer server() {
    return server;
  }

  FeatureClient as(String bearer) {
    token = Optional.of(bearer);
    return this;
  }

  HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** What a request is answered with 200. */
  JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", path, body);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  JsonNode features(String body) throws IOException, InterruptedException {
    return post("/v1/features", body);
  }

  /** The status, code and message with which a request is refused. */
  String refusal(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response = send("POST", path, body);
    JsonNode error = JSON.readTree(response.body()).path("error");
    return response.statusCode() + " " + error.path("code").asText() + ": " + error.path("message").asText();
  }

  void run(String view) throws IOException, InterruptedException {
    JsonNode run = post("/v1/runs", "{\"kind\": \"feature-view\", \"name\": \"" + view + "\", \"wait\": true}");
    if (!run.path("state").asText().equals("succeeded")) {
      throw new IllegalStateException(run.toString());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server over a project, and a client of its GraphQL door. */
final class GraphqlClient implements AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SextantServer server;

  GraphqlClient(Path project) {
    server = SextantServer.start(project, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.httpPort() + path);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String accept, String body) {
    return send(HttpRequest.newBuilder(uri(path))
        .header("Accept", accept)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> exchange(String query, Map<String, ?> variables) {
    return post("/graphql", "application/graphql-response+json", json(Map.of("query", query, "variables", variables)));
  }

  /** The whole answer to a query. */
  JsonNode ask(String query) {
    return ask(query, Map.of());
  }

  JsonNode ask(String query, Map<String, ?> variables) {
    return tree(exchange(query, variables).body());
  }

  /** The data of an answer without errors. */
  JsonNode data(String query) {
    JsonNode answer = ask(query);
    if (answer.has("errors")) {
      throw new AssertionError(answer.toPrettyString());
    }
    return answer.get("data");
  }

  /** The rows of {@code POST /v1/query}. */
  JsonNode rows(String query) {
    return tree(post("/v1/query", "application/json", query).body()).get("rows");
  }

  static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
  }
}

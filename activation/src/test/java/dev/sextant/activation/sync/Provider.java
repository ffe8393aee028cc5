// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A provider's API on this machine; a test says what it answers. */
final class Provider implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Request> requests = new ArrayList<>();

  /** What came in. */
  record Request(String method, String path, String query, Map<String, String> headers, String text) {
    String authorization() {
      return headers.getOrDefault("authorization", "");
    }

    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException noJson) {
        throw new IllegalStateException(noJson);
      }
    }
  }

  /** What goes out. */
  record Answer(int status, String body, Map<String, String> headers, Duration pause) {
    Answer(int status, String body) {
      this(status, body, Map.of(), Duration.ZERO);
    }

    Answer later(Duration pause) {
      return new Answer(status, body, headers, pause);
    }

    static Answer json(int status, Object body) {
      return new Answer(status, JSON.valueToTree(body).toString());
    }
  }

  /** The provider's behaviour. */
  interface Api {
    Answer to(Request request);
  }

  Provider(Api api) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, api));
    server.start();
  }

  private synchronized void answer(HttpExchange exchange, Api api) throws IOException {
    Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
        String.valueOf(exchange.getRequestURI().getRawQuery()), headers(exchange),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    Answer answer = api.to(request);
    try {
      Thread.sleep(answer.pause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    try {
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException nobodyWaits) {
      // The caller's patience was shorter than this answer took.
    }
    exchange.close();
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

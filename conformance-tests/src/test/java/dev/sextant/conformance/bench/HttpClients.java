// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.query.MetricQuery;
import dev.sextant.server.ask.MetricQueryToJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;

/** Clients of a server on this machine that ask metric queries over HTTP. */
record HttpClients(List<HttpRequest> requests) implements Supplier<Load.Client> {

  static HttpClients of(int port, List<MetricQuery> queries) {
    return new HttpClients(queries.stream()
        .map(query -> HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/query"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(MetricQueryToJson.write(query).toString()))
            .build())
        .toList());
  }

  @Override
  public Load.Client get() {
    return new Asking(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  private final class Asking implements Load.Client {
    private final HttpClient client;

    Asking(HttpClient client) {
      this.client = client;
    }

    @Override
    public boolean ask(int question) throws Exception {
      HttpResponse<byte[]> response = client.send(requests.get(question), HttpResponse.BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200 -> true;
        case 429 -> false;
        default -> throw new IllegalStateException(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
      };
    }

    @Override
    public void close() {
      client.close();
    }
  }
}

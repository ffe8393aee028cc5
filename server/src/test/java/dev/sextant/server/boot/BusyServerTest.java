// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.server.testing.SmallProject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Long queries in the embedded database hold threads in native calls; everybody else must still be answered, and they can be cancelled. */
class BusyServerTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void longQueriesKeepNobodyWaitingAndCanBeCancelled() throws Exception {
    SmallProject.write(folder);
    Path model = folder.resolve("models/orders.yml");
    // A cross join of 10^12 rows: nobody will see its end.
    Files.writeString(model, Files.readString(model)
        .replace("table: orders",
            "sql: \"select o.* from orders o, range(1000000) a, range(1000000) b where sin(a.range * b.range) < 2\""));
    int many = 2 * Runtime.getRuntime().availableProcessors();
    try (
        SextantServer server = SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0))) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        answers.add(client.sendAsync(request(server, "/v1/query").header("Sextant-Query-Id", "long-" + i)
            .POST(BodyPublishers.ofString("{\"metrics\": [\"revenue\"]}"))
            .build(), BodyHandlers.ofString()));
      }
      Instant latest = Instant.now().plusSeconds(60);
      while (running(server) < many) {
        assertThat(Instant.now()).isBefore(latest);
        Thread.sleep(50);
      }
      Thread.sleep(1_000);
      Instant asked = Instant.now();
      assertThat(client.send(request(server, "/v1/metrics").build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      assertThat(Duration.between(asked, Instant.now())).as("a small request beside %s long ones", many).isLessThan(Duration.ofSeconds(10));
      for (int i = 0; i < many; i++) {
        assertThat(client.send(request(server, "/v1/queries/long-" + i).DELETE().build(), BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(409);
      }
    }
  }

  private int running(SextantServer server) throws Exception {
    return client.send(request(server, "/v1/queries").build(), BodyHandlers.ofString()).body().split("query_id", -1).length - 1;
  }

  private static HttpRequest.Builder request(SextantServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path));
  }
}

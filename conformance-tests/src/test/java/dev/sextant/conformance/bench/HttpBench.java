// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.conformance.door.MetricQueryToJson;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.SextantServer;
import io.javalin.Javalin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** What the HTTP door adds to an answer of ten rows, against a bare Javalin handler that sends the same bytes. */
final class HttpBench {
  private static final int WARM_UPS = 200;
  private static final int ROUNDS = 500;

  private HttpBench() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    Path shop = ProjectFolders.copy("shop", folder);
    MetricQuery query = QueryText
        .parse("query revenue, orders by customer__name, order__status order by customer__name, order__status limit 10");
    try (SextantServer server = SextantServer.start(shop, Map.of(), config -> config.withHttpPort(0));
        OpenProject project = OpenProject.once(shop, Map.of(), InstantSource.system());
        HttpClientDoor door = new HttpClientDoor(URI.create("http://localhost:" + server.httpPort()))) {
      String answer = door.post("/v1/query", MetricQueryToJson.write(query)).body().toString();
      Javalin bare = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.routes.post("/bare", context -> context.contentType("application/json").result(answer));
      }).start(0);
      try (HttpClientDoor bareDoor = new HttpClientDoor(URI.create("http://localhost:" + bare.port()))) {
        new Race("An answer of ten rows").baseline("a bare Javalin handler", () -> bareDoor.post("/bare", MetricQueryToJson.write(query)))
            .against("a bare Javalin handler", "the engine without a door", () -> ask(project, query))
            .against("a bare Javalin handler", "the HTTP door", () -> door.post("/v1/query", MetricQueryToJson.write(query)))
            .run(WARM_UPS, ROUNDS);
      } finally {
        bare.stop();
      }
    }
    CompileBench.delete(folder);
  }

  private static void ask(OpenProject project, MetricQuery query) {
    try (QueryResult result = project.engine().run(query, Caller.ANONYMOUS, QueryControl.unlimited("bench"))) {
      CompileBench.drain(result);
    }
  }
}

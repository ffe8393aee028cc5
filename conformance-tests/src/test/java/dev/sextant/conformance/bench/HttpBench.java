// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.server.ask.MetricQueryToJson;
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
  private static final int WARM_UPS = 500;
  private static final int ROUNDS = 500;

  private HttpBench() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    Path shop = ProjectFolders.copy("shop", folder);
    MetricQuery query = QueryText
        .parse("query revenue, orders by customer__name, order__status order by customer__name, order__status limit 10");
    ObjectNode hot = MetricQueryToJson.write(query).put("max_age", "1 hour");
    // Without a max_age nothing is answered from the cache; what a question compiles to is remembered in any case, on both sides.
    ObjectNode cold = MetricQueryToJson.write(query).put("cache", "off");
    try (
        SextantServer server = SextantServer.start(shop, Map.of(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        OpenProject project = OpenProject.once(shop, Map.of(), InstantSource.system());
        HttpClientDoor door = new HttpClientDoor(URI.create("http://127.0.0.1:" + server.httpPort()))) {
      String answer = door.post("/v1/query", hot).body().toString();
      Javalin bare = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.routes.post("/bare", context -> context.contentType("application/json").result(answer));
      }).start("127.0.0.1", 0);
      try (HttpClientDoor bareDoor = new HttpClientDoor(URI.create("http://127.0.0.1:" + bare.port()))) {
        String baseline = "a bare Javalin handler, same bytes";
        new Race("An answer of ten rows").baseline(baseline, () -> bareDoor.post("/bare", hot))
            .against(baseline, "over HTTP, from the cache", () -> door.post("/v1/query", hot))
            .against(baseline, "over HTTP, without the cache", () -> door.post("/v1/query", cold))
            .against("over HTTP, without the cache", "the engine alone, without the cache", () -> ask(project, query))
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

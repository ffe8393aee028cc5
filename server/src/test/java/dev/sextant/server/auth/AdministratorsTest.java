// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.testing.Asker;
import dev.sextant.server.testing.SmallProject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is everybody's is for administrators: others can neither change it nor read of rows they may not see. */
class AdministratorsTest {
  private static final String SYNC = """

      syncs:
        - {name: to_files, query: {metrics: [orders], group_by: [order__country]}, key: order__country, destination: files, map: {sold: orders}}
      """;
  private static final String DRY = "{\"kind\": \"sync\", \"name\": \"to_files\", \"dry_run\": true}";
  private static final String RUN = "{\"kind\": \"sync\", \"name\": \"to_files\", \"wait\": true}";

  @TempDir private static Path folder;
  private static SextantServer server;
  private static Asker nobody;
  private static Asker eva;
  private static Asker root;

  @BeforeAll
  static void start() throws Exception {
    SmallProject.withAccess(folder);
    Files.writeString(folder.resolve("models/orders.yml"), SYNC, StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("sextant.yml"), "destinations:\n  files: {type: csv, path: out}\n", StandardOpenOption.APPEND);
    server = SextantServer.start(folder, new LinkedHashMap<>(), config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
    nobody = new Asker(HttpClient.newHttpClient(), server.httpPort(), "");
    eva = nobody.showing("eva-token");
    root = nobody.showing("root-token");
  }

  @AfterAll
  static void stop() {
    nobody.client().shutdownNow();
    server.close();
  }

  @Test
  void runsAreForAdministrators() {
    refused("start runs", asker -> asker.post("/v1/runs", DRY));
    refused("start runs", asker -> asker.post("/v1/runs", RUN));
    assertThat(root.get("/v1/runs").body()).as("what was refused has not run").contains("\"runs\":[]");
    assertThat(root.post("/v1/runs", DRY).body()).contains("\"sold\":2", "\"rejects\":[{\"key\":[null],", "\"code\":\"NULL_KEY\"");
    var run = root.post("/v1/runs", RUN);
    assertThat(run.statusCode()).as(run.body()).isEqualTo(200);
    String path = "/v1/runs/" + Asker.tree(run).get("id").asText();
    refused("list runs", asker -> asker.get("/v1/runs"));
    refused("look into runs", asker -> asker.get(path));
    refused("look into runs", asker -> asker.get("/v1/runs/unknown"));
    refused("cancel runs", asker -> asker.send(asker.request(path).DELETE()));
    assertThat(root.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void whatDataHasChangedIsSaidByAdministrators() {
    refused("say that data has changed", asker -> asker.post("/v1/cache/invalidate", "{\"datasets\": [\"orders\"]}"));
    refused("say that data has changed", asker -> asker.post("/v1/cache/invalidate", ""));
    assertThat(root.post("/v1/cache/invalidate", "").statusCode()).isEqualTo(200);
    assertThat(eva.get("/v1/cache").statusCode()).isEqualTo(200);
  }

  @Test
  void pushedFeaturesComeFromAdministrators() {
    refused("push rows of features", asker -> asker.post("/v1/features/push", "{\"view\": \"any\", \"rows\": []}"));
    assertThat(root.post("/v1/features/push", "{\"view\": \"any\", \"rows\": []}").body()).contains("UNKNOWN_FEATURE_VIEW");
  }

  @Test
  void whatIsWrongWithAnEditIsToldToAdministrators() throws Exception {
    Path model = folder.resolve("models/orders.yml");
    String good = Files.readString(model);
    try {
      Files.writeString(model, good.replace("metrics: [revenue, orders]", "metrics: [revenu]"));
      while (!root.get("/v1/health").body().contains("broken_edit")) {
        Thread.sleep(50);
      }
      assertThat(root.get("/v1/health").body()).contains("revenu");
      for (Asker other : new Asker[] {eva, nobody, nobody.showing("eva-toke")}) {
        var health = other.get("/v1/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("broken_edit").doesNotContain("revenu");
      }
      assertThat(root.post("/v1/validate", "").body()).contains("revenu");
      refused("look into edits of the project", asker -> asker.post("/v1/validate", ""));
    } finally {
      Files.writeString(model, good);
    }
    assertThat(eva.post("/v1/validate", "{\"metrics\": [\"orders\"]}").body()).contains("\"valid\":true");
  }

  private static void refused(String deed, Function<Asker, HttpResponse<String>> ask) {
    assertThat(ask.apply(nobody).statusCode()).as(deed).isEqualTo(401);
    var answer = ask.apply(eva);
    assertThat(answer.statusCode()).as(deed).isEqualTo(403);
    assertThat(Asker.tree(answer).at("/error/code").asText()).isEqualTo("ADMIN_REQUIRED");
    assertThat(Asker.tree(answer).at("/error/message").asText()).isEqualTo("'eva' may not " + deed
        + ": that takes the role 'admin'. Ask somebody who has it, or have it given to 'eva' under server.roles in sextant.yml or by the roles of the token.");
  }
}

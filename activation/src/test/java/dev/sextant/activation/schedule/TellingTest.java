// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import com.sun.net.httpserver.HttpServer;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.RunState;
import dev.sextant.activation.Scope;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is told of runs over HTTP: a lineage server, a channel of Slack. */
class TellingTest {
  private static final Run.Target CRM = new Run.Target(RunKind.SYNC, "crm");

  @TempDir private Path folder;

  @Test
  void lineageGoesToItsServerAndRunsDoNotWaitForIt() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    HttpServer lineage = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    lineage.createContext("/", exchange -> {
      boolean first = events.isEmpty();
      events.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization")
          + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(first ? 500 : 201, -1);
      exchange.close();
    });
    lineage.start();
    TestProject project = TestProject.in(folder)
        .section("""
        destinations: {there: {type: csv, path: out}}
        lineage: {transport: http, url: "http://localhost:%d", api_key: key-of-the-tests}""".formatted(lineage.getAddress().getPort()))
        .define(TestProject.sync("crm", ""));
    try (TestProject.Open open = TestProject.open(project.write())) {
      assertThat(open.activations().run(CRM, Scope.CHANGES).state()).isEqualTo(RunState.SUCCEEDED);
      TestProject.await(() -> events.size() == 2);
    } finally {
      lineage.stop(0);
    }
    assertThat(events.get(0)).startsWith("POST /api/v1/lineage Bearer key-of-the-tests").contains("\"eventType\":\"START\"");
    assertThat(events.get(1)).contains("\"eventType\":\"COMPLETE\"", "sync.crm", "csv://there");
  }

  @Test
  void slackIsToldInWords() throws Exception {
    List<String> posted = new CopyOnWriteArrayList<>();
    HttpServer slack = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    slack.createContext("/api/chat.postMessage", exchange -> {
      posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] answer = "{\"ok\":true,\"ts\":\"1.2\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    slack.start();
    TestProject project = TestProject.in(folder)
        .section("""
        destinations:
          there: {type: webhook, url: "no url"}
          team_slack: {type: slack, token: xoxb, url: "http://localhost:%d"}
        alerts:
          team: {destination: team_slack, object: "#data", on: [failed], for: [sync crm]}""".formatted(slack.getAddress().getPort()))
        .define(TestProject.sync("crm", ""));
    try (TestProject.Open open = TestProject.open(project.write())) {
      assertThat(open.activations().run(CRM, Scope.CHANGES).state()).isEqualTo(RunState.FAILED);
      TestProject.await(() -> posted.size() == 1);
    } finally {
      slack.stop(0);
    }
    assertThat(posted.getFirst()).contains("\"channel\":\"#data\"", "alert: failed", "what: sync crm", "'url' that is no URL");
  }
}

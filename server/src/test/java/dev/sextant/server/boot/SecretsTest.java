// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.sextant.server.testing.Asker;
import dev.sextant.server.testing.SmallProject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Secrets of sextant.yml are in nothing that the server says or keeps, at any level of detail, not even when a provider repeats them. */
class SecretsTest {
  /** Part of every secret of this project. */
  private static final String SECRET = "n0b0dy-reads-this";
  private static final List<String> DESTINATIONS = List.of("files", "hook", "crm", "chat", "wrong_db");

  /** Ours, and those of libraries that see secrets. */
  private static final List<String> LOGGERS = List.of("dev.sextant", "io.openlineage", "com.zaxxer", "org.jdbi", "com.github.kagkarlsson",
      "org.apache.hc", "org.postgresql");

  @TempDir private Path folder;
  private final List<String> received = new CopyOnWriteArrayList<>();

  @Test
  void secretsAreSaidAndKeptNowhere() throws Exception {
    HttpServer provider = provider();
    String url = "http://localhost:" + provider.getAddress().getPort();
    SmallProject.withAccess(folder);
    Files.writeString(folder.resolve("sextant.yml"), Files.readString(folder.resolve("sextant.yml")).replace("root-token", SECRET + "-root")
        + destinations(url));
    StringBuilder syncs = new StringBuilder("\nsyncs:\n");
    DESTINATIONS.forEach(name -> syncs.append("  - {name: to_")
        .append(name)
        .append(", query: {metrics: [orders], group_by: [order__country]}, key: order__country, destination: ")
        .append(name)
        .append(", object: places, map: {sold: orders, place: order__country}, match: place}\n"));
    Files.writeString(folder.resolve("models/orders.yml"), syncs, StandardOpenOption.APPEND);
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (SextantServer server = SextantServer.start(folder, new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0)); HttpClient client = HttpClient.newHttpClient()) {
      Runnable quiet = listen(log);
      try {
        String all = everything(new Asker(client, server.httpPort(), SECRET + "-root"));
        assertThat(all).doesNotContain(SECRET);
        assertThat(all).contains("\"code\":\"DESTINATION_DENIED\"", "****",
            "sextant_runs_seconds_count{kind=\"sync\",name=\"to_files\",state=\"succeeded_with_rejects\"} 1",
            "sextant_run_rows_total{counter=\"accepted\",kind=\"sync\",name=\"to_files\"} 2",
            "sextant_runs_seconds_count{kind=\"sync\",name=\"to_crm\",state=\"failed\"} 1");
      } finally {
        quiet.run();
      }
    } finally {
      provider.stop(0);
    }
    String told = log.toString(StandardCharsets.UTF_8);
    assertThat(told).as("what is logged at every level").contains("sync to_crm").doesNotContain(SECRET);
    assertThat(String.join("\n", received)).as("alerts").contains("sync to_crm").doesNotContain(SECRET);
    for (Path file : files()) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(SECRET);
    }
  }

  private static String destinations(String url) {
    return """
        destinations:
          files: {type: csv, path: out}
          hook: {type: webhook, url: "%1$s/deny", secret: %2$s-hook, headers: {X-Api-Key: %2$s-header}}
          crm: {type: hubspot, url: "%1$s/deny", token: %2$s-token}
          chat: {type: slack, url: "%1$s/deny", token: %2$s-chat, channel: c}
          wrong_db: {type: postgres, url: "jdbc:postgres://u:%2$s@localhost/x", user: u, password: %2$s-password}
          ops: {type: webhook, url: "%1$s/ops"}
        alerts:
          team: {destination: ops, on: [failed]}
        lineage: {transport: http, url: "%1$s/deny", api_key: %2$s-lineage}
        """.formatted(url, SECRET);
  }

  /** Refuses what comes with a credential and repeats it, as some providers do. */
  private HttpServer provider() throws IOException {
    HttpServer provider = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    provider.createContext("/", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      boolean ops = exchange.getRequestURI().getPath().equals("/ops");
      if (ops) {
        received.add(new String(body, StandardCharsets.UTF_8));
      }
      byte[] answer = ("{\"message\": \"" + exchange.getRequestHeaders().getFirst("Authorization") + " and "
          + exchange.getRequestHeaders().getFirst("X-Api-Key") + " are not welcome\"}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(ops ? 200 : 401, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    provider.start();
    return provider;
  }

  private static Runnable listen(ByteArrayOutputStream log) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %logger %msg %kvp%n%ex");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    root.addAppender(appender);
    Map<String, Level> before = new LinkedHashMap<>();
    for (String name : LOGGERS) {
      before.put(name, Objects.requireNonNullElse(context.getLogger(name).getLevel(), Level.WARN));
      context.getLogger(name).setLevel(Level.ALL);
    }
    return () -> {
      root.detachAppender(appender);
      before.forEach((name, level) -> context.getLogger(name).setLevel(level));
    };
  }

  private String everything(Asker root) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    for (String name : DESTINATIONS) {
      String body = "{\"kind\": \"sync\", \"name\": \"to_" + name + "\", \"wait\": true}";
      JsonNode run = Asker.tree(root.post("/v1/runs", body));
      all.append(run).append(root.get("/v1/runs/" + run.path("id").asText()).body());
    }
    while (received.size() < DESTINATIONS.size() - 1) {
      Thread.sleep(20);
    }
    for (String path : List.of("/v1/runs", "/v1/health", "/metrics", "/v1/queries", "/v1/cache")) {
      all.append(root.get(path).body());
    }
    return all.toString();
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.filter(file -> Files.isRegularFile(file) && !file.endsWith("sextant.yml")).forEach(files::add);
    }
    assertThat(files).anyMatch(file -> file.endsWith("runs.db"));
    return files;
  }
}

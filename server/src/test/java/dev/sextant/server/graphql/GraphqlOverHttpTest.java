// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests and answers as the GraphQL over HTTP specification has them. */
class GraphqlOverHttpTest {
  private static final String RESPONSE = "application/graphql-response+json";

  @TempDir private static Path folder;
  private static GraphqlClient client;

  @BeforeAll
  static void start() throws IOException {
    client = new GraphqlClient(SmallProject.write(folder.resolve("project")));
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static HttpResponse<String> get(String parameters, String accept) {
    return client.send(HttpRequest.newBuilder(client.uri("/graphql" + parameters)).header("Accept", accept));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void aGetCarriesTheQueryInItsParameters() {
    HttpResponse<
        String> answer = get("?query=" + encoded("query Q($l: Int) { sales(limit: $l, order_by: {revenue: DESC}) { order__country } }")
            + "&operationName=Q&variables=" + encoded("{\"l\": 1}"), RESPONSE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).isEqualTo(RESPONSE + "; charset=utf-8");
    assertThat(answer.body()).isEqualTo("{\"data\":{\"sales\":[{\"order__country\":\"FR\"}]}}");
    assertThat(get("?query=" + encoded("{sales{orders}}") + "&variables=%7B", RESPONSE).statusCode()).isEqualTo(400);
  }

  @Test
  void browsersGetAPageThatNeedsNothingElse() {
    HttpResponse<String> page = get("", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).contains("<textarea").doesNotContain("http://", "https://", "src=", "@import");
  }

  @Test
  void statusesTellWhatIsWrongToThoseWhoAskForThem() {
    assertThat(client.post("/graphql", RESPONSE, "{\"query\": \"{ nothing }\"}").statusCode()).isEqualTo(400);
    assertThat(client.post("/graphql", "application/json", "{\"query\": \"{ nothing }\"}").statusCode()).isEqualTo(200);
    assertThat(client.post("/graphql", "image/png", "{\"query\": \"{ __typename }\"}").statusCode()).isEqualTo(406);
    assertThat(client.post("/graphql", RESPONSE, "[{\"query\": \"{ __typename }\"}]").statusCode()).isEqualTo(400);
    assertThat(client.post("/graphql", RESPONSE, "{\"query\": ").body()).contains("INVALID_JSON").contains("position");
    assertThat(get("?query=" + encoded("mutation { a }"), RESPONSE).statusCode()).isEqualTo(400);
    assertThat(get("", RESPONSE).statusCode()).isEqualTo(400);
    assertThat(client.send(HttpRequest.newBuilder(client.uri("/graphql")).method("PUT", BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(405);
    assertThat(client.send(HttpRequest.newBuilder(client.uri("/graphql"))
        .header("Content-Type", "text/plain")
        .POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(415);
    assertThat(client.post("/graphql", RESPONSE, "{\"query\": \"" + " ".repeat(11 << 20) + "\"}").statusCode()).isEqualTo(413);
  }

  /** Runs every audit of the reference implementation, which needs node and npm with a package registry. */
  @Test
  void theAuditsOfTheSpecificationPass() throws Exception {
    Path audit = folder.resolve("audit");
    Files.createDirectories(audit);
    Files.writeString(audit.resolve("package.json"), "{\"private\": true}");
    Files.writeString(audit.resolve("audit.js"), """
        const { serverAudits } = require('graphql-http');
        (async () => {
          for (const audit of serverAudits({ url: process.argv[2] })) {
            const result = await audit.fn();
            console.log(result.status.toUpperCase(), audit.id, audit.name, result.reason || '');
          }
        })();
        """);
    Assumptions.assumeTrue(run(audit, "npm", "install", "--no-audit", "--no-fund", "graphql-http@1.23.1", "graphql@16").isEmpty(),
        "Skipped: npm cannot install graphql-http here.");
    Path report = audit.resolve("report.txt");
    assertThat(run(audit, "node", "audit.js", client.uri("/graphql").toString())).isEmpty();
    var lines = Files.readAllLines(report);
    System.out
        .println("graphql-http: " + lines.stream().filter(line -> line.startsWith("OK")).count() + " of " + lines.size() + " audits pass");
    assertThat(lines).hasSizeGreaterThan(50).allMatch(line -> line.startsWith("OK"));
  }

  /** What went wrong with a command; empty if nothing did. */
  private static String run(Path folder, String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("report.txt").toFile())
          .start();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return "timeout";
      }
      return process.exitValue() == 0 ? "" : Files.readString(folder.resolve("report.txt"));
    } catch (IOException missing) {
      System.out.println("graphql-http audits are skipped: " + missing.getMessage());
      return String.valueOf(missing.getMessage());
    }
  }

  @Test
  void documentsAreSentOnceAndThenNamedByTheirHash() throws Exception {
    String query = "{ persisted: sales { orders } }";
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(query.getBytes(StandardCharsets.UTF_8)));
    String named = "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"" + hash + "\"}}";
    var unknown = client.post("/graphql", "application/json", named + "}");
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(GraphqlClient.tree(unknown.body()).at("/errors/0/message").asText()).isEqualTo("PersistedQueryNotFound");
    assertThat(GraphqlClient.tree(unknown.body()).at("/errors/0/extensions/code").asText()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
    assertThat(client.post("/graphql", "application/graphql-response+json", named + "}").statusCode()).isEqualTo(400);
    String other = named + ", \"query\": \"{ sales { revenue } }\"}";
    assertThat(client.post("/graphql", "application/json", other).body()).contains("PERSISTED_QUERY_MISMATCH");
    String sent = named + ", \"query\": \"" + query + "\"}";
    for (String body : List.of(sent, named + "}", named.replace(hash, hash.toUpperCase(Locale.ROOT)) + "}")) {
      assertThat(client.post("/graphql", "application/json", body).body()).isEqualTo("{\"data\":{\"persisted\":[{\"orders\":6}]}}");
    }
    String extensions = URLEncoder.encode("{\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"" + hash + "\"}}",
        StandardCharsets.UTF_8);
    assertThat(client.send(HttpRequest.newBuilder(client.uri("/graphql?extensions=" + extensions))).body()).contains("\"orders\":6");
    String broken = "{\"extensions\": {\"persistedQuery\": {\"version\": 2, \"sha256Hash\": \"" + hash + "\"}}}";
    assertThat(client.post("/graphql", "application/json", broken).body()).contains("INVALID_REQUEST");
  }
}

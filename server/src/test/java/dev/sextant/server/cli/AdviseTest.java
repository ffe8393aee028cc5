// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.server.boot.SextantServer;
import dev.sextant.server.testing.SmallProject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server was asked becomes a proposal, and the proposal a rollup that answers it. */
class AdviseTest {
  private static final String QUESTION = "{\"metrics\": [\"revenue\"], \"group_by\": [\"order__country\"], \"cache\": \"off\"}";

  @TempDir private Path folder;

  @Test
  void proposesWhatWasAsked() throws Exception {
    SmallProject.write(folder);
    assertThat(run("advise", folder.toString())).startsWith("2 ");
    Files.writeString(folder.resolve("sextant.yml"),
        Files.readString(folder.resolve("sextant.yml")) + "\nserver: {query_log: asked.jsonl}\n");
    try (SextantServer server = SextantServer.start(folder, Map.of(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0)); HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(client, server.httpPort()).statusCode()).isEqualTo(200);
      }
      HttpResponse<String> told = client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/v1/advise")).build(),
          HttpResponse.BodyHandlers.ofString());
      assertThat(told.body()).contains("\"questions\":3").contains("\"rows\":3,\"share_of_questions\":1.0").contains("yaml");
    }
    List<String> lines = Files.readAllLines(folder.resolve("asked.jsonl"));
    assertThat(lines).hasSize(3).allMatch(line -> line.contains("\"group_by\":[\"order__country\"]") && line.contains("\"rows\":3"));

    String advice = run("advise", folder.toString());
    assertThat(advice).startsWith("0 # 3 questions: 0 are answered").contains("# 3 rows; 100 % of questions");
    Files.writeString(folder.resolve("models/proposed.yml"), advice.substring(2));
    assertThat(run("explain", folder.toString(), "--metrics", "revenue", "--group-by", "order__country")).contains("it is not built");
    assertThat(run("advise", folder.toString())).startsWith("0 # 3 questions: 3 are answered");
  }

  private static HttpResponse<String> ask(HttpClient client, int port) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/query"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
        .build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The exit code and what was printed. */
  private static String run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code = SextantCommand.commandLine().execute(arguments);
      return code + " " + bytes.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(before);
    }
  }
}

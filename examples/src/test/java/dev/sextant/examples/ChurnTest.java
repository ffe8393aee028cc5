// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.Scope;
import dev.sextant.examples.retail.RetailData;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.SextantServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** From the web shop's training set to live features, in Java and in Python. */
class ChurnTest {
  private static final int NOT_THERE = -1;
  private static final String SCRIPT = "src/main/python/churn.py";

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws Exception {
    try (Stream<Path> all = Files.walk(Path.of("retail/models"))) {
      for (Path from : all.toList()) {
        Path to = folder.resolve("models").resolve(Path.of("retail/models").relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(to);
        } else {
          Files.copy(from, to);
        }
      }
    }
    Files.copy(Path.of("retail/sextant.yml"), folder.resolve("sextant.yml"));
    RetailData.write(folder.resolve("data"), RetailData.DEFAULT_SEED, 1);
  }

  @Test
  void the_notebook_learns_and_asks() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
    try {
      ChurnNotebook.main(new String[] {folder.toString()});
    } finally {
      System.setOut(out);
    }
    assertThat(caught.toString(StandardCharsets.UTF_8)).containsPattern("orders 0, visited false: 0\\.\\d+ of \\d+ stay away")
        .containsPattern("right about 0\\.\\d+ of later customers")
        .contains("live: {\"view\":\"customer_activity\"", "\"features\":[\"orders_30d\",\"visits_14d\"]", "{\"key\":{\"customer\":3}");
  }

  @Test
  void the_script_reads_the_export_and_asks_over_flight() throws Exception {
    Assumptions.assumeTrue(finished("--version").status() != NOT_THERE, "there is no python3");
    assertThat(finished("-c", "import ast; ast.parse(open('" + SCRIPT + "').read())").status()).isZero();
    Assumptions.assumeTrue(finished("-c", "import pyarrow.flight, pyarrow.parquet").status() == 0, "there is no pyarrow");
    try (OpenProject project = OpenProject.once(folder, new LinkedHashMap<>(), InstantSource.system())) {
      for (Run.Target target : List.of(new Run.Target(RunKind.TRAINING_SET, "churn"),
          new Run.Target(RunKind.FEATURE_VIEW, "customer_activity"))) {
        assertThat(project.activations().run(target, Scope.CHANGES).state().isSuccess()).isTrue();
      }
    }
    try (SextantServer server = SextantServer.start(folder, new LinkedHashMap<>(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      Finished run = finished(SCRIPT, folder.toString(), "grpc://127.0.0.1:" + server.flightPort().get(), "1", "2");
      assertThat(run.told()).containsPattern("churn [0-9a-f]{16}: \\d+ rows, \\['customer', 'as_of', 'churned', 'revenue_30d'")
          .contains("{'customer': 1, 'as_of': ", "{'customer': 2, 'as_of': ");
      assertThat(run.status()).isZero();
    }
  }

  /** The view that the page defines, and every request it shows. */
  @Test
  void what_the_page_on_serving_shows_is_answered() throws Exception {
    String page = Files.readString(Path.of("../docs/feature-serving.md"));
    String view = page.substring(page.indexOf("    feature_views:"), page.indexOf("    ./sextant run"));
    Files.writeString(folder.resolve("models/features.yml"), view.stripIndent());
    List<String> answers = new ArrayList<>();
    try (
        SextantServer server = SextantServer.start(folder, new LinkedHashMap<>(),
            config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0));
        HttpClient client = HttpClient.newHttpClient()) {
      String url = "http://127.0.0.1:" + server.httpPort();
      assertThat(post(client, url + "/v1/runs", "{\"kind\": \"feature-view\", \"name\": \"customer_activity\", \"wait\": true}"))
          .contains("\"succeeded\"");
      Matcher curl = Pattern.compile("curl -s localhost:8080(\\S+) -d '([^']*)'").matcher(page);
      while (curl.find()) {
        answers.add(post(client, url + curl.group(1), curl.group(2)));
      }
    }
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0))
        .contains("\"features\":[\"revenue_30d\",\"orders_last_week\",\"segment\"],\"rows\":[{\"key\":{\"customer\":42}");
    assertThat(answers.get(1)).contains("\"feature_names\":[\"customer\",\"revenue_30d\"]");
    assertThat(answers.get(2)).contains("{\"rows\":1,\"stored\":");
  }

  private static String post(HttpClient client, String url, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private record Finished(int status, String told) {}

  private static Finished finished(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Finished(process.waitFor(), told);
    } catch (IOException absent) {
      return new Finished(NOT_THERE, String.valueOf(absent.getMessage()));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import dev.sextant.query.MetricQuery;
import dev.sextant.query.SqlQuery;
import dev.sextant.server.boot.OpenProject;
import dev.sextant.server.boot.SextantServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sextant warm-up}: does once what commands and servers do, so that the JVM can write the classes they need to its start cache. The
 * launcher runs it after a build.
 */
@Command(name = "warm-up", hidden = true, description = "Loads what commands and servers need.")
final class WarmUpCommand implements Callable<Integer> {

  @Mixin private ProjectArgument project = new ProjectArgument();

  @Option(names = "--metrics", split = ",", description = "Metrics to ask for.") private List<String> metrics = List.of();

  @Option(names = "--group-by", split = ",", description = "What to group them by.") private List<String> groupBy = List.of();

  @Option(names = "--sql", description = "A statement to ask.") private Optional<String> sql = Optional.empty();

  @Override
  public Integer call() throws IOException, URISyntaxException {
    MetricQuery query = MetricQuery.of(metrics, groupBy);
    try (OpenProject open = project.open()) {
      for (OutputFormat format : OutputFormat.values()) {
        new Questioner(open, OutputStream.nullOutputStream()).ask(query, format, Optional.empty());
      }
      if (sql.isPresent()) {
        new Questioner(open, OutputStream.nullOutputStream()).ask(SqlQuery.of(sql.get()), OutputFormat.TABLE, Optional.empty());
      }
    }
    try (SextantServer server = SextantServer.start(project.folder(), System.getenv(),
        config -> config.withHost("127.0.0.1").withHttpPort(0).withFlightPort(0))) {
      String body = "{\"metrics\": [\"" + String.join("\", \"", metrics) + "\"], \"group_by\": [\"" + String.join("\", \"", groupBy)
          + "\"]}";
      for (String path : List.of("/v1/query", "/v1/health", "/metrics")) {
        ask(server.httpPort(), path, path.equals("/v1/query") ? body : "");
      }
    }
    return ExitCode.OK;
  }

  private static void ask(int port, String path, String body) throws IOException, URISyntaxException {
    HttpURLConnection http = (HttpURLConnection) new URI("http://127.0.0.1:" + port + path).toURL().openConnection();
    if (!body.isEmpty()) {
      http.setDoOutput(true);
      http.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
    http.getInputStream().readAllBytes();
  }
}

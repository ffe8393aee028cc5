// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.door.ProjectFolders;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From starting the process to the first answer, against a JVM that only says its version. */
final class StartBench {
  private static final int ROUNDS = 5;
  private static final String QUESTION = "{\"metrics\": [\"revenue\"], \"group_by\": [\"customer__segment\"]}";

  private StartBench() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    Path shop = ProjectFolders.copy("shop", folder);
    new Race("Process start to first answer").baseline("java -version", () -> java("-version").waitFor())
        .against("java -version", "serve, ask, first answer over HTTP", () -> serveAndAsk(shop))
        .against("java -version", "query on the command line",
            () -> sextant("query", shop.toString(), "--metrics", "revenue", "--group-by", "customer__segment").waitFor())
        .run(1, ROUNDS);
    CompileBench.delete(folder);
  }

  private static void serveAndAsk(Path shop) throws Exception {
    int port = freePort();
    Process server = sextant("serve", shop.toString(), "--http", Integer.toString(port));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/query"))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
          .build();
      while (!answers(client, request)) {
        Thread.sleep(5);
      }
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Process sextant(String... arguments) throws IOException {
    List<
        String> command = new ArrayList<>(List.of("--add-opens=java.base/java.nio=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "-cp",
            System.getProperty("java.class.path"), "dev.sextant.server.cli.SextantCommand"));
    command.addAll(List.of(arguments));
    return java(command.toArray(String[]::new));
  }

  private static Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }
}

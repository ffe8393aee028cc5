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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** From starting the process to the first answer over HTTP: by the launcher, and by the jar alone. The launcher has to have built before. */
final class StartBench {
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();
  private static final String QUESTION = "{\"metrics\": [\"revenue\"], \"group_by\": [\"customer__segment\"]}";

  /** When the first answer came, and what the processors had done by then, both since the process started, in milliseconds. */
  private record Start(double answer, double processors) {}

  private final Path project;
  private final Map<String, List<Start>> starts = new LinkedHashMap<>();

  private StartBench(Path project) {
    this.project = project;
  }

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("sextant-bench");
    StartBench bench = new StartBench(ProjectFolders.copy("shop", folder));
    List<String> jar = List.of(java(), "-jar", HOUSE.resolve("server/target/app/sextant.jar").toString());
    List<String> launcher = List.of(HOUSE.resolve("sextant").toString());
    bench.serve("./sextant serve", launcher, false);
    awaitStartCache();
    for (int round = 0; round <= ROUNDS; round++) {
      bench.serve("./sextant serve", launcher, round > 0);
      bench.serve("the jar alone", jar, round > 0);
    }
    bench.print();
    CompileBench.delete(folder);
  }

  /** The first start after a build makes the start cache beside its own work; later starts have it. */
  private static void awaitStartCache() throws InterruptedException {
    Path cache = HOUSE.resolve("server/target/app/start/java-" + Runtime.version().feature());
    Path jar = HOUSE.resolve("server/target/app/sextant.jar");
    for (int i = 0; i < 600 && cache.toFile().lastModified() < jar.toFile().lastModified(); i++) {
      Thread.sleep(100);
    }
  }

  private void serve(String name, List<String> command, boolean counts) throws Exception {
    List<String> whole = new ArrayList<>(command);
    int port = freePort();
    whole.addAll(List.of("serve", project.toString(), "--http", Integer.toString(port), "--flight", Integer.toString(freePort())));
    long began = System.nanoTime();
    Process server = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/query"))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
          .build();
      while (!answers(client, request)) {
        Thread.sleep(5);
      }
      double answer = (System.nanoTime() - began) / 1e6;
      double processors = server.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
      if (counts) {
        starts.computeIfAbsent(name, any -> new ArrayList<>()).add(new Start(answer, processors));
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

  private void print() {
    System.out.printf("%nProcess start to first answer over HTTP (median of %d rounds)%n", ROUNDS);
    System.out.printf("  %-20s %11s %11s %11s%n", "", "median ms", "fastest ms", "CPU ms");
    starts.forEach((name, times) -> System.out.printf("  %-20s %11.0f %11.0f %11.0f%n", name, median(times, Start::answer),
        times.stream().mapToDouble(Start::answer).min().orElse(Double.NaN), median(times, Start::processors)));
  }

  private static double median(List<Start> starts, Function<Start, Double> part) {
    return starts.stream().map(part).sorted().skip(starts.size() / 2).findFirst().orElse(Double.NaN);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}

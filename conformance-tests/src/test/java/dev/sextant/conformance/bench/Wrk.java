// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One way of asking with the load generator wrk, which Debian has as a package. */
record Wrk(String url, Optional<Path> script) {
  private static final String SECONDS = System.getProperty("seconds", "4");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");

  /** What came of a run: requests per second, and what 99 of 100 took at most, in milliseconds. */
  record Figures(double rate, double p99) {}

  static Wrk get(String url) {
    return new Wrk(url, Optional.empty());
  }

  static Wrk post(String url, String body, Path folder) throws IOException {
    Path script = Files.createTempFile(folder, "post", ".lua");
    Files.writeString(script,
        "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [==[" + body + "]==]\n");
    return new Wrk(url, Optional.of(script));
  }

  Figures run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c32", "-d" + SECONDS + "s", "--latency"));
    script.ifPresent(path -> command.addAll(List.of("-s", path.toString())));
    command.add(url);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException absent) {
      throw new IOException("the load generator 'wrk' is not there: apt-get install wrk", absent);
    }
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(told);
    Matcher p99 = P99.matcher(told);
    if (process.waitFor() != 0 || !rate.find() || !p99.find() || told.contains("Non-2xx")) {
      throw new IOException("wrk failed: " + told);
    }
    double unit = switch (p99.group(2)) {
      case "us" -> 0.001;
      case "ms" -> 1;
      default -> 1_000;
    };
    return new Figures(Double.parseDouble(rate.group(1)), unit * Double.parseDouble(p99.group(1)));
  }
}

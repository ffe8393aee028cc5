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
import java.util.stream.Collectors;

/** One way of asking with the load generator wrk, which Debian has as a package. */
record Wrk(String url, Optional<Path> script, int connections) {
  private static final int CONNECTIONS = 32;
  private static final String SECONDS = System.getProperty("seconds", "4");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final String SHARE = "%\\s+([\\d.]+)(us|ms|s)";

  /** What came of a run: requests per second, and what half of them and 99 of 100 took at most, in milliseconds. */
  record Figures(double rate, double median, double p99) {}

  static Wrk get(String url) {
    return new Wrk(url, Optional.empty(), CONNECTIONS);
  }

  static Wrk post(String url, String body, Path folder) throws IOException {
    Path script = Files.createTempFile(folder, "post", ".lua");
    Files.writeString(script,
        "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [==[" + body + "]==]\n");
    return new Wrk(url, Optional.of(script), CONNECTIONS);
  }

  /** Sends one body after the other, and then the first again. */
  static Wrk post(String url, List<String> bodies, Path folder) throws IOException {
    Path script = Files.createTempFile(folder, "posts", ".lua");
    Files.writeString(script, "wrk.method = 'POST'\nlocal bodies = {\n" + bodies.stream()
        .map(body -> "[==[" + body + "]==]")
        .collect(Collectors.joining(",\n")) + "}\nlocal all, last = {}, 0\n"
        + "init = function(args) for i, body in ipairs(bodies) do all[i] = wrk.format('POST', nil, nil, body) end end\n"
        + "request = function() last = last % #all + 1; return all[last] end\n");
    return new Wrk(url, Optional.of(script), CONNECTIONS);
  }

  Wrk over(int many) {
    return new Wrk(url, script, many);
  }

  Figures run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + SECONDS + "s", "--latency"));
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
    if (process.waitFor() != 0 || !rate.find() || told.contains("Non-2xx")) {
      throw new IOException("wrk failed: " + told);
    }
    return new Figures(Double.parseDouble(rate.group(1)), millis("50", told), millis("99", told));
  }

  private static double millis(String share, String told) throws IOException {
    Matcher time = Pattern.compile(share + SHARE).matcher(told);
    if (!time.find()) {
      throw new IOException("wrk failed: " + told);
    }
    double unit = switch (time.group(2)) {
      case "us" -> 0.001;
      case "ms" -> 1;
      default -> 1_000;
    };
    return unit * Double.parseDouble(time.group(1));
  }
}

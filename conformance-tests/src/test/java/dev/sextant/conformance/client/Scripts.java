// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/** Runs the scripts of {@code clients}. */
final class Scripts {
  private static final Path FOLDER = Path.of("clients");
  private static final int MOST_MINUTES = 5;
  /** How scripts end that miss what they need. */
  private static final int MISSING = 77;

  private Scripts() {}

  /** Runs a script on Node.js; skips the test where that or its packages are missing. */
  static void node(String script, String... arguments) throws IOException, InterruptedException {
    if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
      skip(script, "the npm packages are not installed; .ci/clients does so");
    }
    run("node", script, arguments);
  }

  /** Runs a script on the Python of {@code sextant.python}, else any; skips the test where that or its packages are missing. */
  static void python(String script, String... arguments) throws IOException, InterruptedException {
    run(System.getProperty("sextant.python", "python3"), script, arguments);
  }

  private static void run(String program, String script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program, script));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("sextant-node", ".txt");
    try {
      Process process = start(command, output, script);
      boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      String told = Files.readString(output);
      if (ended && process.exitValue() == MISSING) {
        skip(script, last(told));
      }
      System.out.println(last(told));
      assertThat(ended && process.exitValue() == 0).as(told).isTrue();
    } finally {
      Files.delete(output);
    }
  }

  private static Process start(List<String> command, Path output, String script) {
    try {
      return new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    } catch (IOException missing) {
      return skip(script, "there is no " + command.getFirst());
    }
  }

  private static Process skip(String script, String reason) {
    System.out.println(script + " is skipped: " + reason);
    return abort(reason);
  }

  private static String last(String told) {
    return told.lines()
        .reduce((first, second) -> second)
        .orElseThrow(() -> new UncheckedIOException(new IOException("nothing was printed")));
  }
}

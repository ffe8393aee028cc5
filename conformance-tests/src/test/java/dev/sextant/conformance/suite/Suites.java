// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folder of suites beside this repository, or the one that {@code -Dsextant.suites} names. */
public record Suites(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Optional<Suites> find() {
    Path folder = Path.of(System.getProperty("sextant.suites", "../../shared/suites"));
    return Files.isDirectory(folder) ? Optional.of(new Suites(folder)) : Optional.empty();
  }

  /** The cases of a file such as {@code metricflow/cases.jsonl}. */
  public List<SuiteCase> cases(String file) {
    try {
      return Files.readAllLines(folder.resolve(file)).stream().filter(line -> !line.isBlank()).map(Suites::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SuiteCase read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return new SuiteCase(node.path("id").asText(), node.path("project").asText(""), node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

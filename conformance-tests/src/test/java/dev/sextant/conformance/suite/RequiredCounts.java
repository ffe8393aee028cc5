// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many cases must pass, by suite and door, from a file. */
final class RequiredCounts {
  private final Path file;
  private final Map<String, Long> counts;

  private RequiredCounts(Path file, Map<String, Long> counts) {
    this.file = file;
    this.counts = counts;
  }

  static RequiredCounts read(Path file) {
    Map<String, Long> counts = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          counts.put(line.substring(0, line.indexOf('=')).strip(), Long.parseLong(line.substring(line.indexOf('=') + 1).strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RequiredCounts(file, counts);
  }

  long of(String key) {
    return counts.getOrDefault(key, 0L);
  }

  /** Requires as many as passed, never fewer than before. */
  void raise(String key, long passed) {
    counts.merge(key, passed, Math::max);
    List<String> lines = new ArrayList<>(List.of("# How many cases of the shared suites must pass. These numbers only go up."));
    counts.forEach((name, count) -> lines.add(name + " = " + count));
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

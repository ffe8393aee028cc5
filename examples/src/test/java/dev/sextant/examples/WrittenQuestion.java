// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A question of a project's scripts, and its hand-written answer in SQL. */
public record WrittenQuestion(String text, String oracle) {

  /** The questions of the scripts in a folder, in the order of their names and lines. */
  public static List<WrittenQuestion> in(Path folder) throws IOException {
    try (Stream<Path> scripts = Files.list(folder)) {
      return scripts.sorted().flatMap(WrittenQuestion::of).toList();
    }
  }

  private static Stream<WrittenQuestion> of(Path script) {
    try {
      return Stream.of(Files.readString(script).split("\n\n"))
          .map(WrittenQuestion::lines)
          .filter(lines -> !lines.isEmpty())
          .map(lines -> of(script, lines));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> lines(String paragraph) {
    return paragraph.lines().filter(line -> !line.startsWith("#") && !line.startsWith("use ")).toList();
  }

  private static WrittenQuestion of(Path script, List<String> lines) {
    if (lines.size() < 3 || !lines.getFirst().startsWith("query ") || !lines.get(1).equals("!check")) {
      throw new IllegalArgumentException(script + ": expected a query, !check and its SQL, found " + lines);
    }
    return new WrittenQuestion(lines.getFirst(), String.join("\n", lines.subList(2, lines.size())));
  }

  @Override
  public String toString() {
    return text;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the folder with suites, which stands beside some checkouts: {@code SEXTANT_SUITES}, or {@code shared/suites} further up. */
public final class Suites {

  private Suites() {}

  /** The folder, where there is one. */
  public static Optional<Path> folder() {
    String named = System.getenv("SEXTANT_SUITES");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, path -> path != null, Path::getParent)
        .map(path -> path.resolve("shared/suites"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  /** The projects of all suites; none, and a line that says why, where there is no folder. */
  public static List<Path> projects() {
    if (folder().isEmpty()) {
      System.out.println("no folder shared/suites above " + Path.of("").toAbsolutePath() + ": its projects are not loaded");
      return List.of();
    }
    return Stream.of("multi_hop_join", "partitioned_multi_hop_join", "non_sm", "extended_date", "scd", "simple")
        .map(name -> folder().orElseThrow().resolve("metricflow/projects/" + name + "_manifest"))
        .collect(java.util.stream.Collectors.collectingAndThen(java.util.stream.Collectors.toList(), list -> {
          list.add(folder().orElseThrow().resolve("bi-sql/project"));
          return List.copyOf(list);
        }));
  }
}

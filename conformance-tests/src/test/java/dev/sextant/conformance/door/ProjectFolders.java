// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.examples.foodmart.FoodmartData;
import dev.sextant.examples.retail.RetailData;
import dev.sextant.examples.tpch.TpchData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Where the projects of scripts are, and copies of them to run, so that nothing is written into the repository. */
public final class ProjectFolders {
  private static final Path REPOSITORY = Path.of("..");
  private static final List<Path> PLACES = List.of(REPOSITORY.resolve("conformance-tests/projects"), REPOSITORY.resolve("examples"));
  private static final int SMALLEST = 1;
  private static final double HUNDREDTH = 0.01;

  private ProjectFolders() {}

  /** The names of all projects. */
  public static List<String> names() {
    return PLACES.stream().flatMap(ProjectFolders::projectsIn).map(folder -> folder.toFile().getName()).sorted().toList();
  }

  private static Stream<Path> projectsIn(Path place) {
    try (Stream<Path> folders = Files.list(place)) {
      return folders.filter(folder -> Files.exists(folder.resolve("sextant.yml"))).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of a project as it is written. */
  public static Path find(String name) {
    return placeOf(name).resolve(name);
  }

  /** Whether a project is one of the examples, and not there for scripts only. */
  static boolean isExample(String name) {
    return placeOf(name).equals(PLACES.getLast());
  }

  private static Path placeOf(String name) {
    return PLACES.stream()
        .filter(place -> Files.exists(place.resolve(name).resolve("sextant.yml")))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no project '" + name + "'; there are " + names()));
  }

  /** Copies a project beside its siblings into {@code target}, with its generated data, and returns its folder there. */
  public static Path copy(String name, Path target) throws IOException, SQLException {
    Path folder = copyWritten(name, target);
    switch (name) {
      case "retail" -> RetailData.write(folder.resolve("data"), RetailData.DEFAULT_SEED, SMALLEST);
      case "foodmart" -> FoodmartData.write(folder.resolve("data"));
      case "tpch" -> TpchData.write(folder.resolve("tpch.duckdb"), HUNDREDTH);
      default -> {}
    }
    return folder;
  }

  /** Copies what is written of a project and its siblings over what is in {@code target}, and returns its folder there. */
  public static Path copyWritten(String name, Path target) throws IOException {
    for (Path sibling : projectsIn(placeOf(name)).toList()) {
      copyTree(sibling, target.resolve(sibling.toFile().getName()));
    }
    return target.resolve(name);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else if (isWritten(path.toString())) {
          Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static boolean isWritten(String name) {
    return name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".sql") || name.endsWith(".csv");
  }
}

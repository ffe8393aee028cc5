// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A project in a temporary folder, made of texts. */
public final class TestProject {
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** A project with these definitions. */
  public static TestProject of(String definitions) {
    return new TestProject().file("sextant.yml", "name: test\n").file("models/m.yml", definitions);
  }

  public TestProject file(String name, String text) {
    files.put(name, text);
    return this;
  }

  public TestProject variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Writes the files into a folder. */
  public void write(Path folder) {
    files.forEach((name, text) -> {
      try {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** Loads the project from a folder of its own, which is gone afterwards. */
  public ModelResult load() {
    return in(folder -> ModelLoader.load(folder, environment));
  }

  /** The model; fails with all issues where there is none. */
  public SemanticModel model() {
    return switch (load()) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new AssertionError(invalid.issues().toString());
    };
  }

  /** What is wrong, as printed. */
  public List<String> issues() {
    return switch (load()) {
      case ModelResult.Valid valid -> List.of();
      case ModelResult.Invalid invalid -> invalid.issues().stream().map(Issue::toString).toList();
    };
  }

  /** What is probably not meant, as printed. */
  public List<String> warnings() {
    return switch (load()) {
      case ModelResult.Valid valid -> valid.warnings().stream().map(Issue::toString).toList();
      case ModelResult.Invalid invalid -> throw new AssertionError(invalid.issues().toString());
    };
  }

  private <T> T in(Function<Path, T> use) {
    try {
      Path folder = Files.createTempDirectory("project");
      try {
        write(folder);
        return use.apply(folder);
      } finally {
        try (var all = Files.walk(folder)) {
          for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a sync's state that goes away again. */
record PreviewState(Path folder, Path file) implements AutoCloseable {

  static PreviewState of(Path state) {
    try {
      Path folder = Files.createTempDirectory("sextant-preview");
      Path copy = folder.resolve("state.duckdb");
      for (String suffix : List.of("", ".wal")) {
        Path original = Path.of(state + suffix);
        if (Files.exists(original)) {
          Files.copy(original, Path.of(copy + suffix));
        }
      }
      return new PreviewState(folder, copy);
    } catch (IOException failure) {
      throw ActivationIssue.RUN_STORE.because("The state of the sync cannot be copied: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException left) {
      folder.toFile().deleteOnExit();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.run.ManifestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Killed at any instant, an export is whole or absent; {@code -Dsextant.kills=50} kills more often. */
class KilledExportTest {
  private static final int KILLS = Integer.getInteger("sextant.kills", 2);
  private static final int ROWS = 20_000;
  private static final long SEED = 20261130;

  @TempDir private Path folder;

  @Test
  void everyExportThatIsThereIsWhole() throws Exception {
    Path exports = folder.resolve("training").resolve("fraud");
    long whole = undisturbed();
    try (Stream<Path> made = Files.list(exports)) {
      for (Path path : made.toList()) {
        assertThat(path.getFileName().toString()).doesNotStartWith(".");
      }
    }
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      remove(exports);
      Process run = start();
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(whole));
      while (run.isAlive() && System.nanoTime() < until) {
        run.waitFor(1, TimeUnit.MILLISECONDS);
      }
      run.destroyForcibly().waitFor();
      for (Path export : published(exports)) {
        assertThat(Verification.verify(export)).isEmpty();
      }
    }
    assertThat(start().waitFor()).isZero();
    assertThat(published(exports)).hasSize(1);
    assertThat(Verification.verify(ManifestFile.latest(exports))).isEmpty();
    try (Stream<Path> left = Files.list(exports)) {
      assertThat(left.map(path -> path.getFileName().toString())).as("nothing unfinished is left").noneMatch(name -> name.startsWith("."));
    }
  }

  /** How long an undisturbed export takes, in milliseconds. */
  private long undisturbed() throws IOException, InterruptedException {
    long begun = System.nanoTime();
    assertThat(start().waitFor()).isZero();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }

  private static List<Path> published(Path exports) throws IOException {
    if (!Files.isDirectory(exports)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(exports)) {
      return all.filter(Files::isDirectory).filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    }
  }

  /** Forgets what was published, not what killed runs left. */
  private static void remove(Path exports) throws IOException {
    for (Path export : published(exports)) {
      try (Stream<Path> files = Files.list(export)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(export);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        ExportOnce.class.getName(), folder.toString(), String.valueOf(ROWS)).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }
}

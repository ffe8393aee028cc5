// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.engine;

import dev.sextant.cache.testing.Asking.Told;
import dev.sextant.cache.testing.Servers;
import dev.sextant.cache.testing.Servers.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers in files. */
class DiskTierTest {
  private final Servers servers = new Servers();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    servers.close();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("test"))) {
      return files.filter(file -> file.toString().endsWith(".arrow")).sorted().toList();
    }
  }

  @Test
  void answersSurviveARestartAndGoOnAgeing() {
    servers.warehouse.rows = 2_500;
    Server first = servers.start(folder, "cache.disk", "10MB");
    assertThat(first.asking().ask("a")).isEqualTo(new Told(1, 2_500, "miss"));
    first.stop();
    servers.warehouse.number = 2;
    servers.pass(3_600);
    Server second = servers.start(folder, "cache.disk", "10MB");
    assertThat(second.asking().ask("a")).isEqualTo(new Told(1, 2_500, "hit"));
    assertThat(second.asking().ask("a")).isEqualTo(new Told(1, 2_500, "hit"));
    assertThat(second.count("disk_hits")).isEqualTo(1);
    second.stop();
    servers.pass(1);
    assertThat(servers.start(folder, "cache.disk", "10MB").asking().ask("a")).isEqualTo(new Told(2, 2_500, "miss"));
    assertThat(servers.warehouse.runs).hasValue(2);
  }

  @Test
  void whatWasToldBeforeARestartStillIsTrueAfterIt() {
    Server first = servers.start(folder, "cache.disk", "10MB");
    first.asking().ask("a");
    first.cache().changed(List.of("orders"));
    first.stop();
    servers.warehouse.number = 2;
    Server second = servers.start(folder, "cache.disk", "10MB");
    assertThat(second.asking().ask("a")).isEqualTo(new Told(2, 1, "miss"));
    second.cache().everythingChanged();
    second.stop();
    servers.warehouse.number = 3;
    assertThat(servers.start(folder, "cache.disk", "10MB").asking().ask("a")).isEqualTo(new Told(3, 1, "miss"));
  }

  @Test
  void aFileThatIsNotWholeOrDamagedIsNoAnswer() throws IOException {
    Server first = servers.start(folder, "cache.disk", "10MB");
    first.asking().ask("a");
    first.stop();
    byte[] whole = Files.readAllBytes(files().getFirst());
    for (int cut = 0; cut < 12; cut++) {
      byte[] broken = cut < 6 ? Arrays.copyOf(whole, whole.length * cut / 6) : whole.clone();
      if (cut >= 6) {
        broken[(whole.length - 1) * (cut - 6) / 5] ^= 1;
      }
      Files.write(files().getFirst(), broken);
      Files.write(folder.resolve("test/left-by-a-crash.part"), broken);
      servers.warehouse.number = cut;
      Server again = servers.start(folder, "cache.disk", "10MB");
      assertThat(again.asking().ask("a")).isEqualTo(new Told(cut, 1, "miss"));
      again.stop();
      assertThat(files()).hasSize(1);
      assertThat(folder.resolve("test/left-by-a-crash.part")).doesNotExist();
    }
  }

  @Test
  void theOldestGoFirst() throws IOException {
    servers.warehouse.rows = 1_000;
    Server server = servers.start(folder, "cache.disk", "30kb");
    for (int i = 0; i < 10; i++) {
      server.asking().ask("metric " + i);
    }
    server.stop();
    assertThat(files().stream().mapToLong(file -> file.toFile().length()).sum()).isBetween(1L, 30L << 10);
    Server again = servers.start(folder, "cache.disk", "30kb");
    assertThat(again.asking().ask("metric 9").cache()).isEqualTo("hit");
    assertThat(again.asking().ask("metric 0").cache()).isEqualTo("miss");
  }

  @Test
  void aFolderThatCannotBeWrittenCostsNothingButAWarning() throws IOException {
    Files.writeString(folder.resolve("test"), "a file where the folder should be");
    Server server = servers.start(folder, "cache.disk", "10MB");
    for (int i = 0; i < 20; i++) {
      assertThat(server.asking().ask("metric " + i).cache()).isEqualTo("miss");
      assertThat(server.asking().ask("metric " + i).cache()).isEqualTo("hit");
    }
    server.stop();
    assertThat(server.count("disk_failures")).isPositive();
  }

  @Test
  void aFolderThatIsDeletedMeanwhileCostsNoAnswer() throws IOException {
    Server server = servers.start(folder, "cache.disk", "10MB", "cache.memory", "1kb", "cache.entry", "1MB");
    for (int i = 0; i < 20; i++) {
      if (i == 10) {
        delete(folder.resolve("test"));
      }
      assertThat(server.asking().ask("metric " + i)).isEqualTo(new Told(1, 1, "miss"));
      assertThat(server.asking().ask("metric " + i / 2).number()).isEqualTo(1);
    }
    server.stop();
    assertThat(files()).isNotEmpty();
  }

  /** Deletes a folder into which the server may write meanwhile. */
  private static void delete(Path folder) throws IOException {
    while (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (DirectoryNotEmptyException | UncheckedIOException | NoSuchFileException writtenMeanwhile) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aFullDiskCostsNoAnswer() throws Exception {
    Path small = Files.createDirectories(folder.resolve("small"));
    Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()).start();
    if (mount.waitFor() != 0) {
      System.out.println("Without a full disk: a small file system cannot be mounted here");
      return;
    }
    try {
      servers.warehouse.rows = 2_000;
      Server server = servers.start(small, "cache.disk", "10MB");
      for (int i = 0; i < 40; i++) {
        assertThat(server.asking().ask("metric " + i)).isEqualTo(new Told(1, 2_000, "miss"));
        assertThat(server.asking().ask("metric " + i)).isEqualTo(new Told(1, 2_000, "hit"));
      }
      server.stop();
      assertThat(server.count("disk_failures")).isPositive();
    } finally {
      assertThat(new ProcessBuilder("umount", small.toString()).start().waitFor()).isZero();
    }
  }
}

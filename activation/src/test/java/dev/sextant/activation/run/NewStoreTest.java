// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;

class NewStoreTest {
  @Test
  void severalMayOpenANewStoreAtOnce(@TempDir Path folder) {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 3; round++) {
        Path file = folder.resolve("store" + round).resolve("runs.db");
        List<CompletableFuture<Void>> openings = IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(() -> StoreConnections.sqlite(file).close(), threads))
            .toList();
        assertThatCode(() -> CompletableFuture.allOf(openings.toArray(CompletableFuture[]::new)).join()).doesNotThrowAnyException();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunState;
import dev.sextant.activation.run.SqlRunStore;
import dev.sextant.activation.run.StoreConnections;
import dev.sextant.model.Calendar;
import dev.sextant.model.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Killed at any instant, the next runs end where an undisturbed one would; {@code -Dsextant.kills=100} kills more often. */
class KillTest {
  private static final int KILLS = Integer.getInteger("sextant.kills", 2);
  private static final int ROWS = Integer.getInteger("sextant.kill.rows", 1500);
  private static final int BATCH = 50;
  private static final long SEED = 20261123;

  @TempDir private Path folder;

  @Test
  void nothingIsLostAndOnlyBatchesInFlightAreSentAgain() throws Exception {
    Random random = new Random(SEED);
    int killed = 0;
    try (Receiver receiver = new Receiver()) {
      for (int i = 0; i < KILLS; i++) {
        int target = random.nextInt(ROWS);
        Process run = start(receiver);
        while (run.isAlive() && receiver.count() < target) {
          run.waitFor(1, TimeUnit.MILLISECONDS);
        }
        killed += run.isAlive() ? 1 : 0;
        run.destroyForcibly().waitFor();
      }
      Process last = start(receiver);
      assertThat(last.waitFor(5, TimeUnit.MINUTES)).as("the last run ends").isTrue();
      assertThat(last.exitValue()).isZero();
      assertThat(receiver.rows()).hasSize(ROWS);
      long sent = receiver.bodies().stream().mapToLong(body -> body.path("rows").size()).sum();
      assertThat(sent - ROWS).as("rows sent again after %d kills", killed).isBetween(0L, (long) BATCH * killed);
    }
    assertThat(runs()).extracting(Run::state)
        .startsWith(RunState.SUCCEEDED)
        .doesNotContain(RunState.RUNNING)
        .filteredOn(RunState.DEAD::equals)
        .hasSizeLessThanOrEqualTo(killed);
  }

  private Process start(Receiver receiver) throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), SyncOnce.class.getName(),
        folder.toString(), receiver.url(), String.valueOf(ROWS)).inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private List<Run> runs() {
    try (HikariDataSource source = StoreConnections.open(new Project("killed", folder, Calendar.ISO, List.of(), List.of(), Map.of()))) {
      return new SqlRunStore(source).list(Optional.empty(), 1000);
    }
  }
}

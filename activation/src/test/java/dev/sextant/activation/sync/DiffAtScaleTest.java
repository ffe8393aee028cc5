// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.scratch.ScratchFile;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One row of a hundred changed: how long planning takes beside one full outer join of the same rows. {@code -Dsextant.diff.rows=10000000} is the
 * size that is published; then the ratio is held to 2, and what Linux counts for the whole process to 512 MB.
 */
class DiffAtScaleTest {
  private static final long ROWS = Long.getLong("sextant.diff.rows", 200_000);
  private static final long SIZE_TO_MEASURE = 5_000_000;
  private static final long MOST_MEGABYTES = 512;

  @TempDir private Path folder;

  private static String rows(long changedBy) {
    return "select i as customer, 'customer' || i || '@example.com' as email, cast(i % 1000 + case when i % 100 = 0 then " + changedBy
        + " else 0 end as decimal(12, 2)) as revenue from range(" + ROWS + ") r(i)";
  }

  @Test
  void onlyWhatChangedIsPlannedInAFewJoinsTime() throws IOException {
    Sync sync = Syncing.of(folder, "csv", Map.of()).sync();
    SyncColumns columns = new SyncColumns(sync);
    String staging = columns.staging(new Edges(sync));
    try (ScratchFile state = ScratchFile.open(folder.resolve("state.duckdb"))) {
      try (SqlRows rows = new SqlRows(rows(0))) {
        state.load("known", staging + ", " + columns.key() + " as key", rows);
      }
      state.run("create table acknowledged as select key_hash, key, payload_hash, null::varchar as remote_id from known");
      state.run("drop table known");
      state.run("checkpoint");
      long join = join(state, staging);
      forgetPeak();
      long plan = System.nanoTime();
      SyncPlan changed = new SyncPlan(state, sync);
      Map<String, Long> counters = changed.make(() -> new SqlRows(rows(1)), new TestRun());
      plan = System.nanoTime() - plan;
      long peak = peak();
      assertThat(counters).containsEntry("changed", ROWS / 100).containsEntry("unchanged", ROWS - ROWS / 100).containsEntry("added", 0L);
      assertThat(changed.size()).isEqualTo(ROWS / 100);
      SyncPlan unchanged = new SyncPlan(state, sync);
      assertThat(unchanged.make(() -> new SqlRows(rows(0)), new TestRun())).containsEntry("unchanged", ROWS);
      assertThat(unchanged.size()).isZero();
      double ratio = plan / (double) join;
      System.out.printf("%d keys, 1 %% changed: one full outer join %d ms, planning %d ms, ratio %.2f, peak memory %d MB%n", ROWS,
          join / 1_000_000, plan / 1_000_000, ratio, peak);
      if (ROWS >= SIZE_TO_MEASURE) {
        assertThat(ratio).isLessThanOrEqualTo(2);
        assertThat(peak).isLessThan(MOST_MEGABYTES);
      }
    }
  }

  private static long join(ScratchFile state, String staging) {
    long begun = System.nanoTime();
    try (SqlRows rows = new SqlRows(rows(1))) {
      state.read(rows,
          incoming -> "create or replace table joined as select s.*, a.key as old_key from (select " + staging + " from " + incoming
              + ") s full outer join acknowledged a on a.key_hash = s.key_hash where a.payload_hash is distinct from s.payload_hash");
    }
    long took = System.nanoTime() - begun;
    assertThat(state.count("select count(*) from joined")).isEqualTo(ROWS / 100);
    state.run("drop table joined");
    return took;
  }

  private static void forgetPeak() throws IOException {
    Path memory = Path.of("/proc/self/clear_refs");
    if (Files.isWritable(memory)) {
      Files.writeString(memory, "5");
    }
  }

  /** Megabytes, DuckDB and the JVM together; 0 where there is no Linux to tell. */
  private static long peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    return !Files.exists(status) ? 0
        : Files.readAllLines(status)
            .stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .sum();
  }
}

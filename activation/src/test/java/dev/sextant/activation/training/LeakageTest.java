// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.TrainingManifest.CheckResult;
import dev.sextant.activation.scratch.ScratchFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Leakage that no export of ours has, planted into its rows. */
class LeakageTest {
  private static final Splits BY_TIME = new Splits("time", java.util.Map.of(), "", List.of("train", "test"));
  private static final Splits RANDOM = new Splits("random", java.util.Map.of(), "", List.of("train", "test"));

  @TempDir private Path folder;

  private List<String> failed(Splits splits, String rows) {
    try (Bank bank = Bank.open(folder, 1, ""); ScratchFile tables = ScratchFile.ofExport(folder.resolve("rows.duckdb"))) {
      tables
          .run("create or replace table " + ExportRows.TABLE + " as select row_number() over () as \"row_number#\", * from (values " + rows
              + ") t(\"split#\", account, as_of, fraud, payments_7d, event_time)");
      ExportRows planted = ExportRows.of(tables, Layout.of(bank.model().trainingSet("fraud").orElseThrow(), bank.model()));
      return new Checks(planted, splits).run(List.of()).stream().filter(check -> !check.passed()).map(CheckResult::check).toList();
    }
  }

  @Test
  void theSameRowInTwoSplitsIsFound() {
    assertThat(failed(BY_TIME, "('train', 1, timestamp '2026-01-01', true, 1, null), ('test', 1, timestamp '2026-01-01', false, 2, null)"))
        .containsExactly("no_leakage.same_row", "no_leakage.test_before_train");
  }

  @Test
  void theSameKeyInTwoRandomSplitsIsFound() {
    assertThat(failed(RANDOM, "('train', 1, timestamp '2026-01-01', true, 1, null), ('test', 1, timestamp '2026-01-02', false, 2, null)"))
        .containsExactly("no_leakage.same_key");
    assertThat(failed(BY_TIME, "('train', 1, timestamp '2026-01-01', true, 1, null), ('test', 1, timestamp '2026-01-02', false, 2, null)"))
        .isEmpty();
  }

  @Test
  void anEventAfterItsInstantIsFound() {
    assertThat(failed(BY_TIME, "('train', 1, timestamp '2026-01-01', true, 1, timestamp '2026-01-01'), "
        + "('test', 1, timestamp '2026-01-02', false, 2, timestamp '2026-01-02 00:00:01')")).containsExactly("no_leakage.from_the_future");
  }

  @Test
  void testingBeforeTrainingIsFound() {
    assertThat(failed(BY_TIME, "('train', 1, timestamp '2026-01-05', true, 1, null), ('test', 2, timestamp '2026-01-02', false, 2, null)"))
        .containsExactly("no_leakage.test_before_train");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.quality.DriftActivities;
import dev.sextant.activation.quality.DriftActivity;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Live features beside an export: the same are quiet, others make the run fail and a report. */
class DriftTest {
  private static final int ROWS = 1_200;
  private static final String MANY_ACCOUNTS = "update payments set account = payment_id % 1200";
  private static final String LABELS = "create or replace table labels as select i as account, timestamp '2026-03-01' as at_time, "
      + "i % 3 = 0 as fraud from range(1200) t(i)";

  @TempDir private Path folder;

  private Activity.Outcome look(Bank bank) {
    return new DriftActivity(bank.model().trainingSet("fraud").orElseThrow(), bank.model(), bank.exports(), bank.engine(), Bank.CLOCK)
        .perform(Bank.context("drift"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "arrow"})
  void aPlantedShiftIsFoundAndNothingElse(String format) throws IOException {
    String settings = "format: " + format;
    try (Bank bank = Bank.open(folder, ROWS, settings, MANY_ACCOUNTS, LABELS)) {
      bank.activity().perform(Bank.context("one"));
      assertThat(look(bank).report().counters()).containsEntry("features", 3L).containsEntry("drifted", 0L).containsEntry("too_few", 0L);
    }
    try (Bank shifted = Bank.open(folder, ROWS, settings, MANY_ACCOUNTS, LABELS, "update payments set amount = amount + 150")) {
      assertThatThrownBy(() -> look(shifted)).isInstanceOf(SextantException.class)
          .hasMessageContaining("paid_30d")
          .hasMessageNotContaining("payments_7d");
      String report = Files.readString(shifted.exports().resolve("drift.html"));
      assertThat(report).contains("<svg", "<td>paid_30d</td>", "drift");
    }
  }

  @Test
  void setsAndTheirDriftHaveSchedulesOfTheirOwn() throws IOException {
    try (Bank bank = Bank.open(folder, ROWS, "schedule: {every: 7d}\n    drift: {cron: \"0 4 * * *\"}")) {
      assertThat(new DriftActivities(bank::model, bank.engine(), Bank.CLOCK).wishes()).containsExactly(
          new ActivitySource.Wish("fraud", new Sync.Schedule(Optional.empty(), Optional.of("0 4 * * *"), Optional.empty())));
      assertThat(new TrainingActivities(bank::model, bank.engine(), (view, model) -> "", Bank.CLOCK).wishes()).containsExactly(
          new ActivitySource.Wish("fraud", new Sync.Schedule(Optional.empty(), Optional.empty(), Optional.of("7d"))));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.training;

import dev.sextant.activation.Activity;
import dev.sextant.activation.TrainingManifest;
import dev.sextant.activation.run.ManifestFile;
import dev.sextant.model.SextantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is exported, and what is not. */
class TrainingTest {
  private static final String BY_TIME = "split: {by: time, train_until: 2026-01-19, validate_until: 2026-01-21}";
  private static final int ROWS = 300;

  @TempDir private Path folder;

  private Path export(Bank bank, String run) {
    Activity.Outcome outcome = bank.activity().perform(Bank.context(run));
    assertThat(outcome.report().count("rows")).isEqualTo(ROWS);
    return ManifestFile.latest(bank.exports());
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "arrow"})
  void theSameRowsMakeTheSameExport(String format) throws IOException {
    try (Bank bank = Bank.open(folder, ROWS, BY_TIME + "\n    format: " + format)) {
      Path first = export(bank, "one");
      Path second = export(bank, "two");

      assertThat(second).isEqualTo(first);
      assertThat(Verification.verify(first)).isEmpty();
      assertThat(Verification.reproduce(first, bank.model().trainingSet("fraud").orElseThrow(), bank.model(), folder.resolve("scratch"),
          bank.exporting(), Bank.context("three"))).isEmpty();
      TrainingManifest manifest = ManifestFile.read(first);
      assertThat(manifest.split().rows()).isEqualTo(Map.of("train", 120L, "validate", 48L, "test", 132L));
      try (Stream<Path> files = Files.list(first)) {
        assertThat(files.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("manifest.json", "train." + format,
            "validate." + format, "test." + format);
      }
    }
  }

  @Test
  void filesHoldEveryRowOfTheSpineOnce() throws SQLException {
    try (Bank bank = Bank.open(folder, ROWS, "split: {by: random, seed: 7, train: 0.5, validate: 0.25}", "insert into labels from labels");
        Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement()) {
      bank.activity().perform(Bank.context("one"));
      String files = ManifestFile.latest(bank.exports()) + "/*.parquet";
      try (ResultSet rows = statement
          .executeQuery("select count(*), count(distinct (account, as_of)), sum(payments_7d) from '" + files + "'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(2L * ROWS);
        assertThat(rows.getLong(2)).isEqualTo(ROWS);
        assertThat(rows.getLong(3)).isPositive();
      }
      try (ResultSet rows = statement.executeQuery("select count(*) from (select account from read_parquet('" + files
          + "', filename = true) group by 1 having count(distinct filename) > 1)")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).as("keys in several splits").isZero();
      }
    }
  }

  @Test
  void randomSplitsHaveTheirSharesAndDependOnTheSeedOnly() {
    TrainingManifest seven = manifest("a", "split: {by: random, seed: 7, train: 0.5, validate: 0.25}");
    TrainingManifest again = manifest("b", "split: {by: random, seed: 7, train: 0.5, validate: 0.25}");
    TrainingManifest other = manifest("c", "split: {by: random, seed: 8, train: 0.5, validate: 0.25}");

    assertThat(again.files()).isEqualTo(seven.files());
    assertThat(other.files()).isNotEqualTo(seven.files());
    assertThat(seven.split().rows().getOrDefault("train", 0L) / (double) ROWS).isBetween(0.35, 0.65);
  }

  private TrainingManifest manifest(String name, String settings) {
    try (Bank bank = Bank.open(folder.resolve(name), ROWS, settings)) {
      return ManifestFile.read(export(bank, name));
    }
  }

  @Test
  void aChangeIsFoundInFilesAndInTables() throws IOException {
    Path exported;
    try (Bank bank = Bank.open(folder, ROWS, BY_TIME)) {
      exported = export(bank, "one");
    }
    try (Bank later = Bank.open(folder, ROWS, BY_TIME, "update payments set amount = 1 where payment_id = 970")) {
      assertThat(
          Verification.reproduce(exported, later.model().trainingSet("fraud").orElseThrow(), later.model(), folder.resolve("scratch"),
              later.exporting(), Bank.context("two"))).containsExactly("the rows are not what they were");
    }
    Files.writeString(exported.resolve("test.parquet"), "x");
    Files.delete(exported.resolve("train.parquet"));
    assertThat(Verification.verify(exported)).containsExactly("train.parquet is missing",
        "test.parquet has other bytes than it was written with");
    Path manifest = exported.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("payments_7d", "payments_8d"));
    assertThatThrownBy(() -> Verification.verify(exported)).isInstanceOf(SextantException.class).hasMessageContaining("was changed");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      class_balance: {min_share: 0.4}            | update labels set fraud = fraud          | class_balance of fraud: shares are {false=0.6666666666666666, true=0.3333333333333333}
      class_balance: {min_share: 0.01}           | update labels set fraud = true           | class_balance of fraud
      not_null: [fraud]                          | update labels set fraud = null where account = 3 | not_null of fraud: 4 of 300
      range: {paid_30d: {min: 0}}                | update payments set amount = -1000000 where account = 5 | range of paid_30d
      no_leakage                                 | alter table labels alter fraud type integer using account * 2; update labels set fraud = (select count(*) from payments p where p.account = labels.account and paid_at <= at_time and known_at <= at_time and paid_at > at_time - interval 7 day) | no_leakage.telltale of payments_7d
      temporal_order                             | insert into labels values (1, null, true) | temporal_order of as_of: 1 rows without an instant
      min_rows: {value: 500}                     | update labels set fraud = fraud          | min_rows: 300 rows
      """)
  void plantedFaultsStopTheExport(String check, String fault, String found) throws IOException {
    try (Bank bank = Bank.open(folder, ROWS, BY_TIME + "\n    checks: [" + (check.contains(":") ? "{" + check + "}" : check) + "]",
        fault.split(";", -1))) {
      assertThatThrownBy(() -> bank.activity().perform(Bank.context("one"))).isInstanceOf(SextantException.class)
          .hasMessageContaining(found);
      try (Stream<Path> left = Files.list(bank.exports())) {
        assertThat(left).as("what is published or left").isEmpty();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore.Entry;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What runs leave in the online store. */
class FeatureBuildTest {

  @TempDir private Path folder;
  private Trips trips;

  @BeforeEach
  void open() throws IOException {
    trips = Trips.open(folder, "2026-03-10T12:00:00Z");
    trips.sql("insert into drivers values (1, 'Ada'), (2, 'Bo'), (3, null)");
    trips.trip(1, 1, "2026-03-10 12:00:00", "10.50");
    trips.trip(2, 1, "2026-03-03 12:00:01", "1.25");
    trips.trip(3, 1, "2026-03-03 12:00:00", "2.00");
    trips.trip(4, 2, "2026-02-20 08:00:00", "4.00");
    trips.trip(5, 9, "2026-03-09 08:00:00", "8.00");
  }

  @AfterEach
  void close() {
    trips.close();
  }

  @Test
  void everyKeyIsThereWithAndWithoutEvents() {
    var outcome = trips.build("activity");
    assertThat(outcome.report().count("written")).isEqualTo(4);
    assertThat(trips.served("activity", 1)).contains("2 13.75 Ada 4");
    assertThat(trips.served("activity", 2)).hasValueSatisfying(row -> assertThat(row).contains("4.00 Bo"));
    assertThat(trips.served("activity", 9)).contains("1 8.00 null 2");
    assertThat(trips.served("activity", 4)).isEmpty();
    assertThat(trips.store().serving("activity").flatMap(FeatureVersion::watermark)).contains(Instant.parse("2026-03-10T12:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"activity", "events"})
  void aWindowEmptiesWithoutNewEvents(String view) {
    trips.build(view);
    assertThat(trips.served(view, 1).orElseThrow()).startsWith("2 13.75");
    String empty = trips.served(view, 2).orElseThrow().split(" ")[0];
    trips.at("2026-03-17T12:00:00Z").build(view);
    assertThat(trips.served(view, 1).orElseThrow()).startsWith(empty + " 13.75");
    trips.at("2026-04-20T12:00:00Z").build(view);
    assertThat(trips.served(view, 1).orElseThrow()).startsWith(empty + " null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"activity", "events"})
  void rowsThatArriveBehindTheWatermarkAreFound(String view) {
    trips.build(view);
    trips.trip(20, 1, "2026-03-09 12:00:00", "2026-03-10 13:00:00", "100.00");
    trips.at("2026-03-10T14:00:00Z").build(view);
    assertThat(trips.served(view, 1).orElseThrow()).startsWith("2 113.75");
  }

  @Test
  void whatWasRecordedAfterTheInstantIsNotSeenYet() {
    trips.trip(20, 1, "2026-03-09 12:00:00", "2026-03-10 13:00:00", "100.00");
    trips.build("events");
    assertThat(trips.served("events", 1)).contains("2 13.75");
    trips.at("2026-03-10T13:00:00Z").build("events");
    assertThat(trips.served("events", 1).orElseThrow()).endsWith("113.75");
  }

  @ParameterizedTest
  @ValueSource(strings = {"activity", "events"})
  void correctedRowsReachTheStore(String view) {
    trips.build(view);
    trips.sql("update trips set fare = 11.50 where trip_id = 1");
    trips.at("2026-03-10T12:30:00Z").build(view);
    assertThat(trips.served(view, 1).orElseThrow()).startsWith("1 14.75");
  }

  @Test
  void entitiesThatVanishedAreRemoved() {
    trips.build("activity");
    trips.sql("delete from trips where driver_id = 9");
    var outcome = trips.at("2026-03-10T13:00:00Z").build("activity");
    assertThat(outcome.report().count("removed")).isEqualTo(1);
    assertThat(trips.served("activity", 9)).isEmpty();
  }

  @Test
  void anIncrementalRunWritesOnlyKeysWhoseWindowsMayHaveChanged() {
    trips.build("events");
    trips.trip(20, 2, "2026-03-10 12:30:00", "1.00");
    var outcome = trips.at("2026-03-10T13:00:00Z").build("events");
    // 1 has events within the lookback, 2 a new one, 9 one within the lookback
    assertThat(outcome.report().counters()).containsEntry("incremental", 1L).containsEntry("rows", 3L);
    trips.sql("insert into trips select 100 + i, 100 + i, '2026-03-01 00:00:00', '2026-03-01 00:00:00', 'day', 1 from range(50) t(i)");
    trips.at("2026-03-10T13:10:00Z").build("events", Scope.ALL);
    var next = trips.at("2026-03-10T13:20:00Z").build("events");
    assertThat(next.report().count("rows")).isEqualTo(3);
    assertThat(trips.served("events", 110).orElseThrow()).endsWith("1.00");
  }

  @Test
  void incrementalRunsEndWhereFullOnesDo() {
    trips.build("events");
    for (int day = 11; day < 30; day++) {
      String noon = "2026-03-" + day + "T12:00:00Z";
      if (day % 3 == 0) {
        trips.trip(1000 + day, day % 5 + 1, "2026-03-" + day + " 11:59:59", "0.10");
        trips.trip(2000 + day, 2, "2026-03-" + (day - 1) + " 12:00:00", "2026-03-" + day + " 11:00:00", "0.01");
      }
      trips.at(noon).build("events");
      List<Optional<String>> incremental = drivers();
      trips.build("events", Scope.ALL);
      assertThat(incremental).as(noon).isEqualTo(drivers());
    }
  }

  private List<Optional<String>> drivers() {
    return List.of(1, 2, 3, 4, 5, 9).stream().map(driver -> trips.served("events", driver)).toList();
  }

  @Test
  void aChangedDefinitionIsBuiltBesideTheOldOneAndServedWhenItIsComplete() throws IOException {
    trips.build("activity");
    FeatureVersion old = trips.store().serving("activity").orElseThrow();
    trips.redefine("\"trips_7d * 2\"", "\"trips_7d * 3\"");
    RunContext interrupted = new Stopping();
    assertThatThrownBy(() -> trips.at("2026-03-10T13:00:00Z").build("activity", interrupted)).hasMessage("stopped");
    assertThat(trips.store().serving("activity")).contains(old);
    assertThat(trips.served("activity", 1)).contains("2 13.75 Ada 4");
    trips.build("activity");
    assertThat(trips.store().serving("activity").orElseThrow().id()).isNotEqualTo(old.id());
    assertThat(trips.served("activity", 1).orElseThrow()).isEqualTo("1 13.75 Ada 3");
    assertThat(trips.store().versions("activity")).hasSize(2);
    trips.at("2026-03-10T14:00:00Z").build("activity");
    assertThat(trips.store().versions("activity")).hasSize(1);
  }

  @Test
  void whatPeopleReadAboutAViewMakesNoNewVersion() throws IOException {
    trips.build("activity");
    FeatureVersion old = trips.store().serving("activity").orElseThrow();
    trips.redefine("- name: activity", "- name: activity\n    description: What drivers do.\n    max_age: 3 days");
    trips.at("2026-03-10T13:00:00Z").build("activity");
    assertThat(trips.store().serving("activity").orElseThrow().id()).isEqualTo(old.id());
  }

  @Test
  void aRunOverwritesOlderPushesAndNoNewerOnes() {
    trips.build("activity");
    FeatureVersion version = trips.store().serving("activity").orElseThrow();
    push(version, 1, "2026-03-10T12:30:00Z");
    push(version, 2, "2026-03-10T13:30:00Z");
    trips.at("2026-03-10T13:00:00Z").build("activity");
    assertThat(trips.served("activity", 1).orElseThrow()).doesNotContain("pushed");
    assertThat(trips.served("activity", 2).orElseThrow()).contains("pushed");
  }

  private void push(FeatureVersion version, int driver, String at) {
    RowPacker packer = new RowPacker(version.features(), new RowPacker.Origin(Instant.parse(at), Optional.empty()));
    packer.begin(Instant.parse(at), PackedRow.NO_EVENT);
    version.features().forEach(feature -> {
      if (feature.name().equals("name")) {
        KeyValues.put(feature.type(), "pushed", packer);
      } else {
        packer.nothing();
      }
    });
    assertThat(trips.store().write(version, List.of(new Entry(Rows.packed(version, driver), packer.row())))).isEqualTo(1);
  }

  /** A run that is stopped after its first rows. */
  private static final class Stopping implements RunContext {
    private final Trips.Context inner = new Trips.Context(Scope.CHANGES);
    private boolean wrote;

    @Override
    public String runId() {
      return inner.runId();
    }

    @Override
    public void check() {
      if (wrote) {
        throw new IllegalStateException("stopped");
      }
    }

    @Override
    public void onStop(Runnable listener) {
      inner.onStop(listener);
    }

    @Override
    public void progress(RunReport report) {
      wrote = true;
    }

    @Override
    public void reject(List<dev.sextant.activation.Reject> rows) {
      inner.reject(rows);
    }
  }
}

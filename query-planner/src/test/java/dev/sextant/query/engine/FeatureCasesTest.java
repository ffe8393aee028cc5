// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.FeatureQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Cases that feature stores test, restated: docs/testing.md lists which test answers which of theirs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FeatureCasesTest {
  private static final long SEED = 7;
  private static final String MODELS = """
      semantic_models:
        - name: reports
          table: reports
          created_time: created
          defaults: {agg_time_dimension: reported}
          entities:
            - {name: driver, type: primary, expr: driver_id}
          dimensions:
            - {name: reported, type: time, type_params: {time_granularity: second}}
            - {name: rate, type: categorical}
        - name: trips
          table: trips
          defaults: {agg_time_dimension: happened}
          primary_entity: trip
          entities:
            - {name: driver, type: foreign, expr: driver_id}
          dimensions:
            - {name: happened, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: trips, agg: count, expr: "1", create_metric: true}
            - {name: fare, agg: sum, expr: fare, create_metric: true}
      feature_views:
        - {name: latest, entity: driver, features: [{dimension: driver__rate, name: rate}]}
        - {name: daily, entity: driver, features: [{metric: trips, window: 1 day, name: trips}]}
        - {name: weekly, entity: driver, features: [{metric: trips, window: 7 days, name: trips}, {metric: fare, window: 7 days}]}
      """;

  @TempDir private Path folder;

  private FeatureProject project(FeatureProject.On on, String... more) throws IOException {
    List<String> data = new ArrayList<>(List.of("create table reports (driver_id int, reported timestamp, created timestamp, rate int)",
        "create table trips (driver_id int, happened timestamp with time zone, fare decimal(10, 2))",
        "create table spine (row_no int, k1 int, at_time timestamp)"));
    data.addAll(List.of(more));
    return FeatureProject.open(on, folder, data, MODELS);
  }

  /** Feast takes the later event time of 1002; here rows of one primary key are versions of one row, and what was found out last holds. */
  @ParameterizedTest
  @EnumSource
  void ofVersionsOfARowTheOneFoundOutLastCounts(FeatureProject.On on) throws IOException {
    try (FeatureProject project = project(on,
        "insert into reports values (1001, '2026-03-01', '2026-03-01', 10), (1001, '2026-03-01', '2026-03-02', 20), "
            + "(1002, '2026-03-01', '2026-03-02', 30), (1002, '2026-03-02', '2026-03-01', 40)",
        "insert into spine values (1, 1001, '2026-03-03'), (2, 1002, '2026-03-03')")) {
      assertThat(project.ask(project.over("spine", "latest"))).containsExactly("1 20 null", "2 30 null");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasCreatedAfterTheInstantIsNotSeen(FeatureProject.On on) throws IOException {
    try (FeatureProject project = project(on,
        "insert into reports values (1001, '2026-03-01', '2026-03-01', 10), (1001, '2026-03-01', '2026-03-03', 20), "
            + "(1002, '2026-03-01', '2026-03-01', 30), (1002, '2026-03-01', '2026-03-03', 40)",
        "insert into spine values (1, 1001, '2026-03-02'), (2, 1002, '2026-03-02'), (3, 1001, '2026-03-03'), (4, 1002, '2026-02-01')")) {
      assertThat(project.ask(project.over("spine", "latest"))).containsExactly("1 10 null", "2 30 null", "3 20 null", "4 null null");
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyHasItsLatestValueAsOfEachInstant(FeatureProject.On on) throws IOException {
    try (FeatureProject project = project(on,
        "insert into reports values (1, '2026-03-01 08:00:00', '2026-03-01 08:00:00', 1), (2, '2026-03-01 12:00:00', '2026-03-01 12:00:00', null), "
            + "(1, '2026-03-01 09:00:00', '2026-03-01 09:00:00', 3), (3, '2026-03-01 08:00:00', '2026-03-01 08:00:00', 4), "
            + "(3, '2026-03-01 20:00:00', '2026-03-01 20:00:00', 5)")) {
      assertThat(latest(project, "2026-03-01T19:59:59Z")).containsExactly("1 2026-03-01T19:59:59 3 null", "2 2026-03-01T19:59:59 null null",
          "3 2026-03-01T19:59:59 4 null");
      assertThat(latest(project, "2026-03-01T20:00:00Z")).contains("3 2026-03-01T20:00 5 null");
    }
  }

  private static List<String> latest(FeatureProject project, String at) {
    return project.ask(new FeatureQuery(project.model().featureView("latest").orElseThrow(), List.of(),
        new FeatureQuery.Spine.EveryKey(Instant.parse(at))));
  }

  /** On 29 March clocks in Berlin go from 2 to 3, on 8 March in New York. */
  @ParameterizedTest
  @EnumSource
  void instantsAreTheSameInEveryZone(FeatureProject.On on) throws IOException {
    try (FeatureProject project = project(on,
        "insert into trips values (1, '2026-03-29 03:00:00+02:00', 1), (1, '2026-03-28 21:00:00-04:00', 2), (1, '2026-03-29 01:00:00+00:00', 4), "
            + "(1, '2026-03-28 02:00:00+01:00', 8), (1, '2026-03-28 02:00:01+01:00', 16)",
        "create table zoned (row_no int, k1 int, at_time timestamp with time zone)",
        "insert into zoned values (1, 1, '2026-03-29 03:00:00+02:00'), (2, 1, '2026-03-29 01:00:00+00:00'), (3, 1, '2026-03-28 21:00:00-04:00'), "
            + "(4, 1, '2026-03-29 00:59:59+00:00')",
        "insert into spine values (1, 1, '2026-03-29 01:00:00')")) {
      assertThat(project.ask(project.over("zoned", "daily"))).containsExactly("1 4 2026-03-29T01:00", "2 4 2026-03-29T01:00",
          "3 4 2026-03-29T01:00", "4 2 2026-03-28T01:00:01");
      assertThat(project.ask(project.over("spine", "daily"))).containsExactly("1 4 2026-03-29T01:00");
    }
  }

  @ParameterizedTest
  @EnumSource
  void featuresOfTheSameNameAreTold(FeatureProject.On on) throws IOException {
    try (FeatureProject project = project(on,
        "insert into trips values (1, '2026-03-01 00:00:00+00:00', 1), (1, '2026-03-03 00:00:00+00:00', 2)",
        "insert into spine values (1, 1, '2026-03-03')")) {
      FeatureQuery both = new FeatureQuery(FeatureQuery.asked(List.of("daily", "weekly"), project.model()), List.of("driver"),
          new FeatureQuery.Spine.Given(List.of()));
      assertThat(project.ask(project.over("spine", both, 1))).containsExactly("1 1 2 3.00 2026-03-03T00:00 2026-03-03T00:00");
      assertThat(project.explain(project.over("spine", both, 1))).contains("daily__trips", "weekly__trips");
      assertThat(project.refusal(project.over("spine", "daily", "fare_7d")))
          .startsWith("UNKNOWN_COLUMN: feature view 'daily' has no feature 'fare_7d'");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOrderOfRowsNeverMatters(FeatureProject.On on) throws IOException {
    Random random = new Random(SEED);
    List<String> reports = new ArrayList<>();
    List<String> spine = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      reports.add("(%d, timestamp '2026-03-0%d', timestamp '2026-03-0%d', %d)".formatted(random.nextInt(5), 1 + random.nextInt(3),
          3 + random.nextInt(3), i));
      spine.add("(%d, %d, timestamp '2026-03-0%d')".formatted(i, random.nextInt(6), 1 + random.nextInt(8)));
    }
    List<List<String>> answers = new ArrayList<>();
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(reports, random);
      Collections.shuffle(spine, random);
      try (FeatureProject project = project(on, "insert into reports values " + String.join(", ", reports),
          "insert into spine values " + String.join(", ", spine))) {
        answers.add(project.ask(project.over("spine", "latest")));
      }
    }
    assertThat(answers).allMatch(answers.getFirst()::equals);
    assertThat(answers.getFirst()).hasSize(200).anyMatch(row -> !row.contains(" null null"));
  }
}

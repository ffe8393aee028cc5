// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView;
import dev.sextant.query.FeatureQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What features of keys as of instants are, on every warehouse. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FeatureEngineTest {
  private static final String MODELS = """
      semantic_models:
        - name: trips
          table: trips
          defaults: {agg_time_dimension: happened}
          entities:
            - {name: trip, type: primary, expr: trip_id}
            - {name: driver, type: foreign, expr: driver_id}
            - {name: place, type: foreign, expr: [zone_a, zone_b]}
          dimensions:
            - {name: happened, type: time, type_params: {time_granularity: second}}
            - {name: kind, type: categorical}
          measures:
            - {name: trips, agg: count, expr: trip_id, create_metric: true}
            - {name: fare, agg: sum, expr: fare, create_metric: true}
            - {name: mean_fare, agg: average, expr: fare, create_metric: true}
            - {name: kinds, agg: count_distinct, expr: kind, create_metric: true}
            - {name: largest, agg: max, expr: fare, create_metric: true}
            - {name: median_fare, agg: median, expr: fare, create_metric: true}
        - name: ratings
          table: ratings
          created_time: created
          defaults: {agg_time_dimension: rated}
          entities:
            - {name: rating, type: primary, expr: rating_id}
            - {name: driver, type: foreign, expr: driver_id}
          dimensions:
            - {name: rated, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: stars, agg: sum, expr: stars, create_metric: true}
            - {name: ratings, agg: count, expr: rating_id, create_metric: true}
        - name: drivers
          table: drivers
          entities:
            - {name: driver, type: primary, expr: driver_id}
          dimensions:
            - {name: driver_name, type: categorical}
        - name: driver_history
          table: driver_history
          primary_entity: driver_version
          entities:
            - {name: driver, type: natural, expr: driver_id}
          dimensions:
            - {name: valid_from, type: time, type_params: {time_granularity: second, validity_params: {is_start: true}}}
            - {name: valid_to, type: time, type_params: {time_granularity: second, validity_params: {is_end: true}}}
            - {name: tier, type: categorical}
      metrics:
        - name: night_trips
          type: simple
          type_params: {measure: trips}
          filter: trip__kind = 'night'
        - name: night_share
          type: ratio
          type_params: {numerator: night_trips, denominator: trips}
        - name: stars_each
          type: derived
          type_params: {expr: "stars / ratings", metrics: [stars, ratings]}
      feature_views:
        - name: activity
          entity: driver
          features:
            - {metric: trips, window: 7 days}
            - {metric: fare, window: 7 days}
            - {metric: fare, window: 1 day}
        - name: more
          entity: driver
          features:
            - {metric: night_trips, window: 7 days}
            - {metric: night_share, window: 7 days, name: share}
            - {metric: mean_fare, window: 7 days, name: mean}
            - {metric: kinds, window: 7 days}
            - {metric: largest, window: 1 month}
            - {metric: median_fare, window: 7 days, name: median}
            - {expr: "mean * 2", name: twice}
        - name: rated
          entity: driver
          features:
            - {metric: stars, window: 7 days}
            - {metric: ratings, window: 7 days}
        - name: profile
          entity: driver
          features:
            - {dimension: driver__driver_name, name: name}
            - {dimension: driver__tier, name: tier}
        - name: places
          entity: place
          features:
            - {metric: trips, window: 7 days}
      """;

  @TempDir private Path folder;
  private final List<FeatureProject> open = new ArrayList<>();

  private FeatureProject project(FeatureProject.On on, String... more) throws IOException {
    List<String> data = new ArrayList<>(List.of(
        "create table trips (trip_id int, driver_id int, zone_a int, zone_b int, happened timestamp, kind varchar(10), fare decimal(10, 2))",
        "create table ratings (rating_id int, driver_id int, rated timestamp, created timestamp, stars int)",
        "create table drivers (driver_id int, driver_name varchar(20))",
        "create table driver_history (driver_id int, valid_from timestamp, valid_to timestamp, tier varchar(10))",
        "create table spine (row_no int, k1 int, at_time timestamp)"));
    data.addAll(List.of(more));
    FeatureProject project = FeatureProject.open(on, folder, data, MODELS);
    open.add(project);
    return project;
  }

  @AfterEach
  void close() {
    open.forEach(FeatureProject::close);
  }

  @ParameterizedTest
  @EnumSource
  void aWindowLeavesOutItsFirstInstantAndHoldsItsLast(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on,
        "insert into trips values (1, 1, 0, 0, '2026-03-01 12:00:00', 'day', 1.10), (2, 1, 0, 0, '2026-03-01 12:00:01', 'day', 2.20), "
            + "(3, 1, 0, 0, '2026-03-08 12:00:00', 'day', 4.40), (4, 1, 0, 0, '2026-03-08 12:00:01', 'day', 8.80)",
        "insert into spine values (1, 1, '2026-03-08 12:00:00')");

    assertThat(project.ask(project.over("spine", "activity"))).containsExactly("1 2 6.60 4.40 2026-03-08T12:00");
  }

  @ParameterizedTest
  @EnumSource
  void rowsOutAreRowsInWhateverRepeats(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on,
        "insert into trips values (1, 1, 0, 0, '2026-03-01 12:00:00', 'day', 1.10), (1, 1, 0, 0, '2026-03-01 12:00:00', 'day', 1.10)",
        "insert into drivers values (1, 'ada'), (1, 'ada'), (1, 'bea')",
        "insert into driver_history values (1, '2026-01-01', null, 'gold'), (1, '2026-02-01', null, 'iron')",
        "insert into spine values (1, 1, '2026-03-02'), (2, 1, '2026-03-02'), (3, 1, '2026-03-02'), (4, 2, '2026-03-02'), "
            + "(5, null, '2026-03-02'), (6, 1, null), (7, null, null)");

    assertThat(project.ask(project.over("spine", "activity"))).containsExactly("1 2 2.20 2.20 2026-03-01T12:00",
        "2 2 2.20 2.20 2026-03-01T12:00", "3 2 2.20 2.20 2026-03-01T12:00", "4 0 null null null", "5 0 null null null",
        "6 0 null null null", "7 0 null null null");
    assertThat(project.ask(project.over("spine", "profile"))).containsExactly("1 ada iron null", "2 ada iron null", "3 ada iron null",
        "4 null null null", "5 null null null", "6 null null null", "7 null null null");
  }

  @ParameterizedTest
  @EnumSource
  void compositeKeysNeverCollide(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on,
        "insert into trips values (1, 1, 1, 23, '2026-03-01 12:00:00', 'day', 1), (2, 1, 12, 3, '2026-03-01 12:00:00', 'day', 1), "
            + "(3, 1, 12, 3, '2026-03-01 12:00:00', 'day', 1)",
        "create table pairs (row_no int, k1 int, k2 int, at_time timestamp)",
        "insert into pairs values (1, 1, 23, '2026-03-02'), (2, 12, 3, '2026-03-02'), (3, 123, null, '2026-03-02')");
    FeatureView places = project.model().featureView("places").orElseThrow();
    FeatureQuery any = new FeatureQuery(places, List.of(), new FeatureQuery.Spine.Given(List.of()));

    assertThat(project.ask(project.over("pairs", any, 2))).containsExactly("1 1 2026-03-01T12:00", "2 2 2026-03-01T12:00", "3 0 null");
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfAggregateHasAWindow(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on,
        "insert into trips values (1, 1, 0, 0, '2026-03-01 12:00:00', 'day', 1), (2, 1, 0, 0, '2026-03-02 12:00:00', 'night', 2), "
            + "(3, 1, 0, 0, '2026-03-03 12:00:00', 'night', 6), (4, 1, 0, 0, '2026-02-10 00:00:00', 'night', 50)",
        "insert into spine values (1, 1, '2026-03-04'), (2, 1, '2026-03-10 12:00:00'), (3, 9, '2026-03-04')");

    assertThat(project.ask(project.over("spine", "more"))).containsExactly(
        "1 2 0.6666666666666666 3.0 2 50.00 2.0 6.0 2026-03-03T12:00", "2 0 null null 0 6.00 null null 2026-03-03T12:00",
        "3 0 null null 0 null null null null");
    assertThat(project.ask(project.over("spine", "more", "twice"))).containsExactly("1 6.0 2026-03-03T12:00", "2 null null", "3 null null");
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatWasKnownCountsAndCorrectionsReplace(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on,
        "insert into ratings values (1, 1, '2026-03-01 10:00:00', '2026-03-01 10:00:00', 3)", // corrected on the 3rd, taken back on the 5th
        "insert into ratings values (1, 1, '2026-03-01 10:00:00', '2026-03-03 00:00:00', 5)",
        "insert into ratings values (1, 1, '2026-02-01 10:00:00', '2026-03-05 00:00:00', 5)",
        "insert into ratings values (2, 1, '2026-03-01 11:00:00', '2026-03-04 00:00:00', 1)", // late
        "insert into ratings values (3, 1, '2026-03-01 12:00:00', null, 100)", // nobody knows since when
        "insert into ratings values (4, 2, '2026-03-01 12:00:00', '2026-03-02', 4), (4, 2, '2026-03-01 12:00:00', '2026-03-02', 4)",
        "insert into ratings values (5, 3, '2026-03-01 12:00:00', '2026-03-02', 4), (5, 3, '2026-03-01 13:00:00', '2026-03-02', 2)",
        "insert into spine values (1, 1, '2026-03-02'), (2, 1, '2026-03-03'), (3, 1, '2026-03-04 12:00:00'), (4, 1, '2026-03-06'), "
            + "(5, 2, '2026-03-03'), (6, 3, '2026-03-03'), (7, 1, '2026-03-02 23:59:59')");

    assertThat(project.ask(project.over("spine", "rated"))).containsExactly("1 3 1 2026-03-01T10:00", "2 5 1 2026-03-01T10:00",
        "3 6 2 2026-03-01T11:00", "4 1 1 2026-03-01T11:00", "5 4 1 2026-03-01T12:00", "6 2 1 2026-03-01T13:00",
        "7 3 1 2026-03-01T10:00");
  }

  @ParameterizedTest
  @EnumSource
  void dimensionsAreThoseOfTheInstant(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on, "insert into drivers values (1, 'ada'), (2, 'bob')",
        "insert into driver_history values (1, '2026-01-01', '2026-02-01', 'iron'), (1, '2026-02-01', '2026-03-01', 'gold'), "
            + "(1, '2026-04-01', null, 'lead')",
        "insert into spine values (1, 1, '2025-12-31'), (2, 1, '2026-01-01'), (3, 1, '2026-02-01'), (4, 1, '2026-03-15'), "
            + "(5, 1, '2030-01-01'), (6, 2, '2026-01-01')");

    assertThat(project.ask(project.over("spine", "profile"))).containsExactly("1 ada null null", "2 ada iron null", "3 ada gold null",
        "4 ada null null", "5 ada lead null", "6 bob null null");
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyIsOneOfTheEntityOrOfAFact(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on, "insert into drivers values (1, 'ada'), (2, 'bob'), (2, 'bob')",
        "insert into trips values (1, 1, 0, 0, '2026-03-01 12:00:00', 'day', 1), (2, 7, 0, 0, '2020-03-01 12:00:00', 'day', 1), "
            + "(3, null, 0, 0, '2026-03-01 12:00:00', 'day', 1)");
    FeatureQuery query = new FeatureQuery(project.model().featureView("activity").orElseThrow(), List.of("trips_7d"),
        new FeatureQuery.Spine.EveryKey(Instant.parse("2026-03-02T00:00:00Z")));

    assertThat(project.ask(query)).containsExactly("1 2026-03-02T00:00 1 2026-03-01T12:00", "2 2026-03-02T00:00 0 null",
        "7 2026-03-02T00:00 0 null");
  }

  @ParameterizedTest
  @EnumSource
  void givenKeysHaveInstantsOfTheirOwn(FeatureProject.On on) throws IOException {
    FeatureProject project = project(on,
        "insert into trips values (1, 1, 0, 0, '2026-03-01 12:00:00', 'day', 1), (2, 2, 0, 0, '2026-03-01 12:00:00', 'day', 2.5)");
    FeatureQuery query = new FeatureQuery(project.model().featureView("activity").orElseThrow(), List.of("fare_7d"),
        new FeatureQuery.Spine.Given(List.of(key(1, "2026-03-01T12:00:00Z"), key(1, "2026-03-01T11:59:59.999999Z"),
            key(2, "2026-03-02T00:00:00Z"), key(3, "2026-03-02T00:00:00Z"))));

    assertThat(project.ask(query)).containsExactly("1 2026-03-01T11:59:59.999999 null null", "1 2026-03-01T12:00 1.00 2026-03-01T12:00",
        "2 2026-03-02T00:00 2.50 2026-03-01T12:00", "3 2026-03-02T00:00 null null");
  }

  private static FeatureQuery.Key key(int value, String at) {
    return new FeatureQuery.Key(List.of(new Expr.Literal(DataType.INTEGER, Integer.toString(value))), Instant.parse(at));
  }
}

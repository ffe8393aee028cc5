// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A project with drivers, their trips around now, and feature views over them. */
public final class DriversProject {
  private static final DateTimeFormatter LITERAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final String MODEL = """
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
          measures:
            - {name: trips, agg: count, expr: trip_id, create_metric: true}
            - {name: fares, agg: sum, expr: fare, create_metric: true}
        - name: drivers
          table: drivers
          entities:
            - {name: driver, type: primary, expr: driver_id}
          dimensions:
            - {name: driver_name, type: categorical}
            - {name: rating, type: categorical}
      feature_views:
        - name: activity
          description: What drivers did.
          entity: driver
          features:
            - {metric: trips, window: 7 days}
            - {metric: fares, window: 30 days}
            - {dimension: driver__driver_name, name: name}
            - {expr: "trips_7d * 2", name: twice}
          online: {store: local}
        - name: driver_stats
          entity: driver
          features:
            - {dimension: driver__rating, name: rating}
            - {metric: trips, window: 365 days, name: trips_year}
          max_age: 7 days
          online: {store: local}
        - name: places
          entity: place
          features:
            - {metric: trips, window: 7 days, name: trips_there}
          online: {store: local}
        - name: offline
          entity: driver
          features:
            - {metric: trips, window: 7 days}
      feature_services:
        - name: scoring
          features: ["activity:trips_7d", driver_stats, "activity:name"]
      training_sets:
        - name: churn
          spine: {table: labels, entity: driver, at: at_time, label: churned}
          features: ["activity:fares_30d", driver_stats]
      """;
  private static final String SETTINGS = """
      name: drivers
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          init:
            - create table drivers (driver_id bigint, driver_name varchar, rating double)
            - insert into drivers values (1, 'Ada "the" B', 4.5), (2, null, 0.1), (3, 'Cy', null)
            - >-
              create table labels as select * from (values (1, timestamp '%1$s', true), (2, timestamp '%1$s', false), (3, timestamp '%2$s', false))
              t(driver, at_time, churned)
            - >-
              create table trips as select * from (values (1, 1, 1, 23, timestamp '%1$s', 10.50::decimal(10, 2)),
              (2, 1, 12, 3, timestamp '%1$s', 0.25), (3, 2, 1, 23, timestamp '%2$s', 9007199254740993.00::decimal(18, 2)))
              t(trip_id, driver_id, zone_a, zone_b, happened, fare)
      """;

  private DriversProject() {}

  public static Path write(Path folder, String more) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Instant now = Instant.now();
    Files.writeString(folder.resolve("sextant.yml"),
        SETTINGS.formatted(text(now.minusSeconds(3600)), text(now.minusSeconds(10 * 86_400))) + more);
    Files.writeString(folder.resolve("models/drivers.yml"), MODEL);
    return folder;
  }

  static void redefine(Path folder, String text, String by) throws IOException {
    Files.writeString(folder.resolve("models/drivers.yml"), MODEL.replace(text, by));
  }

  static void policies(Path folder, String policies) throws IOException {
    Files.writeString(folder.resolve("models/policies.yml"), policies);
  }

  private static String text(Instant instant) {
    return LITERAL.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}

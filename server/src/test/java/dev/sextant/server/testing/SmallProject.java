// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with six orders in an embedded DuckDB. */
public final class SmallProject {
  private static final String MODEL = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered_at}
          entities:
            - {name: order, type: primary, expr: order_id}
          dimensions:
            - {name: ordered_at, type: time, type_params: {time_granularity: day}}
            - {name: country, type: categorical}
          measures:
            - {name: revenue, agg: sum, expr: amount}
            - {name: orders, agg: count, expr: order_id}
      metrics:
        - {name: revenue, label: Revenue, description: Money in, type: simple, type_params: {measure: revenue}}
        - {name: orders, type: simple, type_params: {measure: orders}}
        - {name: average_order_value, type: ratio, type_params: {numerator: revenue, denominator: orders}}
      saved_queries:
        - name: by_country
          query_params: {metrics: [revenue], group_by: ["Dimension('order__country')"]}
      views:
        - {name: sales, metrics: [revenue, orders], dimensions: [metric_time, order__country]}
      """;
  private static final String SETTINGS = """
      name: small
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          init:
            - >-
              create table orders as select * from (values (1, date '2026-01-05', 'DE', 10.50::decimal(18, 2)), (2, date '2026-01-20', 'DE', 20),
              (3, date '2026-02-01', 'FR', 5), (4, date '2026-02-02', NULL, 7.25), (5, date '2026-02-03', 'DE', 1), (6, date '2026-03-01', 'FR', 100))
              t(order_id, ordered_at, country, amount)
      """;

  private static final String ACCESS = """
      server:
        tokens: {eva: eva-token, root: root-token}
        roles: {eva: team, root: admin}
        attributes: {eva: {countries: DE}}
      """;
  private static final String POLICIES = """
      access_policies:
        - {name: own_countries, roles: [team], rows: "order__country in (caller('countries'))"}
        - {name: no_revenue, roles: ['*'], except: [admin], hide: [revenue]}
      """;

  private SmallProject() {}

  /** Writes the project with tokens: eva sees Germany and no revenue, root is an admin and sees all. */
  public static Path withAccess(Path folder) throws IOException {
    Files.writeString(write(folder).resolve("sextant.yml"), SETTINGS + ACCESS);
    Files.writeString(folder.resolve("models/policies.yml"), POLICIES);
    return folder;
  }

  /** Writes the project into a folder and returns the folder. */
  public static Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), SETTINGS);
    Files.writeString(folder.resolve("models/orders.yml"), MODEL);
    return folder;
  }

  /** Writes a model with a mistake in its last line over the right one. */
  public static void breakIt(Path folder) throws IOException {
    Files.writeString(folder.resolve("models/orders.yml"), MODEL.replace("metrics: [revenue, orders]", "metrics: [revenu]"));
  }

  /** Undoes {@link #breakIt} and adds a metric. */
  public static void mend(Path folder) throws IOException {
    Files.writeString(folder.resolve("models/orders.yml"),
        MODEL.replace("saved_queries:", "  - {name: sold, type: simple, type_params: {measure: orders}}\nsaved_queries:"));
  }
}

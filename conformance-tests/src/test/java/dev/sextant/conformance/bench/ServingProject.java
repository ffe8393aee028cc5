// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project with a feature view of 50 features, of whole numbers, decimals and real ones over ten windows, of some thousands of customers. */
final class ServingProject {
  static final String VIEW = "activity";
  private static final List<String> METRICS = List.of("orders", "quantity", "amount", "largest", "mean");
  private static final int WINDOWS = 10;
  private static final String SETTINGS = """
      name: serving
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          init:
            - >-
              create table orders as select i as order_id, i %% %1$d as customer_id, now()::timestamp - to_minutes((i * 37 %% 500000)::int) as
              ordered, (i %% 9 + 1)::int as quantity, (i * 7919 %% 100000 / 100)::decimal(12, 2) as amount from range(%2$d) t(i)
      """;
  private static final String MODEL = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered}
          entities:
            - {name: order, type: primary, expr: order_id}
            - {name: customer, type: foreign, expr: customer_id}
          dimensions:
            - {name: ordered, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: orders, agg: count, expr: order_id, create_metric: true}
            - {name: quantity, agg: sum, expr: quantity, create_metric: true}
            - {name: amount, agg: sum, expr: amount, create_metric: true}
            - {name: largest, agg: max, expr: amount, create_metric: true}
            - {name: mean, agg: average, expr: amount, create_metric: true}
      feature_views:
        - name: activity
          entity: customer
          max_age: 30 days
          online: {store: local}
          features:
      """;

  private ServingProject() {}

  static Path write(Path folder, int customers, int orders) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), SETTINGS.formatted(customers, orders));
    StringBuilder model = new StringBuilder(MODEL);
    for (int window = 1; window <= WINDOWS; window++) {
      for (String metric : METRICS) {
        model.append("      - {metric: ").append(metric).append(", window: ").append(window * 35).append(" days}\n");
      }
    }
    Files.writeString(folder.resolve("models/serving.yml"), model.toString());
    return folder;
  }
}

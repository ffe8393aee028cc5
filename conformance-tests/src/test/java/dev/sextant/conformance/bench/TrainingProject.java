// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A project with labelled rows and events of customers, many or few of each, and ten features over three windows. */
record TrainingProject(String name, long events, long customers, int days) {
  private static final String SETTINGS = """
      name: training
      warehouses:
        main:
          type: duckdb
          path: training.duckdb
          threads: 2
          memory_limit: 3GB
          init:
            - >-
              create table if not exists labels as select (hash(i + 3) %% %1$d)::bigint as customer, timestamp '2025-01-01' +
              to_seconds((%3$d * 8640 + hash(i * 31 + 7) %% (%3$d * 77760))::bigint) as at_time, i %% 7 = 0 as churned from range(%4$d) t(i)
            - >-
              create table if not exists orders as select (hash(i) %% %1$d)::bigint as customer, timestamp '2025-01-01' +
              to_seconds((hash(i + 1) %% (%3$d * 86400))::bigint) as ordered, (i %% 9 + 1)::int as quantity,
              (hash(i + 5) %% 100000 / 100)::decimal(10, 2) as amount from range(%2$d) t(i)
      """;
  private static final String MODEL = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered}
          primary_entity: order
          entities:
            - {name: customer, type: foreign}
          dimensions:
            - {name: ordered, type: time, type_params: {time_granularity: second}}
          measures:
            - {name: orders, agg: count, expr: "1", create_metric: true}
            - {name: quantity, agg: sum, expr: quantity, create_metric: true}
            - {name: amount, agg: sum, expr: amount, create_metric: true}
            - {name: mean, agg: average, expr: quantity, create_metric: true}
      feature_views:
        - name: activity
          entity: customer
          features:
            - {metric: orders, window: 7 days}
            - {metric: orders, window: 30 days}
            - {metric: orders, window: 90 days}
            - {metric: amount, window: 7 days}
            - {metric: amount, window: 30 days}
            - {metric: amount, window: 90 days}
            - {metric: mean, window: 7 days}
            - {metric: mean, window: 30 days}
            - {metric: mean, window: 90 days}
            - {metric: quantity, window: 30 days}
      training_sets:
        - name: churn
          spine: {table: labels, entity: customer, at: at_time, label: churned}
          split: {by: random, seed: 7, train: 0.8, validate: 0.1}
          features: [activity]
      """;
  private static final String FEATURES = """
      count(*) filter (t > ts - interval 7 day) as n7, count(*) filter (t > ts - interval 30 day) as n30, count(*) as n90,
      sum(amount) filter (t > ts - interval 7 day) as a7, sum(amount) filter (t > ts - interval 30 day) as a30, sum(amount) as a90,
      avg(quantity) filter (t > ts - interval 7 day) as q7, avg(quantity) filter (t > ts - interval 30 day) as q30, avg(quantity) as q90,
      (sum(quantity) filter (t > ts - interval 30 day))::bigint as s30, max(t) as newest""";

  /** Twelve events of each customer in a year. */
  static TrainingProject sparse(long events) {
    return new TrainingProject("sparse", events, events / 12, 365);
  }

  /** A thousand events of each customer in a hundred days. */
  static TrainingProject dense(long events) {
    return new TrainingProject("dense", events, events / 1_000, 100);
  }

  long labels() {
    return events / 10;
  }

  Path write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), SETTINGS.formatted(customers, events, days, labels()));
    Files.writeString(folder.resolve("models/training.yml"), MODEL);
    return folder;
  }

  /** Ways to write the question by hand: pairs, running totals looked up by one ASOF JOIN, and running totals over events and lookups together. */
  static List<ByHand> byHand() {
    return List.of(new ByHand("pairs, grouped", answer("", """
        select customer, ts, %s from (select i.customer, ts, ordered as t, amount, quantity from instants i join orders e
          on e.customer = i.customer and ordered <= ts and ordered > ts - interval 90 day) group by customer, ts""".formatted(
        FEATURES.replace("filter (", "filter (where ")))),
        new ByHand("running totals, one ASOF JOIN",
            answer(
                """
            , totals as (select customer, ordered as t, count(*) over w as n, sum(amount) over w as a, sum(quantity) over w as q
              from orders window w as (partition by customer order by ordered))
            , found as (select l.customer, ts, which, n, a, q, t from lookups l asof join totals e on e.customer = l.customer and t <= b)""",
                together())),
        new ByHand("running totals over a union", answer("""
            , found as (select * from (select customer, ts, which, count(e) over w as n, sum(a) over w as a, sum(q) over w as q,
              max(e) over w as t from (select customer, ordered as b, null::timestamp as ts, -1 as which, amount as a, quantity as q,
              ordered as e from orders union all select customer, b, ts, which, null, null, null from lookups)
              window w as (partition by customer order by b)) where which >= 0)""", together())));
  }

  /** SQL by hand. */
  record ByHand(String name, String sql) {}

  private static String answer(String more, String features) {
    return """
        with instants as (select distinct customer, at_time as ts from labels)
        , lookups as (select customer, ts, ts as b, 0 as which from instants union all select customer, ts, ts - interval 7 day, 7 from instants
          union all select customer, ts, ts - interval 30 day, 30 from instants
          union all select customer, ts, ts - interval 90 day, 90 from instants)%s
        select l.customer, l.at_time, churned, coalesce(n7, 0) as n7, coalesce(n30, 0) as n30, coalesce(n90, 0) as n90, a7, a30, a90, q7, q30, q90,
          s30, newest from labels l left join (%s) f on f.customer = l.customer and f.ts = l.at_time""".formatted(more, features);
  }

  private static String together() {
    StringBuilder at = new StringBuilder();
    StringBuilder less = new StringBuilder();
    for (int which : List.of(0, 7, 30, 90)) {
      for (String total : List.of("n", "a", "q")) {
        at.append(", coalesce(max(%1$s) filter (where which = %2$d), 0) as %1$s_%2$d".formatted(total, which));
      }
    }
    for (int days : List.of(7, 30, 90)) {
      less.append((", n_0 - n_%1$d as n%1$d, case when n_0 > n_%1$d then a_0 - a_%1$d end as a%1$d, "
          + "(q_0 - q_%1$d)::double / nullif(n_0 - n_%1$d, 0) as q%1$d").formatted(days));
    }
    return "select customer, ts" + less
        + ", case when n_0 > n_30 then (q_0 - q_30)::bigint end as s30, case when t > ts - interval 90 day then t end as newest"
        + " from (select customer, ts" + at + ", max(t) filter (where which = 0) as t from found group by customer, ts)";
  }
}

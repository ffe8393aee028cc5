// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.MetricQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A feature of a key as of an instant is the metric asked with that filter and window, over rows that come late, twice, corrected and out of order;
 * {@code -Dsextant.rounds=1000} asks more often. To the metrics, versions are rows of a query that tells from when until when each was the newest.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FeatureAgreementTest {
  private static final int ROUNDS = Integer.getInteger("sextant.rounds", 200);
  private static final long SEED = 20261130;
  private static final int ORDERS = 600;
  private static final int CUSTOMERS = 25;
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final List<Integer> DAYS = List.of(1, 7, 30);
  private static final List<String> METRICS = List.of("orders", "quantity", "amount", "largest", "shops", "mean", "gifts", "gift_share");
  private static final String MEASURES = """
            - {name: %1$sorders, agg: count, expr: order_id, create_metric: true}
            - {name: %1$squantity, agg: sum, expr: quantity, create_metric: true}
            - {name: %1$samount, agg: sum, expr: amount, create_metric: true}
            - {name: %1$slargest, agg: max, expr: amount, create_metric: true}
            - {name: %1$sshops, agg: count_distinct, expr: shop, create_metric: true}
            - {name: %1$smean, agg: average, expr: quantity, create_metric: true}
      """;
  private static final String METRIC_PAIR = """
        - {name: %1$sgifts, type: simple, type_params: {measure: %1$sorders}, filter: "%2$s__gift"}
        - {name: %1$sgift_share, type: ratio, type_params: {numerator: %1$sgifts, denominator: %1$sorders}}
      """;

  @TempDir private Path folder;

  private static String models() {
    StringBuilder features = new StringBuilder();
    for (String metric : METRICS) {
      DAYS.forEach(days -> features.append("      - {metric: ").append(metric).append(", window: ").append(days).append(" days}\n"));
    }
    return """
        semantic_models:
          - name: orders
            table: orders
            created_time: created
            defaults: {agg_time_dimension: ordered}
            entities:
              - {name: order, type: primary, expr: order_id}
              - {name: customer, type: foreign}
            dimensions:
              - {name: ordered, type: time, type_params: {time_granularity: second}}
              - {name: gift, type: categorical}
            measures:
        %s
          - name: versions
            sql: >-
              select o.*, lead(created) over (partition by order_id order by created, ordered, line) as superseded from orders o
            defaults: {agg_time_dimension: ordered}
            primary_entity: version
            dimensions:
              - {name: ordered, type: time, type_params: {time_granularity: second}}
              - {name: created, type: time, type_params: {time_granularity: second}}
              - {name: superseded, type: time, type_params: {time_granularity: second}}
              - {name: gift, type: categorical}
              - {name: buyer, type: categorical, expr: customer}
            measures:
        %s
        metrics:
        %s%s
        feature_views:
          - name: activity
            entity: customer
            features:
        %s""".formatted(indented(MEASURES.formatted("")), indented(MEASURES.formatted("v_")), METRIC_PAIR.formatted("", "order"),
        METRIC_PAIR.formatted("v_", "version"), features.toString().indent(2));
  }

  private static String indented(String measures) {
    return measures.stripTrailing();
  }

  /** Rows in no order: a third is corrected later, some twice, some into another time or customer; some come late, some are there twice. */
  private static List<String> data(Random random) {
    List<String> rows = new ArrayList<>();
    for (int order = 0; order < ORDERS; order++) {
      LocalDateTime ordered = START.plusSeconds(random.nextInt(90 * 24) * 3600L);
      int versions = random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 1;
      LocalDateTime created = ordered.plusSeconds(random.nextInt(5) == 0 ? random.nextInt(20 * 86400) : 60);
      int customer = random.nextInt(CUSTOMERS);
      for (int version = 0; version < versions; version++) {
        String row = "(%d, %d, %s, timestamp '%s', timestamp '%s', %d, %d.%02d, %d, %s)".formatted(rows.size(), order,
            random.nextInt(40) == 0 ? "null" : String.valueOf(customer), TIME.format(ordered), TIME.format(created), random.nextInt(9) + 1,
            random.nextInt(500), random.nextInt(100), random.nextInt(4), random.nextBoolean());
        rows.add(row);
        boolean together = random.nextInt(6) == 0;
        created = together ? created : created.plusSeconds(1 + random.nextInt(10 * 86400));
        ordered = together || random.nextInt(3) == 0
            ? ordered.plusSeconds((1 + random.nextInt(20)) * 3600L * (random.nextBoolean() ? 1 : -1))
            : ordered;
        customer = random.nextInt(8) == 0 ? random.nextInt(CUSTOMERS) : customer;
      }
    }
    java.util.Collections.shuffle(rows, random);
    return List.of("create table orders (line int, order_id int, customer int, ordered timestamp, created timestamp, quantity int, "
        + "amount decimal(10, 2), shop int, gift boolean)", "insert into orders values " + String.join(", ", rows));
  }

  @ParameterizedTest
  @EnumSource
  void featuresAreMetricsWithThatFilterAndWindow(FeatureProject.On on) throws IOException {
    Random random = new Random(SEED);
    try (FeatureProject project = FeatureProject.open(on, folder, data(random), models())) {
      FeatureView view = project.model().featureView("activity").orElseThrow();
      List<String> differences = new ArrayList<>();
      int seen = 0;
      for (int round = 0; round < ROUNDS; round++) {
        int customer = random.nextInt(CUSTOMERS + 1);
        LocalDateTime at = START.plusSeconds(random.nextInt(110 * 24) * 3600L + (random.nextInt(3) == 0 ? random.nextInt(3600) : 0));
        int days = DAYS.get(random.nextInt(DAYS.size()));
        String metric = METRICS.get(random.nextInt(METRICS.size()));
        String feature = feature(project, view, metric + "_" + days + "d", customer, at);
        String asked = project.metrics(question(metric, customer, at, days)).getFirst();
        seen += asked.equals("null") || asked.equals("0") ? 0 : 1;
        if (!feature.equals(asked)) {
          differences.add(metric + " of " + customer + " at " + at + " over " + days + " days: " + feature + " but metric " + asked);
        }
      }
      assertThat(differences).isEmpty();
      assertThat(seen).as("rounds that had something to see").isGreaterThan(ROUNDS / 4);
    }
  }

  private static String feature(FeatureProject project, FeatureView view, String name, int customer, LocalDateTime at) {
    FeatureQuery.Key key = new FeatureQuery.Key(List.of(new Expr.Literal(DataType.INTEGER, String.valueOf(customer))),
        at.toInstant(ZoneOffset.UTC));
    return project.ask(new FeatureQuery(view, List.of(name), new FeatureQuery.Spine.Given(List.of(key)))).getFirst().split(" ", -1)[2];
  }

  private static MetricQuery question(String metric, int customer, LocalDateTime at, int days) {
    String until = TIME.format(at);
    return MetricQuery.of(List.of("v_" + metric), List.of())
        .withWhere(List.of("version__buyer = " + customer, "version__ordered > '" + TIME.format(at.minusDays(days)) + "'",
            "version__ordered <= '" + until + "'", "version__created <= '" + until + "'",
            "version__superseded > '" + until + "' or version__superseded is null"));
  }
}

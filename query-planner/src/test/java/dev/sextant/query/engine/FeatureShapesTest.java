// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.FeatureView;
import dev.sextant.query.FeatureQuery;
import dev.sextant.query.plan.asof.FeatureShape;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Metrics over windows are the same whichever way they are computed, and what plain Java makes of the rows. */
class FeatureShapesTest {
  private static final long SEED = 20261130;
  private static final int CUSTOMERS = 12;
  private static final int ROWS = 1_500;
  private static final int ASKED = 400;
  private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final List<String> WINDOWS = List.of("1 day", "7 days", "1 month", "45 days");
  private static final List<String> METRICS = List.of("orders", "known", "quantity", "large", "amount", "mean", "mean_amount", "largest",
      "shops", "gifts", "gift_amount", "gift_share", "weight");
  private static final String MODEL = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered}
          entities:
            - {name: order, type: primary, expr: order_id}
            - {name: customer, type: foreign}
          dimensions:
            - {name: ordered, type: time, type_params: {time_granularity: second}}
            - {name: gift, type: categorical}
          measures:
            - {name: orders, agg: count, expr: "1", create_metric: true}
            - {name: known, agg: count, expr: quantity, create_metric: true}
            - {name: quantity, agg: sum, expr: quantity, create_metric: true}
            - {name: large, agg: sum, expr: large, create_metric: true}
            - {name: amount, agg: sum, expr: amount, create_metric: true}
            - {name: mean, agg: average, expr: quantity, create_metric: true}
            - {name: mean_amount, agg: average, expr: amount, create_metric: true}
            - {name: largest, agg: max, expr: amount, create_metric: true}
            - {name: shops, agg: count_distinct, expr: shop, create_metric: true}
            - {name: weight, agg: sum, expr: weight, create_metric: true}
      metrics:
        - {name: gifts, type: simple, type_params: {measure: orders}, filter: "order__gift"}
        - {name: gift_amount, type: simple, type_params: {measure: amount}, filter: "order__gift"}
        - {name: gift_share, type: ratio, type_params: {numerator: gifts, denominator: orders}}
      feature_views:
      """;

  @TempDir private Path folder;

  private static String models() {
    StringBuilder all = new StringBuilder(MODEL).append("  - name: every\n    entity: customer\n    features:\n");
    for (String metric : METRICS) {
      for (String window : WINDOWS) {
        all.append("      - {metric: %s, window: %s, name: %s_%s}\n".formatted(metric, window, metric, window.replace(' ', '_')));
      }
    }
    for (String metric : METRICS) {
      all.append("  - {name: %1$s_alone, entity: customer, features: [{metric: %1$s, window: 7 days, name: it}]}\n".formatted(metric));
    }
    return all.toString();
  }

  /** An order of some customer. */
  private record Order(int customer, LocalDateTime at, Optional<Integer> quantity, BigDecimal amount) {}

  /** Orders and instants meet on whole hours, so that events lie on both ends of windows; some values, keys and times are missing. */
  private static List<String> data(List<Order> orders, List<String> asked) {
    Random random = new Random(SEED);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      Order order = new Order(random.nextInt(CUSTOMERS), START.plusHours(random.nextInt(60 * 24)),
          random.nextInt(9) == 0 ? Optional.empty() : Optional.of(random.nextInt(20) - 5),
          new BigDecimal(random.nextInt(2_000_000) - 500_000).movePointLeft(2));
      orders.add(order);
      rows.add("(%d, %d, timestamp '%s', %s, %s, %s, %d, %s, %s)".formatted(row, order.customer(), order.at(),
          order.quantity().map(String::valueOf).orElse("null"),
          order.quantity().isEmpty() ? "null" : String.valueOf(120_000_000_000_000_000L + row), order.amount(), random.nextInt(4),
          random.nextInt(10) == 0 ? "null" : random.nextBoolean(), random.nextInt(100) / 8.0));
    }
    rows.add("(-1, null, timestamp '2026-01-05', 1, 1, 1, 1, true, 1)");
    rows.add("(-2, 1, null, 1, 1, 1, 1, true, 1)");
    List<String> spine = new ArrayList<>();
    for (int row = 0; row < ASKED; row++) {
      String customer = random.nextInt(30) == 0 ? "null" : String.valueOf(random.nextInt(CUSTOMERS + 2));
      String at = random.nextInt(30) == 0 ? "null" : "timestamp '" + START.plusHours(random.nextInt(70 * 24)) + "'";
      asked.add(customer + " " + at.replaceAll("timestamp |'", ""));
      spine.add("(%s, %s, %d)".formatted(customer, at, row));
    }
    return List.of("create table orders (order_id int, customer int, ordered timestamp, quantity int, large bigint, amount decimal(10, 2), "
        + "shop int, gift boolean, weight double)", "insert into orders values " + String.join(", ", rows),
        "create table asked (k1 int, at_time timestamp, row_no int)", "insert into asked values " + String.join(", ", spine));
  }

  @Test
  void runningTotalsAreWhatPairsAre() throws IOException {
    try (FeatureProject project = FeatureProject.open(FeatureProject.On.DUCKDB, folder, data(new ArrayList<>(), new ArrayList<>()),
        models())) {
      for (FeatureView view : project.model().definitions().featureViews()) {
        FeatureQuery query = project.over("asked", view.name(), view.name().equals("every") ? answerable(view) : new String[0]);
        List<String> pairs = project.ask(query, FeatureShape.PAIRS);
        assertThat(pairs).hasSize(ASKED);
        assertThat(differences(pairs, project.ask(query, FeatureShape.TOTALS))).as(view.name()).isEmpty();
      }
    }
  }

  /** The row, the place and both values where answers differ. */
  private static List<String> differences(List<String> one, List<String> other) {
    assertThat(other).hasSameSizeAs(one);
    List<String> differences = new ArrayList<>();
    for (int row = 0; row < one.size(); row++) {
      String[] values = one.get(row).split(" ", -1);
      String[] others = other.get(row).split(" ", -1);
      for (int i = 0; i < values.length; i++) {
        if (!values[i].equals(others[i])) {
          differences.add(values[0] + " " + i + ": " + values[i] + " " + others[i]);
        }
      }
    }
    return differences;
  }

  /** A key's large numbers outgrow 64 bits within a month, but not within a week; their running total may. */
  private static String[] answerable(FeatureView view) {
    return view.features()
        .stream()
        .map(FeatureView.Feature::name)
        .filter(name -> !name.equals("large_1_month") && !name.equals("large_45_days"))
        .toArray(String[]::new);
  }

  @Test
  void runningTotalsAreWhatPlainCodeSays() throws IOException {
    List<Order> orders = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    try (FeatureProject project = FeatureProject.open(FeatureProject.On.DUCKDB, folder, data(orders, asked), models())) {
      FeatureQuery query = project.over("asked", "every", "orders_7_days", "quantity_7_days", "amount_7_days");
      List<String> expected = new ArrayList<>();
      for (int row = 0; row < asked.size(); row++) {
        expected.add(row + " " + plain(orders, asked.get(row)));
      }
      Collections.sort(expected);
      assertThat(project.ask(query, FeatureShape.TOTALS)).isEqualTo(expected);
    }
  }

  private static String plain(List<Order> orders, String asked) {
    String[] parts = asked.split(" ", -1);
    if (asked.contains("null")) {
      return "0 null null null";
    }
    LocalDateTime at = LocalDateTime.parse(parts[1]);
    List<Order> inside = orders.stream()
        .filter(
            order -> String.valueOf(order.customer()).equals(parts[0]) && !order.at().isAfter(at) && order.at().isAfter(at.minusDays(7)))
        .toList();
    List<Integer> quantities = inside.stream().flatMap(order -> order.quantity().stream()).toList();
    return inside.size() + " " + (quantities.isEmpty() ? "null" : quantities.stream().mapToLong(each -> each).sum()) + " "
        + inside.stream().map(Order::amount).reduce(BigDecimal::add).map(BigDecimal::toPlainString).orElse("null") + " "
        + inside.stream().map(Order::at).max(LocalDateTime::compareTo).map(LocalDateTime::toString).orElse("null");
  }

  @Test
  void theWayIsChosenByHowManyPairsThereAre() throws IOException {
    List<String> data = List.of(
        "create table orders as select i::int as order_id, (i % 4)::int as customer, timestamp '2026-01-01' + to_hours(i::int) as ordered, "
            + "1 as quantity, 1::bigint as large, 1::decimal(10, 2) as amount, 1 as shop, true as gift, 1.0::double as weight "
            + "from range(2000) t(i)",
        "create table few as select 1 as k1, timestamp '2026-02-01' as at_time, 0 as row_no",
        "create table many as select (i % 4)::int as k1, timestamp '2026-01-05' + to_minutes(i::int) as at_time, i as row_no "
            + "from range(5000) t(i)");
    try (FeatureProject project = FeatureProject.open(FeatureProject.On.DUCKDB, folder, data, models())) {
      assertThat(project.explain(project.over("few", "every", "orders_45_days", "amount_45_days"))).doesNotContain("ASOF JOIN");
      assertThat(project.explain(project.over("many", "every", "orders_45_days", "amount_45_days"))).contains("ASOF JOIN");
      assertThat(project.explain(project.over("many", "every", "orders_1_day"))).doesNotContain("ASOF JOIN");
      assertThat(project.explain(project.over("many", "every", "shops_45_days", "weight_45_days"))).doesNotContain("ASOF JOIN");
    }
  }
}

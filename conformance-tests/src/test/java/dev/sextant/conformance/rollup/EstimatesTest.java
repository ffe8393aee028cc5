// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import dev.sextant.activation.RunState;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.postgres.PostgresProjects;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.query.sketch.DistinctSketch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Approximate rollups estimate what does not merge, say so, and change nothing else. */
class EstimatesTest {
  private static final int QUESTIONS = 16;
  private static final String ROLLUPS = """
      rollups:
        - name: orders_estimated
          metrics: [orders, mean_order_value, order_value_stddev, buyers, median_order_value, order_value_p95]
          dimensions: [customer__country, order__channel]
          grain: day
          partition_by: month
          refresh: {lookback: 60 days}
          approximate: true
          store: %1$s
        - name: lines_estimated
          metrics: [units, products_sold]
          dimensions: [tag__tag_group, customer__country]
          grain: month
          approximate: true
          store: %1$s
      """;

  @TempDir private Path folder;

  private record Told(Table table, QueryFacts facts) {}

  private Path project(String store) throws Exception {
    Path project = ProjectFolders.copy("retail", folder);
    Files.writeString(project.resolve("models/rollups.yml"), ROLLUPS.formatted(store));
    return project;
  }

  private static Told ask(QueryEngine engine, MetricQuery query, MetricQuery.RollupUse use) {
    MetricQuery asked = query.withOptions(new MetricQuery.Options(Optional.empty(), MetricQuery.CacheUse.USE, use));
    try (QueryResult result = engine.run(asked, Caller.ANONYMOUS, QueryControl.unlimited("estimates"))) {
      return new Told(ArrowTables.read(result), result.facts());
    }
  }

  @Test
  void inTheWarehouse() throws Exception {
    check(project("warehouse"));
  }

  @Test
  void beside() throws Exception {
    check(project("local"));
  }

  @Test
  void besidePostgres() throws Exception {
    try (PostgresProjects projects = new PostgresProjects()) {
      check(projects.copy(project("local")));
    }
  }

  @Test
  void postgresMakesNoSketches() throws Exception {
    try (PostgresProjects projects = new PostgresProjects();
        RolledUpShop shop = new RolledUpShop(projects.copy(project("warehouse")), InstantSource.system())) {
      assertThat(shop.build("orders_estimated").report().toString()).contains("makes no sketches").contains("store: local");
    }
  }

  private static void check(Path project) {
    try (RolledUpShop shop = new RolledUpShop(project, InstantSource.system())) {
      shop.buildAll();
      estimates(shop);
      verdicts(shop);
      assertThat(shop.build("orders_estimated").report().count("incremental")).isEqualTo(1);
      estimates(shop);
    }
  }

  private static void estimates(RolledUpShop shop) {
    Random random = new Random(7);
    for (int i = 0; i < QUESTIONS; i++) {
      boolean lines = i % 4 == 0;
      List<String> metrics = lines ? List.of("units", "products_sold") : List.of("orders", "mean_order_value", "buyers");
      List<String> items = new ArrayList<>(lines ? List.of("tag__tag_group") : List.of());
      for (String item : List.of("customer__country", "metric_time__quarter", lines ? "metric_time__year" : "order__channel")) {
        if (random.nextBoolean()) {
          items.add(item);
        }
      }
      MetricQuery query = MetricQuery.of(metrics, items)
          .withWhere(random.nextInt(3) == 0 ? List.of("customer__country = 'DE'") : List.of());
      Told estimated = ask(shop.with(), query, MetricQuery.RollupUse.REQUIRE);
      assertThat(estimated.facts().notes()).containsEntry("approximate",
          lines ? "products_sold within 3.3 %" : "buyers within 3.3 %");
      same(ask(shop.without(), query, MetricQuery.RollupUse.OFF).table(), estimated.table(), metrics.size());
    }
  }

  /** All columns but the last are the same, and that is nearly. */
  private static void same(Table exact, Table estimated, int metrics) {
    int last = exact.columns().size() - 1;
    assertThat(new TableDifference(1e-9, false).between(without(exact, last), without(estimated, last))).isEmpty();
    Map<List<Value>, Value> counts = new HashMap<>();
    exact.rows().forEach(row -> counts.put(row.subList(0, last + 1 - metrics), row.get(last)));
    estimated.rows().forEach(row -> {
      double want = number(Objects.requireNonNull(counts.get(row.subList(0, last + 1 - metrics))));
      assertThat(number(row.get(last))).isBetween(want * (1 - 2 * DistinctSketch.error()), want * (1 + 2 * DistinctSketch.error()));
    });
  }

  private static Table without(Table table, int column) {
    return new Table(table.columns().subList(0, column), table.rows().stream().map(row -> row.subList(0, column)).toList());
  }

  private static double number(Value value) {
    return Double.parseDouble(dev.sextant.conformance.compare.ValueText.of(value));
  }

  private static void verdicts(RolledUpShop shop) {
    MetricQuery monthly = MetricQuery.of(List.of("buyers"), List.of("metric_time__month"));
    assertThat(shop.with().explain(monthly, Caller.ANONYMOUS).toString())
        .contains("use orders_estimated, which estimates buyers within 3.3 %");
    assertThat(ask(shop.with(), monthly, MetricQuery.RollupUse.EXACT).facts().notes()).doesNotContainKey("rollup");
    MetricQuery groups = MetricQuery.of(List.of("buyers", "median_order_value"),
        List.of("customer__country", "order__channel", "metric_time__day"));
    Told exact = ask(shop.with(), groups, MetricQuery.RollupUse.REQUIRE);
    assertThat(exact.facts().notes()).doesNotContainKey("approximate");
    assertThat(new TableDifference(1e-9, false).between(ask(shop.without(), groups, MetricQuery.RollupUse.OFF).table(), exact.table()))
        .isEmpty();
    MetricQuery medians = MetricQuery.of(List.of("median_order_value", "order_value_p95"), List.of("metric_time__year"));
    assertThat(ask(shop.with(), medians, MetricQuery.RollupUse.REQUIRE).facts().notes().get("approximate"))
        .isEqualTo("median_order_value within 1.3 % of ranks, order_value_p95 within 1.3 % of ranks");
    assertThat(ask(shop.with(), medians, MetricQuery.RollupUse.REQUIRE).table().rows()).allSatisfy(
        row -> assertThat(number(row.get(1))).isBetween(1.0, number(row.get(2))));
    for (MetricQuery refused : List.of(MetricQuery.of(List.of("order_value_stddev"), List.of("metric_time__month")),
        MetricQuery.of(List.of("buyers"), List.of("order__status")))) {
      assertThatThrownBy(() -> ask(shop.with(), refused, MetricQuery.RollupUse.REQUIRE)).isInstanceOf(SextantException.class)
          .hasMessageContaining("no rollup answers all of this question");
    }
    assertThat(shop.build("orders_estimated").state()).isEqualTo(RunState.SUCCEEDED);
  }
}

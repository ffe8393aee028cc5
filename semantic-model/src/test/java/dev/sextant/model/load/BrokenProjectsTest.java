// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.ModelResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BrokenProjectsTest {
  private static final String ORDERS = """
      semantic_models:
        - name: orders
          table: shop.orders
          defaults: {agg_time_dimension: ordered_at}
          entities:
            - {name: order_id, type: primary}
            - {name: customer, type: foreign, expr: customer_id}
          dimensions:
            - {name: ordered_at, type: time, type_params: {time_granularity: day}}
            - {name: status, type: categorical}
          measures:
            - {name: revenue, agg: sum, expr: amount}
      """;

  @Test
  void everythingWrongIsReportedAtOnceInOrder() {
    assertThat(TestProject.of(ORDERS + """
        metrics:
          - name: revenue
            typ: simple
            type_params: {measure: revenu}
          - name: growth
            type: derived
            type_params:
              expr: reveneu - revenu_before
              metrics:
                - {name: revenue, offset_window: 1 mont, alias: revenue_before}
                - reveneu
            filter: "{{ Dimension('customer__countri') }} = 'DE' and order_id__status == 1"
        """).file("models/a.yml", "metric: [1]\n").issues()).containsExactly(
        "models/a.yml:1:9: expected a metric but found a list",
        "models/m.yml:14:11: metric 'revenue' needs the key 'type'",
        "models/m.yml:15:5: the key 'typ' is not known in a metric. Did you mean 'type'?",
        "models/m.yml:16:28: measure 'revenu' is not defined. Did you mean 'revenue'?",
        "models/m.yml:20:23: 'revenu_before' is no input of 'growth'. Did you mean 'revenue_before'?",
        "models/m.yml:22:44: grain 'mont' is not known. Did you mean 'month'?",
        "models/m.yml:23:11: metric 'reveneu' is not defined. Did you mean 'revenue'?",
        "models/m.yml:24:80: expected a value but found '='");
  }

  @Test
  void unknownKeysAndWrongKindsArePointedAt() {
    assertThat(TestProject.of("""
        semantic_models:
          - name: orders
            tabel: orders
            entities: order
            dimensions:
              - {name: status, type: categoricl}
            measures:
              - {name: [a], agg: sum}
              - {agg: summ}
        metrix: []
        """).issues()).containsExactly(
        "models/m.yml:2:11: semantic model 'orders' needs exactly one of node_relation, table, sql and model",
        "models/m.yml:3:5: the key 'tabel' is not known in a semantic model. Did you mean 'table' or 'label'?",
        "models/m.yml:4:15: expected a list but found 'order'",
        "models/m.yml:6:30: expected one of categorical, time but found 'categoricl'. Did you mean 'categorical'?",
        "models/m.yml:8:16: expected a text but found a list",
        "models/m.yml:9:9: a measure needs the key 'name'",
        "models/m.yml:9:15: expected one of sum, min, max, average, count, count_distinct, sum_boolean, median, percentile, stddev, stddev_pop,"
            + " variance, variance_pop, correlation, custom but found 'summ'. Did you mean 'sum'?",
        "models/m.yml:10:1: the key 'metrix' is not known in a definition file. Did you mean 'metric' or 'metrics'?");
  }

  @Test
  void measuresAggregateWhatARowHasOneOf() {
    assertThat(TestProject.of("""
        semantic_models:
          - name: orders
            table: orders
            entities:
              - {name: order, type: primary, expr: id}
              - {name: customer, type: foreign, expr: customer_id}
            measures:
              - {name: countries, agg: count_distinct, expr: "{{ Dimension('customer__country') }}"}
              - {name: products, agg: count_distinct, expr: "{{ Dimension('line__product') }}"}
              - {name: shops, agg: count_distinct, expr: "{{ Dimension('shop__city') }}"}
              - {name: lands, agg: count_distinct, expr: "{{ Dimension('customer__land') }}"}
          - name: customers
            table: customers
            entities: [{name: customer, type: primary, expr: id}]
            dimensions: [{name: country, type: categorical}]
          - name: lines
            table: lines
            entities: [{name: line, type: primary, expr: id}, {name: order, type: foreign, expr: order_id}]
            dimensions: [{name: product, type: categorical}]
          - name: shops
            table: shops
            entities: [{name: shop, type: primary, expr: id}]
            dimensions: [{name: city, type: categorical}]
        """).issues()).containsExactly(
        "models/m.yml:9:54: a row of 'orders' may have several values of 'line__product', so a measure cannot aggregate them once each; "
            + "declare the measure in the semantic model that has 'line__product'",
        "models/m.yml:10:51: 'shop__city' cannot be reached from semantic model 'orders': no joins lead there",
        "models/m.yml:11:51: 'customer__land' is neither a dimension nor an entity.");
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThat(TestProject.of(ORDERS).file("sextant.yml", """
        name: shop
        warehouses:
          main: {type: postgres, url: "jdbc:postgresql://${DB_HOST}/shop", password: "${DB_PASSWORD}"}
        """).variable("DB_HOST", "localhost").issues()).containsExactly(
        "sextant.yml:3:79: the environment variable 'DB_PASSWORD' is not set.");
  }

  @Test
  void keysThatLookLikeOursInSextantYmlAreErrors() {
    assertThat(TestProject.of(ORDERS).file("sextant.yml", """
        name: shop
        warehouse:
          main: {type: duckdb}
        time_zone: Europe/Belin
        week_starts: sonday
        """).issues()).containsExactly(
        "sextant.yml:2:1: the key 'warehouse' is not known in sextant.yml. Did you mean 'warehouses'?",
        "sextant.yml:4:12: time zone 'Europe/Belin' is not known. Did you mean 'Europe/Berlin' or 'Europe/Dublin' or 'Europe/Belfast'?",
        "sextant.yml:5:14: expected one of monday, tuesday, wednesday, thursday, friday, saturday, sunday but found 'sonday'. Did you mean"
            + " 'sunday' or 'monday'?");
  }

  @Test
  void aFolderWithoutProjectIsSaidToBeNone(@TempDir Path folder) {
    assertThat(((ModelResult.Invalid) ModelLoader.load(folder, Map.of())).issues().getFirst().message())
        .isEqualTo("this folder is no project: it has neither sextant.yml nor semantic_manifest.json");
    assertThat(((ModelResult.Invalid) ModelLoader.load(folder.resolve("x"), Map.of())).issues().getFirst().message())
        .isEqualTo("there is no such folder");
  }

  @Test
  void filesThatAreNotUtf8AreNamed(@TempDir Path folder) throws Exception {
    TestProject.of(ORDERS).write(folder);
    Files.write(folder.resolve("models/x.yml"), new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThat(((ModelResult.Invalid) ModelLoader.load(folder, Map.of())).issues().toString())
        .startsWith("[models/x.yml:1:1: the file has bytes that are not UTF-8");
  }

  @Test
  void aWarehouseNobodyDefinedIsNamed() {
    assertThat(TestProject.of("""
        semantic_models:
          - {name: orders, table: orders, warehouse: mian}
        """).issues()).containsExactly("models/m.yml:2:46: warehouse 'mian' is not defined in sextant.yml. Did you mean 'main'?");
  }

  @Test
  void keysOfAnotherKindOfMetricAreErrors() {
    assertThat(TestProject.of(ORDERS + """
        metrics:
          - {name: a, type: simple, type_params: {measure: revenue, window: 7 days}}
          - {name: b, type: ratio, type_params: {numerator: a, denominator: a, fill_nulls_with: 0}}
          - {name: c, type: simple, type_params: {measure: revenue, expr: amount * 2}}
          - {name: d, type: cumulative, input_metric: {name: a, offset_window: 1 day}}
        """).issues()).containsExactly(
        "models/m.yml:14:69: a simple metric has no 'window', but 'a' gives one",
        "models/m.yml:15:89: a ratio metric has no 'fill_nulls_with', but 'b' gives one",
        "models/m.yml:16:12: metric 'c' has a measure and an aggregation or expr of its own; give it one of them",
        "models/m.yml:17:72: this input cannot be taken from another time");
  }
}

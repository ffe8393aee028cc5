// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Aggregation;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.Expr;
import dev.sextant.model.Metric;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Source;
import dev.sextant.model.TimeGrain;
import dev.sextant.model.TimeWindow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DbtSpellingsTest {
  private static final String NEWER = """
      version: 2
      sources: [{name: raw, tables: [{name: orders}]}]
      models:
        - name: days
          time_spine:
            standard_granularity_column: date_day
            custom_granularities: [{name: fiscal_year, column_name: fy}]
          columns:
            - {name: date_day, granularity: day}
        - name: stg_orders
          columns: [{name: order_id, data_tests: [unique]}]
        - name: fct_orders
          description: Orders.
          config: {materialized: table, tags: [core]}
          semantic_model: {enabled: true, name: orders}
          agg_time_dimension: ordered_at
          columns:
            - name: order_id
              data_tests: [not_null, unique]
              entity: {type: primary, name: order}
            - {name: customer_id, entity: {type: foreign, name: customer}}
            - {name: ordered_at, granularity: day, description: When., dimension: {type: time}}
            - {name: order_status, dimension: {type: categorical, name: status, label: Status}}
            - {name: amount}
          derived_semantics:
            dimensions:
              - {name: size, type: categorical, expr: "case when amount > 100 then 'large' else 'small' end"}
            entities:
              - {name: shop, type: foreign, expr: "substring(order_id from 2)"}
          metrics:
            - {name: order_count, type: simple, agg: count, expr: 1}
            - {name: revenue, type: simple, label: Revenue, agg: sum, expr: amount, fill_nulls_with: 0, join_to_timespine: true}
            - {name: p95, type: simple, agg: percentile, expr: amount, percentile: 95.0, percentile_type: discrete}
            - name: average_value
              type: derived
              expr: total / order_count
              input_metrics: [{name: revenue, alias: total}, order_count]
      metrics:
        - {name: revenue_7d, type: cumulative, input_metric: revenue, window: 7 days, period_agg: last}
        - {name: value, type: ratio, numerator: revenue, denominator: {name: order_count, filter: "order__status = 'done'"}}
        - {name: orders_loose, type: simple, agg: count_distinct, expr: order_id, semantic_model: orders}
        - {name: again, type: conversion, entity: customer, base_metric: order_count, conversion_metric: order_count, window: 1 week}
      """;

  @Test
  void theNewerStyleSaysTheSameAsTheOlder() {
    SemanticModel model = TestProject.of(NEWER).model();
    Dataset orders = model.dataset("orders").orElseThrow();
    assertThat(orders.source()).isEqualTo(new Source.Table(Optional.empty(), Optional.empty(), "fct_orders"));
    assertThat(orders.primaryEntity()).contains("order");
    assertThat(orders.defaultTimeDimension()).contains("ordered_at");
    assertThat(orders.documentation().tags()).containsExactly("core");
    assertThat(orders.entities()).extracting(Entity::name).containsExactly("order", "customer", "shop");
    assertThat(orders.dimensions()).extracting(Dimension::name).containsExactly("ordered_at", "status", "size");
    assertThat(orders.timeDimension("ordered_at").orElseThrow().grain()).isEqualTo(TimeGrain.DAY);
    assertThat(orders.dimension("status").orElseThrow().expr()).isEqualTo(new Expr.Column("order_status"));
    assertThat(model.metrics()).extracting(Metric::name)
        .containsExactly("revenue_7d", "value", "orders_loose", "again", "order_count",
            "revenue", "p95", "average_value");
    assertThat(model.customGrain("fiscal_year").orElseThrow().column()).isEqualTo("fy");
  }

  @Test
  void metricsMayCarryTheirOwnAggregation() {
    SemanticModel model = TestProject.of(NEWER).model();
    Metric.Simple revenue = (Metric.Simple) model.metric("revenue").orElseThrow();
    assertThat(revenue.measure().aggregation()).isEqualTo(Aggregation.SUM);
    assertThat(revenue.measure().dataset()).isEqualTo("orders");
    assertThat(revenue.measure().timeDimension()).contains("ordered_at");
    assertThat(revenue.fillNullsWith()).hasValueSatisfying(value -> assertThat(value).isZero());
    assertThat(revenue.joinToTimeSpine()).isTrue();
    Metric.Simple p95 = (Metric.Simple) model.metric("p95").orElseThrow();
    assertThat(p95.measure().percentile().orElseThrow().fraction()).isEqualTo(0.95);
    assertThat(p95.measure().percentile().orElseThrow().discrete()).isTrue();
    Metric.Cumulative cumulative = (Metric.Cumulative) model.metric("revenue_7d").orElseThrow();
    assertThat(cumulative.input()).isEqualTo(revenue);
    assertThat(cumulative.window()).contains(new TimeWindow(7, TimeGrain.DAY));
    assertThat(cumulative.periodAggregation()).isEqualTo(Metric.PeriodAggregation.LAST);
    assertThat(((Metric.Conversion) model.metric("again").orElseThrow()).entity()).isEqualTo("customer");
  }

  @Test
  void metricsOfAModelThatIsNoSemanticModelAreNotSilentlyLost() {
    assertThat(TestProject.of("""
        models:
          - name: fct_orders
            metrics: [{name: orders, agg: count, expr: 1}]
        """).issues())
        .containsExactly("models/m.yml:2:11: dbt model 'fct_orders' has metrics, so it needs semantic_model: {enabled: true}");
  }

  @Test
  void aggregationParametersMayStandUnderTypeParams() {
    SemanticModel model = TestProject.of("""
        semantic_model:
          name: orders
          model: "{{ ref('shop', \\"orders\\") }}"
          primary_entity: order
          dimensions: [{name: ds, type: time, type_params: {time_granularity: day}}]
        ---
        metric:
          name: revenue
          type: SIMPLE
          type_params:
            metric_aggregation_params: {semantic_model: orders, agg: sum, agg_time_dimension: ds}
            expr: amount
        """).model();
    Metric.Simple revenue = (Metric.Simple) model.metric("revenue").orElseThrow();
    assertThat(revenue.measure().expr()).isEqualTo(new Expr.Column("amount"));
    assertThat(revenue.measure().timeDimension()).contains("ds");
    assertThat(model.dataset("orders").orElseThrow().source()).hasToString("orders");
  }

  @Test
  void aCompiledManifestNeedsNoSextantYml() {
    SemanticModel model = new TestProject().file("semantic_manifest.json", """
        {"semantic_models": [{"name": "orders", "defaults": {"agg_time_dimension": "ds"}, "description": null,
          "node_relation": {"alias": "orders", "schema_name": "shop", "database": "db", "relation_name": "db.shop.orders"},
          "primary_entity": null,
          "entities": [{"name": "order_id", "description": null, "type": "primary", "role": null, "expr": null, "metadata": null,
            "label": null, "config": {"meta": {}}}],
          "measures": [{"name": "revenue", "agg": "sum", "description": null, "create_metric": true, "expr": "amount", "agg_params": null,
            "metadata": null, "non_additive_dimension": null, "agg_time_dimension": null, "label": null, "config": null}],
          "dimensions": [{"name": "ds", "description": null, "type": "time", "is_partition": false,
            "type_params": {"time_granularity": "day", "validity_params": null}, "expr": null, "label": null,
            "metadata": {"repo_file_path": "m.yml", "file_slice": {"filename": "m.yml", "content": "x", "start_line_number": 1,
            "end_line_number": 2}}, "config": null}],
          "label": null, "metadata": null, "config": {"meta": {"owner": "a\\/b"}}}],
         "metrics": [{"name": "revenue", "description": "", "type": "simple", "type_params": {"measure": {"name": "revenue",
            "filter": null, "alias": null, "join_to_timespine": false, "fill_nulls_with": null},
            "input_measures": [{"name": "revenue", "filter": null, "alias": null, "join_to_timespine": false, "fill_nulls_with": null}],
            "numerator": null, "denominator": null, "expr": null, "window": null, "grain_to_date": null, "metrics": [],
            "conversion_type_params": null, "cumulative_type_params": null, "join_to_timespine": false, "fill_nulls_with": null,
            "is_private": false, "metric_aggregation_params": null},
            "filter": {"where_filters": [{"where_sql_template": "{{ TimeDimension('order_id__ds', 'month') }} > '2020-01-01'"}]},
            "metadata": null, "label": null, "config": {"meta": {}}, "time_granularity": null},
           {"name": "revenue_2m", "description": null, "type": "cumulative", "type_params": {"measure": {"name": "revenue"},
            "window": {"count": 2, "granularity": "month"}, "grain_to_date": null,
            "cumulative_type_params": {"window": {"count": 2, "granularity": "month"}, "grain_to_date": null, "period_agg": "first",
            "metric": null}}, "filter": null}],
         "project_configuration": {"time_spine_table_configurations": [], "metadata": null,
           "dsi_package_version": {"major_version": "0", "minor_version": "9", "patch_version": "0"},
           "time_spines": [{"node_relation": {"alias": "days", "schema_name": "shop", "database": null, "relation_name": "shop.days"},
             "primary_column": {"name": "date_day", "time_granularity": "day"}, "custom_granularities": []}]},
         "saved_queries": [{"name": "q", "query_params": {"metrics": ["revenue"], "group_by": ["TimeDimension('metric_time', 'day')"],
           "where": {"where_filters": []}, "order_by": [], "limit": null}, "description": null, "metadata": null, "label": null,
           "exports": [{"name": "q", "config": {"export_as": "table", "schema_name": "s", "alias": "a", "database": null},
             "unrendered_config": {}}], "tags": []}]}
        """).model();
    assertThat(model.metrics()).extracting(Metric::name).containsExactly("revenue", "revenue_2m");
    assertThat(model.metric("revenue").orElseThrow().filters()).hasSize(1);
    assertThat(((Metric.Cumulative) model.metric("revenue_2m").orElseThrow()).window()).contains(new TimeWindow(2, TimeGrain.MONTH));
    assertThat(model.dataset("orders").orElseThrow().source()).hasToString("db.shop.orders");
    assertThat(model.dataset("orders").orElseThrow().documentation().meta()).containsEntry("owner", "a/b");
    assertThat(model.savedQuery("q").orElseThrow().groupBy()).isEqualTo(List.of("metric_time__day"));
    assertThat(model.project().defaultWarehouse()).isEqualTo("main");
  }

  @Test
  void whatDbtMakesWhenItCompilesIsUnderstood() {
    SemanticModel model = TestProject.of("""
        semantic_models:
          - name: orders
            table: orders
            entities: [{name: order_id, type: primary, entity: x, role: y}]
            measures: [{name: orders, agg: sum, expr: 1}]
        metrics:
          - name: orders
            type: simple
            type_params:
              measure: {name: orders, fill_nulls_with: 0}
              expr: 1
              metric_aggregation_params: {semantic_model: orders, agg: sum}
          - name: orders__made
            type: simple
            type_params: {is_private: true, expr: 1, metric_aggregation_params: {semantic_model: orders, agg: sum}}
          - {name: orders_to_date, type: cumulative, type_params: {cumulative_type_params: {metric: {name: orders__made}}}}
        """).model();
    assertThat(model.metrics()).extracting(Metric::name).containsExactly("orders", "orders_to_date");
  }
}

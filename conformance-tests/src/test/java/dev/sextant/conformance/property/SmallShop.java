// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.door.ProjectFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The web shop with few of its rows, so that the reference evaluator can answer thousands of questions about it. */
public final class SmallShop {
  /** Metrics of kinds that the shop itself has no use for. */
  private static final String MORE = """
      semantic_models:
        - name: parcels
          sql: select order_id as parcel_id, customer_id, shipping_cost, ordered_at, cast(extract(year from ordered_at) as integer) as part from orders
          defaults: {agg_time_dimension: ordered_at}
          entities:
            - {name: parcel, type: primary, expr: parcel_id}
            - {name: member, type: foreign, expr: customer_id}
            - {name: customer, type: foreign, expr: customer_id}
          dimensions:
            - {name: ordered_at, type: time, type_params: {time_granularity: second}}
            - {name: part, type: categorical, is_partition: true}
          measures:
            - {name: parcels, agg: count, expr: parcel_id}
            - {name: parcel_cost, agg: sum, expr: shipping_cost}
        - name: member_years
          sql: >-
            select customer_id as member_id, part, (customer_id + part) % 5 as rating from customers cross join (values (2023), (2024), (2025)) years(part)
            where (customer_id * part) % 7 <> 0
          entities: [{name: member, type: primary, expr: member_id}]
          dimensions:
            - {name: part, type: categorical, is_partition: true}
            - {name: rating, type: categorical}
      metrics:
        - {name: units_7_days_first, type: cumulative, type_params: {measure: units, cumulative_type_params: {window: 7 days}}}
        - {name: orders_2_months, type: cumulative, type_params: {measure: orders, cumulative_type_params: {window: 2 months, period_agg: last}}}
        - {name: largest_in_quarter, type: cumulative, type_params: {measure: largest_order, cumulative_type_params: {grain_to_date: quarter, period_agg: average}}}
        - {name: median_14_days, type: cumulative, type_params: {measure: median_order_value, cumulative_type_params: {window: 14 days, period_agg: last}}}
        - {name: mean_in_week, type: cumulative, type_params: {measure: mean_order_value, cumulative_type_params: {grain_to_date: week}}}
        - {name: buyers_21_days, type: cumulative, type_params: {measure: buyers, cumulative_type_params: {window: 21 days, period_agg: last}}}
        - {name: buyers_in_year, type: cumulative, type_params: {measure: buyers, cumulative_type_params: {grain_to_date: year}}}
        - {name: units_at_week_start, type: derived, type_params: {expr: then_units, metrics: [{name: units, offset_to_grain: week, alias: then_units}]}}
        - {name: orders_at_quarter_start, type: derived, type_params: {expr: then_orders, metrics: [{name: orders, offset_to_grain: quarter, alias: then_orders}]}}
        - {name: buyers_at_year_start, type: derived, type_params: {expr: then_buyers, metrics: [{name: buyers, offset_to_grain: year, alias: then_buyers}]}}
        - {name: rate_a_quarter_ago, type: derived, type_params: {expr: then_rate, metrics: [{name: bounce_rate, offset_window: 1 quarter, alias: then_rate}]}}
        - name: units_less_10_days_ago
          type: derived
          type_params: {expr: "coalesce(units, 0) - coalesce(then_units, 0)", metrics: [units, {name: units, offset_window: 10 days, alias: then_units}]}
        - name: last_month_a_year_ago
          type: derived
          type_params: {expr: then_revenue, metrics: [{name: revenue_last_month, offset_window: 1 year, alias: then_revenue}]}
        - {name: value_variance, type: simple, type_params: {metric_aggregation_params: {semantic_model: orders, agg: variance}, expr: order_total}}
        - {name: value_stddev_pop, type: simple, type_params: {metric_aggregation_params: {semantic_model: orders, agg: stddev_pop}, expr: order_total}}
        - name: orders_in_month_after
          type: conversion
          type_params: {conversion_type_params: {base_measure: visits, conversion_measure: orders, entity: customer, calculation: conversions, window: 1 month}}
        - {name: units_a_fiscal_quarter_ago, type: derived, type_params: {expr: then_units, metrics: [{name: units, offset_window: 1 fiscal_quarter, alias: then_units}]}}
        - {name: rate_a_fiscal_year_ago, type: derived, type_params: {expr: then_rate, metrics: [{name: bounce_rate, offset_window: 1 fiscal_year, alias: then_rate}]}}
        - {name: rate_a_fiscal_quarter_ago, type: derived, type_params: {expr: then_rate, metrics: [{name: bounce_rate, offset_window: 1 fiscal_quarter, alias: then_rate}]}}
        - {name: shipping_effect, type: simple, type_params: {metric_aggregation_params: {semantic_model: orders, agg: correlation}, expr: [order_total, shipping_cost]}}
        - {name: buyer_segments, type: simple, type_params: {metric_aggregation_params: {semantic_model: orders, agg: count_distinct}, expr: "{{ Dimension('customer__segment') }}"}}
        - name: value_spread
          type: simple
          type_params:
            metric_aggregation_params: {semantic_model: orders, agg: custom, sql: "max({expr}) - min({expr})", result_type: "decimal(18, 2)"}
            expr: order_total
        - {name: parcels, type: simple, type_params: {measure: parcels}}
        - {name: parcel_cost_30_days, type: cumulative, type_params: {measure: parcel_cost, cumulative_type_params: {window: 30 days}}}
        - name: tickets_after_orders
          type: conversion
          type_params: {conversion_type_params: {base_metric: orders, conversion_metric: tickets, entity: customer, window: 14 days}}
      """;
  private static final Map<String, String> KEPT = new LinkedHashMap<>();

  static {
    KEPT.put("customers", "customer_id <= 120");
    KEPT.put("customer_history", "customer_id <= 130");
    KEPT.put("orders", "order_id <= 420");
    KEPT.put("order_items", "order_id between 3 and 430");
    KEPT.put("refunds", "order_id <= 900 or refund_id % 40 = 0");
    KEPT.put("visits", "visit_id % 150 = 0 or customer_id <= 15");
    KEPT.put("tickets", "ticket_id % 15 = 0");
    KEPT.put("subscriptions", "subscription_id <= 60");
    KEPT.put("subscription_months", "subscription_id <= 65");
    KEPT.put("stock_counts", "product_id <= 3 and counted_on between '2024-01-20' and '2024-03-10'");
  }

  private SmallShop() {}

  /** Copies the shop into a folder, keeping some rows of its large tables, all of which everybody may see. */
  public static Path in(Path target) throws IOException, SQLException {
    Path folder = ProjectFolders.copy("retail", target);
    Files.delete(folder.resolve("models/policies.yml"));
    Path config = folder.resolve("sextant.yml");
    String text = Files.readString(config).replace("path: retail.duckdb", "path: \":memory:\"");
    for (Map.Entry<String, String> kept : KEPT.entrySet()) {
      text = text.replace("create or replace view " + kept.getKey() + " as from 'data/" + kept.getKey() + ".parquet'",
          "\"create table " + kept.getKey() + " as from 'data/" + kept.getKey() + ".parquet' where " + kept.getValue() + "\"");
    }
    Files.writeString(config, text);
    return folder;
  }

  /** The same with metrics of every kind. */
  public static Path withAllKinds(Path target) throws IOException, SQLException {
    Path folder = in(target);
    Files.writeString(folder.resolve("models/more.yml"), MORE);
    return folder;
  }

  /** The same without a calendar of its own, and without what goes by that one's fiscal periods. */
  static Path withoutCalendar(Path target) throws IOException, SQLException {
    Path folder = in(target);
    Files.delete(folder.resolve("models/calendar.yml"));
    String plain = MORE.lines().filter(line -> !line.contains("fiscal")).collect(Collectors.joining("\n"));
    Files.writeString(folder.resolve("models/more.yml"), plain);
    return folder;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.rollup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Overlapping rollups of the web shop: of several grains, filtered, repeated by a join, partly built, stale, and of other definitions. */
final class ShopRollups {
  /** Built from March 2024 to the end of that year only. */
  static final List<String> PARTLY = List.of("lines_partly", "orders_partly");
  /** Their tables hold nonsense, so whoever reads them answers wrong. */
  static final List<String> STALE = List.of("lines_stale");
  static final List<String> OTHER = List.of("lines_other_definition");

  private static final String YAML = """
      rollups:
        - name: lines_daily
          metrics: [revenue, units, order_lines, average_unit_price, products_sold]
          dimensions: [customer__country, customer__segment, product__category]
          grain: day
          partition_by: month
          refresh: {lookback: 21 days}
        - name: lines_weekly
          metrics: [revenue, gross_revenue, units, cost, net_revenue, profit]
          dimensions: [product__category, product__brand]
          grain: week
        - name: lines_monthly_local
          metrics: [revenue, gross_revenue, discounts, cost, units, order_lines]
          dimensions: [product__category, product__brand, customer__country]
          grain: month
          store: local
        - name: lines_in_germany
          metrics: [revenue, units]
          dimensions: [product__category, order__channel]
          grain: day
          where: ["customer__country = 'DE'"]
        - name: lines_timeless
          metrics: [revenue, units, average_unit_price]
          dimensions: [customer__country, product__category]
        - name: lines_by_tag
          metrics: [revenue, units]
          dimensions: [tag__tag_group, product__category]
          grain: month
        - name: lines_partly
          metrics: [revenue, units, cost, average_unit_price]
          dimensions: [customer__segment, product__brand, order__channel]
          grain: day
          partition_by: month
        - name: lines_stale
          metrics: [revenue, units]
          dimensions: [product__category]
          grain: day
          refresh: {every: 1h}
        - name: lines_other_definition
          metrics: [revenue, units]
          dimensions: [customer__country]
          grain: month
        - name: orders_daily
          metrics: [orders, order_value, mean_order_value, largest_order, smallest_order, gift_orders, completed_orders, cancelled_orders, daily_orders, buyers]
          dimensions: [customer__country, order__channel, order__is_gift, shipping_country__region]
          grain: day
        - name: orders_hourly
          metrics: [orders, order_value]
          dimensions: [order__status, order__created_at]
          grain: hour
        - name: orders_partly
          metrics: [orders, order_value, mean_order_value, shipping_revenue]
          dimensions: [customer__historical_segment, order__status]
          grain: week
        - name: orders_exact
          metrics: [buyers, median_order_value, order_value_p95, order_value_stddev]
          dimensions: [customer__country]
          grain: month
        - name: stock_daily
          metrics: [stock_on_hand, stock_last_counted, opening_stock, items_out_of_stock, average_stock]
          dimensions: [product, depot, product__category]
          grain: day
        - name: visits_weekly
          metrics: [visits, visitors, page_views, bounces]
          dimensions: [visit__channel, visit__device]
          grain: week
          store: local
        - name: refunds_monthly
          metrics: [refunds, refund_amount]
          dimensions: [customer__country]
          grain: month
      """;

  private ShopRollups() {}

  /** Puts these rollups in place of the project's own. */
  static void into(Path project) throws IOException {
    Files.writeString(project.resolve("models/rollups.yml"), YAML);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the shop's table {@code orders} means, written by hand: one row per order, and each metric as an aggregate over these rows. */
final class FlatOrders {

  /** A column to group or filter by, and what it holds. */
  record Column(String name, Kind kind) {}

  /** What a column holds, which decides what can be asked of it. */
  enum Kind {
    TEXT, NUMBER, TRUTH, TIME, DAY
  }

  /** The rows, to stand before a query over {@code flat}. */
  static final String WITH = """
      with flat as (
        select o.ordered_at as metric_time, o.order_id as "order", o.customer_id as customer, o.status as order__status,
          o.rating as order__rating, o.gift as order__gift,
          case when o.amount >= 60 then 'big' when o.amount is null then null else 'small' end as order__size,
          case when o.rating is null then 'unrated' else 'rated' end as order__is_rated, c.name as customer__name,
          c.segment as customer__segment, c.signed_up as customer__signed_up, c.country_code as customer__country,
          k.country_name as customer__country__country_name, k.continent as customer__country__continent, o.amount, o.order_id,
          o.customer_id
        from shop.orders o left join shop.customers c on o.customer_id = c.customer_id
          left join shop.countries k on c.country_code = k.country_code)
      """;

  static final List<Column> COLUMNS = List.of(new Column("order__status", Kind.TEXT), new Column("order__size", Kind.TEXT),
      new Column("order__is_rated", Kind.TEXT), new Column("order__rating", Kind.NUMBER), new Column("order__gift", Kind.TRUTH),
      new Column("customer__name", Kind.TEXT), new Column("customer__segment", Kind.TEXT), new Column("customer__country", Kind.TEXT),
      new Column("customer__country__country_name", Kind.TEXT), new Column("customer__country__continent", Kind.TEXT),
      new Column("customer__signed_up", Kind.DAY), new Column("metric_time", Kind.TIME), new Column("customer", Kind.NUMBER),
      new Column("order", Kind.NUMBER));

  /** The metrics that are one aggregate, which tools may write as such; by the name of that aggregate. */
  static final Map<String, String> ADDITIVE = new LinkedHashMap<>();
  /** Every metric as an aggregate over {@code flat}. */
  static final Map<String, String> METRICS = new LinkedHashMap<>();

  static {
    METRICS.put("revenue", "sum(amount)");
    METRICS.put("orders", "count(order_id)");
    METRICS.put("order_rows", "sum(1)");
    METRICS.put("rated_orders", "count(order__rating)");
    METRICS.put("buyers", "count(distinct customer_id)");
    METRICS.put("average_order", "avg(cast(amount as double))");
    METRICS.put("biggest_order", "max(amount)");
    METRICS.put("smallest_order", "min(amount)");
    METRICS.put("gift_orders", "sum(case when order__gift then 1 else 0 end)");
    METRICS.put("median_order", "quantile_cont(cast(amount as double), 0.5)");
    METRICS.put("order_p75", "quantile_cont(cast(amount as double), 0.75)");
    METRICS.put("order_p75_discrete", "quantile_disc(amount, 0.75)");
    METRICS.put("paid_revenue", "sum(case when order__status = 'paid' then amount end)");
    METRICS.put("german_revenue", "sum(case when customer__country__country_name = 'Germany' then amount end)");
    METRICS.put("gold_orders", "count(case when customer__segment = 'gold' then order_id end)");
    METRICS.put("order_value", "sum(amount) / nullif(count(order_id), 0)");
    METRICS.put("paid_share", "sum(case when order__status = 'paid' then amount end) / nullif(sum(amount), 0)");
    METRICS.put("zero", "count(order_id) - count(order_id)");
    METRICS.put("open_minus_paid", "coalesce(sum(case when order__status = 'open' then amount end), 0)"
        + " - coalesce(sum(case when order__status = 'paid' then amount end), 0)");
    METRICS.put("gold_order_value", "sum(case when customer__segment = 'gold' then amount end)"
        + " / nullif(count(case when customer__segment = 'gold' then order_id end), 0)");
    ADDITIVE.put("revenue", "sum");
    ADDITIVE.put("orders", "count");
    ADDITIVE.put("order_rows", "sum");
    ADDITIVE.put("rated_orders", "count");
    ADDITIVE.put("biggest_order", "max");
    ADDITIVE.put("smallest_order", "min");
    ADDITIVE.put("gift_orders", "sum");
    ADDITIVE.put("paid_revenue", "sum");
    ADDITIVE.put("german_revenue", "sum");
    ADDITIVE.put("gold_orders", "count");
  }

  private FlatOrders() {}
}

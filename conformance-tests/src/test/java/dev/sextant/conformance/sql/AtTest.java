// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Measures in contexts of their own, beside what people would write without them. */
class AtTest {
  private static SqlProject shop;

  @BeforeAll
  static void open() {
    shop = SqlProject.shop();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  private static void same(String sql, String oracle) {
    assertThat(shop.rows(sql)).as(sql).containsExactlyInAnyOrderElementsOf(shop.oracle(oracle)).isNotEmpty();
  }

  @Test
  void allForgetsKeysAndConditions() {
    same("select order__status, measure(revenue) / measure(revenue) at (all) from orders where order__gift group by 1",
        "select status, sum(amount) / (select sum(amount) from shop.orders) from shop.orders where gift group by 1");
  }

  @Test
  void allOfADimensionForgetsWhatIsSaidOfItAlone() {
    same("""
        select customer__segment, order__status, measure(revenue) at (all order__status) from orders
        where not order__gift and order__status in ('paid', 'open') group by 1, 2""", """
        with o as (select * from shop.orders left join shop.customers using (customer_id))
        select segment, status, (select sum(amount) from o i where not gift and i.segment is not distinct from o.segment)
        from o where not gift and status in ('paid', 'open') group by 1, 2""");
  }

  @Test
  void severalDimensionsAndExpressionsAreForgottenTogether() {
    same("""
        select upper(customer__segment) s, order__status, measure(buyers) at (all upper(customer__segment), order__status) from orders
        where customer__country = 'DE' group by 1, 2""", """
        select distinct upper(segment), status, (select count(distinct customer_id) from shop.orders join shop.customers using (customer_id)
          where country_code = 'DE') from shop.orders join shop.customers using (customer_id) where country_code = 'DE'""");
  }

  @Test
  void visibleBringsTheConditionsBack() {
    same(
        "select order__status, measure(revenue) at (visible all), measure(revenue at (all visible)) from orders where order__gift group by 1",
        """
        select distinct status, (select sum(amount) from shop.orders where gift), (select sum(amount) from shop.orders)
        from shop.orders where gift""");
  }

  @Test
  void setReachesRowsThatTheConditionsRemove() {
    same("""
        select extract(month from metric_time) m, measure(revenue),
          measure(revenue) at (set extract(month from metric_time) = current extract(month from metric_time) - 1) before
        from orders where extract(month from metric_time) = 3 group by 1""", """
        select 3, (select sum(amount) from shop.orders where month(ordered_at) = 3),
          (select sum(amount) from shop.orders where month(ordered_at) = 2)""");
  }

  @Test
  void setComparesWithAGroupThatIsNotThere() {
    same(
        "select order__status, measure(orders) at (set order__status = 'none'), measure(revenue) at (set order__status = 'none') from orders"
            + " group by 1",
        "select distinct status, 0, null::int from shop.orders");
  }

  @Test
  void aNullKeyIsAGroupLikeAnyOther() {
    same("select customer__segment, measure(orders) at (set customer__segment = current customer__segment) from orders group by 1",
        "select segment, count(order_id) from shop.orders left join shop.customers using (customer_id) group by 1");
  }

  @Test
  void periodsAreComparedByTheirTruncatedTime() {
    same("""
        select date_trunc('month', metric_time) m, measure(order_value) now,
          measure(order_value) at (set date_trunc('month', metric_time) = current date_trunc('month', metric_time) - interval '1 month') before
        from orders where metric_time is not null group by 1""", """
        with months as (select date_trunc('month', ordered_at) m, sum(amount) / count(*) v from shop.orders where ordered_at is not null group by 1)
        select now.m::date, now.v, before.v from months now left join months before on before.m = now.m - interval 1 month""");
  }

  @Test
  void whereTakesThePlaceOfEverything() {
    same("""
        select date_trunc('month', metric_time) m,
          measure(revenue) at (where metric_time < current date_trunc('month', metric_time) + interval '1 month') so_far
        from orders where order__status = 'paid' and metric_time is not null group by 1""", """
        select distinct date_trunc('month', ordered_at)::date,
          (select sum(amount) from shop.orders i where i.ordered_at < date_trunc('month', o.ordered_at) + interval 1 month)
        from shop.orders o where status = 'paid' and ordered_at is not null""");
  }

  @Test
  void subtotalsSeeTheKeysTheyAreOver() {
    same("""
        select customer__segment, order__status, grouping(order__status), measure(buyers), measure(buyers) at (all order__status) from orders
        group by rollup(customer__segment, order__status)""", """
        with o as (select * from shop.orders left join shop.customers using (customer_id))
        select segment, status, grouping(status), count(distinct customer_id), case when grouping(segment) = 1
          then (select count(distinct customer_id) from o)
          else (select count(distinct customer_id) from o i where i.segment is not distinct from o.segment) end
        from o group by rollup(segment, status)""");
  }

  @Test
  void metricsThatRowsCannotGiveHaveContextsToo() {
    same("select country__country_name, measure(orders_per_visit) at (all country__country_name), measure(visits) from metrics group by 1", """
        select country_name, (select count(*) from shop.orders) / (select count(*) from shop.visits), count(*)
        from shop.visits left join shop.customers using (customer_id) left join shop.countries using (country_code) group by 1""");
  }

  @Test
  void measuresOfASubqueryAreSeenWithinIt() {
    same("select s, sum(r) / sum(r) at (all s) from (select order__status s, revenue r from orders where order__gift) t group by s",
        "select status, sum(amount) / (select sum(amount) from shop.orders where gift) from shop.orders where gift group by 1");
  }

  @Test
  void contextsMeetHavingOrderAndWindows() {
    assertThat(shop.rows("""
        select order__status s, rank() over (order by measure(revenue) desc nulls last) place from orders group by 1
        having measure(revenue) > measure(revenue) at (all) * 0.1 order by measure(revenue) at (all) - measure(revenue), s"""))
        .containsExactly("paid | 1", "open | 2");
  }

  @Test
  void otherAggregatesStandBesideMetricsThatRowsCannotGive() {
    same("select order__status, measure(lamp_orders), count(*), avg(revenue) from orders group by 1", """
        select status, nullif(count(distinct case when product_id = 'p1' then o.order_id end), 0), count(distinct o.order_id),
          (select avg(amount) from shop.orders i where i.status is not distinct from o.status)
        from shop.orders o left join shop.order_items using (order_id) group by 1""");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      select measure(revenue) at (foo) from orders                                   | INVALID_SQL    | 1:8
      select measure(revenue) at (set order__status) from orders                     | INVALID_SQL    | 1:8
      select measure(revenue) at (all nothere) from orders                           | UNKNOWN_COLUMN | 1:8
      select measure(revenue) at () from orders                                      | INVALID_SQL    | 1:8
      select order__status at (all), measure(revenue) from orders group by 1         | UNSUPPORTED    | 1:8
      select "order", revenue / revenue at (all) from orders                         | UNSUPPORTED    | 1:27
      select measure(revenue) at (where order__status = ) from orders                | INVALID_SQL    | 1:8
      """)
  void whatMakesNoContextIsRefused(String sql, String code, String position) {
    var complaint = shop.refusal(sql);
    assertThat(complaint.code()).as(complaint.message()).isEqualTo(code);
    assertThat(complaint.position().line() + ":" + complaint.position().column()).as(complaint.message()).isEqualTo(position);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the wrong place is told with its position; what stands in the right one means what SQL says. */
class PlacementTest {
  private static SqlProject shop;

  @BeforeAll
  static void open() {
    shop = SqlProject.shop();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      select order__status from orders where sum(revenue) > 1                                     | INVALID_SQL     | 1:40
      select * from orders o join customers c on measure(o.revenue) > 1                            | INVALID_SQL     | 1:44
      select sum(sum(revenue)) from orders                                                         | INVALID_SQL     | 1:12
      select order__status, "order", measure(revenue) from orders group by 1                       | INVALID_SQL     | 1:23
      select order__status from orders group by 1 order by revenue                                 | INVALID_SQL     | 1:54
      select sum(revenue), order__status from orders group by 1                                    | INVALID_SQL     | 1:8
      select rank() over () from orders where rank() over () > 1                                   | INVALID_SQL     | 1:41
      select order__status + 1 from orders                                                         | TYPE_MISMATCH   | 1:8
      select upperr(order__status) from orders                                                     | INVALID_SQL     | 1:8
      select read_csv('x') over () from orders                                                     | INVALID_SQL     | 1:8
      select order__statuss::text from orders                                                      | UNKNOWN_COLUMN  | 1:8
      select 1 union select 1, 2                                                                   | INVALID_SQL     | 1:16
      select ::text from orders                                                                    | INVALID_SQL     | 1:8
      select first_value("order") ignore nulls over () from orders                                 | UNSUPPORTED     | 1:29
      with t as (select 1 as v) select * from t where v > (select avg(v) t)                        | UNSUPPORTED     | 1:61
      select (select count(*) filter (where o.order__gift) from visits) from orders o              | UNSUPPORTED     | 1:16
      select (select percentile_cont(0.5) within group (order by o.revenue) from visits) from orders o | UNSUPPORTED | 1:16
      select order__status, (select measure(o.revenue) from visits) from orders o group by 1       | UNSUPPORTED     | 1:31
      select measure(revenue) at (where count("order") = 1) from orders                            | INVALID_SQL     | 1:8
      select measure(revenue) at (all max(order__status)) from orders                              | INVALID_SQL     | 1:8
      select revenue from metrics                                                                  | UNSUPPORTED     | 0:0
      """)
  void whatStandsInTheWrongPlaceIsRefused(String sql, String code, String position) {
    var complaint = shop.refusal(sql);
    assertThat(complaint.code()).as(complaint.message()).isEqualTo(code);
    assertThat(complaint.position().line() + ":" + complaint.position().column()).as(complaint.message()).isEqualTo(position);
  }

  @Test
  void aCastBindsToTheValueBeforeItAlone() {
    assertThat(
        shop.rows("select \"order\" from orders where order__gift and order__status::text ilike 'p%' and metric_time::date is not null"))
            .isEqualTo(shop.oracle("select order_id from shop.orders where gift and status ilike 'p%' and ordered_at is not null"));
    assertThat(shop.rows("select -2::int + 3, 'a' || 1::text::varchar(3), (1 + 1)::double precision, case when true then 1 end::text"))
        .containsExactly("1 | a1 | 2 | 1");
  }

  @Test
  void aTimeZoneBindsToTheValueBeforeItAlone() {
    assertThat(
        shop.rows("select \"order\" from orders where not order__gift and metric_time at time zone 'America/New_York' < date '2026-01-01'"))
            .isEqualTo(shop.oracle(
                "select order_id from shop.orders where not gift and (ordered_at at time zone 'America/New_York') < date '2026-01-01'"));
  }

  @Test
  void aFilterOfAWindowStays() {
    assertThat(shop.rows("select distinct sum(revenue) filter (where order__gift) over (), measure(order_value) over () from orders"))
        .isEqualTo(shop.oracle("select sum(amount) filter (where gift), sum(amount) / count(*) from shop.orders"));
  }

  @Test
  void aQueryMayBeACondition() {
    assertThat(shop.rows("select count(*) from orders where (select true) having (select 1 > 0)")).containsExactly("12");
  }

  @Test
  void aMetricThatRowsCannotGiveIsNotGuessedFromThem() {
    assertThat(shop.rows(
        "select order__status, measure(lamp_orders), measure(german_revenue) from orders where order__status in ('open', 'paid') group by 1 order by 1"))
            .isEqualTo(shop.oracle("""
            select status, nullif(count(distinct case when product_id = 'p1' then o.order_id end), 0),
              (select sum(amount) from shop.orders i join shop.customers c using (customer_id) where country_code = 'DE' and i.status = o.status)
            from shop.orders o left join shop.order_items using (order_id) where status in ('open', 'paid') group by 1 order by 1"""));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import dev.sextant.examples.DataFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the model and its questions rely on is in the generated data. */
class RetailDataTest {
  private static DataFolder shop;

  @BeforeAll
  static void generate(@TempDir Path folder) throws Exception {
    RetailData.write(folder, RetailData.DEFAULT_SEED, 1);
    shop = DataFolder.in(folder);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void the_same_seed_makes_the_same_rows(@TempDir Path again) throws Exception {
    List<String> tables = RetailData.write(again, RetailData.DEFAULT_SEED, 1);
    assertThat(tables).hasSize(20);
    try (DataFolder same = DataFolder.in(again)) {
      for (String table : tables) {
        assertThat(same.checksum(table)).as(table).isEqualTo(shop.checksum(table));
      }
    }
  }

  @Test
  void another_seed_makes_other_rows(@TempDir Path other) throws Exception {
    RetailData.write(other, 7, 1);
    try (DataFolder another = DataFolder.in(other)) {
      assertThat(another.checksum("orders")).isNotEqualTo(shop.checksum("orders"));
    }
  }

  @Test
  void a_larger_scale_makes_more_of_everything_that_grows(@TempDir Path large) throws Exception {
    RetailData.write(large, RetailData.DEFAULT_SEED, 2);
    try (DataFolder larger = DataFolder.in(large)) {
      assertThat(larger.number("select count(*) from orders")).isEqualTo(60_000);
      assertThat(larger.number("select count(*) from customers")).isEqualTo(10_000);
    }
  }

  @Test
  void a_scale_below_one_is_refused(@TempDir Path folder) {
    assertThatThrownBy(() -> RetailData.write(folder, 1, 0)).hasMessageContaining("must be 1 or more");
  }

  @Test
  void it_has_the_promised_size() throws Exception {
    assertThat(shop.number("select count(*) from customers")).isEqualTo(5_000);
    assertThat(shop.number("select count(*) from orders")).isEqualTo(30_000);
    assertThat(shop.number("select count(*) from order_items")).isBetween(70_000.0, 80_000.0);
  }

  @Test
  void keys_are_unique() throws Exception {
    for (String key : List.of("orders.order_id", "customers.customer_id", "products.product_id", "refunds.refund_id", "visits.visit_id",
        "tickets.ticket_id", "subscriptions.subscription_id", "countries.country", "categories.category", "tags.tag_id")) {
      String table = key.substring(0, key.indexOf('.'));
      assertThat(shop.number("select count(*) - count(distinct " + key + ") from " + table)).as(key).isZero();
    }
    for (String key : List.of("order_items: order_id, line_no", "product_tags: product_id, tag_id",
        "stock_counts: counted_on, product_id, depot_id",
        "budgets: budget_month, category", "subscription_months: billed_on, subscription_id", "churn_labels: customer, label_at")) {
      String[] parts = key.split(": ");
      assertThat(shop.number("select count(*) - count(distinct (" + parts[1] + ")) from " + parts[0])).as(key).isZero();
    }
  }

  @Test
  void some_orders_have_no_customer_and_some_an_unknown_one() throws Exception {
    assertThat(shop.share("customer_id is null", "orders")).isBetween(0.01, 0.02);
    assertThat(shop.share("customer_id not in (select customer_id from customers)", "orders")).isBetween(0.003, 0.007);
    assertThat(shop.share("customer_id is null", "visits")).isBetween(0.4, 0.6);
  }

  @Test
  void some_orders_arrive_hours_to_weeks_late_and_none_before_they_are_placed() throws Exception {
    assertThat(shop.share("created_at > ordered_at + interval 90 minute", "orders")).isBetween(0.02, 0.04);
    assertThat(shop.share("created_at > ordered_at + interval 14 day", "orders")).isPositive();
    assertThat(shop.share("created_at <= ordered_at", "orders")).isZero();
  }

  @Test
  void three_years_are_covered_with_a_leap_day_and_the_clock_changes() throws Exception {
    assertThat(shop.text("select min(ordered_at) || ' to ' || max(ordered_at) from orders"))
        .isEqualTo("2023-01-01 00:00:00 to 2025-12-31 23:59:59");
    for (String day : List.of("2024-02-29", "2024-03-31", "2024-10-27")) {
      assertThat(shop.number("select count(*) from orders where cast(ordered_at as date) = '" + day + "'")).as(day).isPositive();
    }
    assertThat(shop.number("select count(*) from orders where ordered_at = '2023-12-31 23:30:00'")).isPositive();
  }

  @Test
  void there_are_gaps_in_time() throws Exception {
    assertThat(shop.number("select count(*) from orders where month(ordered_at) = 12 and day(ordered_at) = 25")).isZero();
    String garden = "select count(*) from order_items join products using (product_id) where category = 'Garden' and month(ordered_at)";
    assertThat(shop.number(garden + " in (12, 1, 2)")).isZero();
    assertThat(shop.number(garden + " not in (12, 1, 2)")).isPositive();
  }

  @Test
  void some_orders_have_no_lines_and_some_lines_no_known_product() throws Exception {
    assertThat(shop.share("order_id not in (select order_id from order_items)", "orders")).isBetween(0.002, 0.006);
    assertThat(shop.share("product_id not in (select product_id from products)", "order_items")).isBetween(0.0005, 0.002);
    assertThat(shop.share("category is null", "products")).isPositive();
    assertThat(shop.share("brand is null", "products")).isPositive();
  }

  @Test
  void an_order_costs_what_its_lines_and_its_shipping_cost() throws Exception {
    assertThat(shop.number("""
        select count(*) from orders
        left join (select order_id, sum(quantity * unit_price - discount) as lines from order_items group by order_id) using (order_id)
        where order_total <> coalesce(lines, 0) + coalesce(shipping_cost, 0)""")).isZero();
  }

  @Test
  void refunds_may_lack_their_line_or_their_order() throws Exception {
    assertThat(shop.share("order_id is null and line_no is null", "refunds")).isPositive();
    assertThat(shop.share("order_id is not null and line_no is null", "refunds")).isPositive();
    assertThat(shop.share("order_id is null and line_no is not null", "refunds")).isZero();
    assertThat(shop.number("select count(*) from refunds anti join order_items using (order_id, line_no) where line_no is not null"))
        .isZero();
  }

  @Test
  void tags_are_many_to_many() throws Exception {
    assertThat(shop.number("select max(n) from (select count(*) as n from product_tags group by product_id)")).isGreaterThan(1);
    assertThat(shop.number("select max(n) from (select count(*) as n from product_tags group by tag_id)")).isGreaterThan(1);
    assertThat(shop.share("product_id not in (select product_id from product_tags)", "products")).isPositive();
  }

  @Test
  void customer_versions_never_overlap_and_some_leave_a_gap() throws Exception {
    String pairs = """
        from (select *, lead(valid_from) over (partition by customer_id order by valid_from) as next_from from customer_history)
        where """;
    assertThat(shop.number("select count(*) " + pairs + " next_from is not null and (valid_to is null or valid_to > next_from)")).isZero();
    assertThat(shop.number("select count(*) " + pairs + " valid_to < next_from")).isPositive();
    assertThat(shop.share("valid_to <= valid_from", "customer_history")).isZero();
    assertThat(shop.number("select count(*) from (select customer_id from customer_history where valid_to is null group by all)"))
        .isEqualTo(5_000);
  }

  @Test
  void countries_play_two_roles() throws Exception {
    assertThat(shop.share("shipping_country is distinct from billing_country", "orders")).isBetween(0.05, 0.15);
    assertThat(shop.share("shipping_country not in (select country from countries)", "orders")).isZero();
    assertThat(shop.share("shipping_country is null", "orders")).isPositive();
  }

  @Test
  void a_depot_counts_no_stock_on_the_last_day_of_some_months() throws Exception {
    assertThat(shop.number("select count(distinct depot_id) from stock_counts where counted_on = '2025-11-30'")).isEqualTo(2);
    assertThat(shop.number("select count(distinct depot_id) from stock_counts where counted_on = '2025-12-31'")).isEqualTo(3);
  }

  @Test
  void customers_have_several_visits_before_one_order_on_the_same_and_on_other_channels() throws Exception {
    String before = """
        select count(*) from visits v join orders o on v.customer_id = o.customer_id
        and v.started_at <= o.ordered_at and v.started_at > o.ordered_at - interval 7 day where\s""";
    assertThat(shop.number(before + "v.channel = o.channel")).isGreaterThan(1_000);
    assertThat(shop.number(before + "v.channel <> o.channel")).isGreaterThan(1_000);
  }

  @Test
  void what_is_drawn_for_one_purpose_says_nothing_about_another() throws Exception {
    double cancelled = shop.share("status = 'cancelled'", "orders");
    for (String channel : List.of("search", "direct", "email", "social", "affiliate")) {
      assertThat(shop.share("status = 'cancelled'", "(from orders where channel = '" + channel + "')")).as(channel)
          .isBetween(cancelled - 0.015, cancelled + 0.015);
    }
  }

  @Test
  void labels_tell_who_stayed_away() throws Exception {
    assertThat(shop.share("churned", "churn_labels")).isBetween(0.2, 0.8);
  }
}

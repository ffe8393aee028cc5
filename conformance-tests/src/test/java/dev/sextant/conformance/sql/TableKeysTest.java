// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys of virtual tables as the information schema tells them. */
class TableKeysTest {

  @Test
  void anEntityThatIdentifiesATablesRowsIsItsPrimaryKey() {
    try (SqlProject shop = SqlProject.shop()) {
      assertThat(shop.rows("""
          select c.table_name, k.column_name, k.ordinal_position
          from information_schema.table_constraints c join information_schema.key_column_usage k on c.constraint_name = k.constraint_name
          where c.constraint_type = 'PRIMARY KEY' order by 1""")).containsExactly("complaints | complaint | 1", "customers | customer | 1",
          "orders | order | 1", "products | product | 1", "refunds | refund | 1", "visits | visit | 1");
    }
  }

  @Test
  void aKeyOfAnotherTableRefersToThatTable() {
    try (SqlProject shop = SqlProject.shop()) {
      assertThat(shop.rows("""
          select k.table_name, k.column_name, p.table_name, p.column_name
          from information_schema.referential_constraints r
          join information_schema.key_column_usage k on r.constraint_name = k.constraint_name
          join information_schema.key_column_usage p on r.unique_constraint_name = p.constraint_name order by 1, 2""")).containsExactly(
          "complaints | order | orders | order", "order_items | order | orders | order", "order_items | product | products | product",
          "orders | customer | customers | customer", "refunds | order | orders | order", "visits | customer | customers | customer");
    }
  }

  @Test
  void joiningAlongAKeyFindsTheRowsItRefersTo() {
    try (SqlProject shop = SqlProject.shop()) {
      assertThat(shop.rows("""
          select c.customer__segment, sum(o.revenue) from orders o join customers c on o.customer = c.customer group by 1"""))
          .containsExactlyInAnyOrderElementsOf(shop.oracle("""
                  select c.segment, sum(o.amount) from shop.orders o join shop.customers c on o.customer_id = c.customer_id group by 1"""));
    }
  }
}

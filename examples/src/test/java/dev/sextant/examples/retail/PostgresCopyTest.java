// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import dev.sextant.examples.DataFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** PostgreSQL gets the same rows as the files. */
class PostgresCopyTest {

  @Test
  void the_same_rows_arrive_in_postgres(@TempDir Path folder) throws Exception {
    List<String> tables = RetailData.write(folder, RetailData.DEFAULT_SEED, 1);
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Connection postgres = server.getPostgresDatabase().getConnection();
        DataFolder shop = DataFolder.in(folder)) {
      RetailData.writePostgres(postgres);
      for (String table : tables) {
        String count = "select count(*) from " + table;
        assertThat(text(postgres, count)).as(table).isEqualTo(shop.text(count));
      }
      for (String question : new String[] {"select sum(quantity * unit_price - discount) from order_items",
          "select count(*) from orders where channel is null", "select count(*) from orders where is_gift",
          "select cast(max(created_at) as varchar) from orders", "select cast(min(valid_to) as varchar) from customer_history",
          "select sum(mrr) from subscription_months", "select max(symbol) from currencies where currency = 'EUR'"}) {
        assertThat(text(postgres, question)).as(question).isEqualTo(shop.text(question));
      }
    }
  }

  private static String text(Connection postgres, String sql) throws Exception {
    try (Statement statement = postgres.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}

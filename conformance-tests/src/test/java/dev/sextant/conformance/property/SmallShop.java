// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.door.ProjectFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The web shop with few of its rows, so that the reference evaluator can answer thousands of questions about it. */
public final class SmallShop {
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
}

// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.List;

/** Statements over the shop in shapes that tools send, for mutation and for reading. */
final class SqlShapes {
  static final List<String> ALL = List.of("SELECT 1", "SELECT CAST(CURRENT_TIMESTAMP AS TIMESTAMP) AS \"COL\"",
      "SELECT current_database(), current_schema(), current_user", "SET search_path = 'public'", "SHOW TABLES", "SHOW COLUMNS FROM orders",
      "SELECT TRUE AS \"_\" FROM \"public\".\"orders\" WHERE 1 <> 1 LIMIT 0",
      "SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog') AND table_schema ILIKE '%'",
      "EXPLAIN SELECT order__status, SUM(revenue) AS r FROM orders GROUP BY order__status",
      "SELECT SUM(\"orders\".\"revenue\") AS \"sum:revenue:ok\" FROM \"public\".\"orders\" \"orders\" HAVING (COUNT(1) > 0)",
      "SELECT CAST((DATE_TRUNC('DAY', CAST(metric_time AS DATE)) + (-EXTRACT(DOW FROM metric_time) * INTERVAL '1 DAY')) AS DATE) AS w,"
          + " SUM(revenue) FROM orders GROUP BY 1",
      "SELECT CASE WHEN SUM(revenue) IS NOT NULL THEN SUM(revenue) ELSE 0 END, COALESCE(SUM(order_value), 0) FROM orders",
      "SELECT TO_CHAR(metric_time, 'YYYY-MM') AS ym, COUNT(*) FROM orders GROUP BY TO_CHAR(metric_time, 'YYYY-MM') ORDER BY 1 DESC NULLS LAST",
      "SELECT order__status, SUM(SUM(revenue)) OVER (PARTITION BY order__status ORDER BY order__status ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
          + " FROM orders GROUP BY order__status",
      "SELECT customer__segment, order__status, GROUPING(customer__segment), MEASURE(buyers) FROM orders"
          + " GROUP BY ROLLUP(customer__segment, order__status)",
      "WITH t AS (SELECT customer__country c, MEASURE(order_value) v FROM orders GROUP BY 1) SELECT * FROM t WHERE v > (SELECT AVG(v) FROM t)",
      "SELECT a.s, a.r, b.n FROM (SELECT order__status s, SUM(revenue) r FROM orders GROUP BY 1) a"
          + " FULL JOIN (SELECT order__status s, MEASURE(lamp_orders) n FROM orders GROUP BY 1) b ON a.s = b.s",
      "SELECT customer__segment, measure(revenue) FROM orders WHERE metric_time AT TIME ZONE 'Europe/Berlin' >= timestamp '2026-01-01 00:00:00.000'"
          + " AND order__status::text ILIKE 'p%' GROUP BY 1 LIMIT 50001",
      "SELECT country__country_name, MEASURE(orders_per_visit), MEASURE(visits) FROM metrics WHERE customer__segment IN ('gold', 'silver')"
          + " GROUP BY country__country_name",
      "SELECT order__status, MEASURE(revenue) FILTER (WHERE order__gift), COUNT(DISTINCT customer) FROM orders GROUP BY order__status",
      "SELECT t.\"order\", t.revenue * 2 AS twice FROM (SELECT * FROM orders WHERE order__rating BETWEEN 2 AND 4) t WHERE revenue IS NOT NULL",
      "SELECT order__status FROM orders WHERE customer IN (SELECT customer FROM customers WHERE customer__segment = 'gold') GROUP BY 1",
      "SELECT DISTINCT customer__country FROM orders UNION SELECT DISTINCT country FROM customers EXCEPT SELECT 'DE' ORDER BY 1",
      "SELECT FLOOR(order__rating / 2) * 2 AS bin, COUNT(*) FROM orders GROUP BY FLOOR(order__rating / 2) * 2 HAVING COUNT(*) > 1",
      "select * from {{ semantic_layer.query(metrics=['revenue', 'orders'], group_by=['customer__segment'], limit=5) }} as m where revenue > 10",
      "SELECT STRING_AGG(order__status, ',' ORDER BY order__status), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY revenue) FROM orders",
      "SELECT CASE order__status WHEN 'paid' THEN 'done' ELSE NULL END AS s, RANK() OVER (ORDER BY SUM(revenue) DESC) FROM orders GROUP BY 1",
      "SELECT extract(epoch from metric_time), date_part('year', metric_time), metric_time - interval '3' day FROM orders WHERE \"order\" = 3",
      "SELECT NULLIF(customer__name, 'Ada') || '-' || SUBSTRING(customer__segment FROM 1 FOR 2) FROM orders -- comment\n /* more */ LIMIT 3 OFFSET 1");

  private SqlShapes() {}
}

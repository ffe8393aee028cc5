SELECT CAST(SUM("amount") AS DECIMAL(38, 2)) AS "revenue",
  CAST(AVG("quantity") AS DOUBLE PRECISION) AS "mean_quantity",
  PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY CAST("amount" AS DOUBLE PRECISION)) AS "amount_p95"
FROM "orders"

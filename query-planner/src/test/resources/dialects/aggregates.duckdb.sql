SELECT SUM("amount") AS "revenue",
  AVG("quantity") AS "mean_quantity",
  APPROX_QUANTILE(CAST("amount" AS DOUBLE) , 0.95) AS "amount_p95"
FROM "orders"

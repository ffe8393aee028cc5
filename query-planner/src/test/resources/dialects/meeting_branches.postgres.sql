SELECT "customer",
  CAST(MAX("revenue") AS DECIMAL(38, 2)) AS "revenue",
  MAX("tickets") AS "tickets"
FROM (SELECT "customer_id" AS "customer",
        CAST(SUM("amount") AS DECIMAL(38, 2)) AS "revenue",
        CAST(NULL AS BIGINT) AS "tickets"
      FROM "orders"
      GROUP BY "customer_id"
      UNION ALL
      SELECT "customer_id" AS "customer",
        CAST(NULL AS DECIMAL(38, 2)) AS "revenue",
        COUNT("ticket_id") AS "tickets"
      FROM "tickets"
      GROUP BY "customer_id") AS "t5"
GROUP BY "customer"

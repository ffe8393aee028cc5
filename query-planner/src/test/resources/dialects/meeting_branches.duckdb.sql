SELECT COALESCE("t0"."customer", "t2"."customer") AS "customer",
  "t0"."revenue",
  "t2"."tickets"
FROM (SELECT "customer_id" AS "customer",
        CASE WHEN SUM("amount") IS NOT NULL THEN SUM("amount") ELSE NULL END AS "revenue"
    FROM "orders"
    GROUP BY "customer_id") AS "t0"
  FULL JOIN (SELECT "customer_id" AS "customer",
      COUNT("ticket_id") AS "tickets"
    FROM "tickets"
    GROUP BY "customer_id") AS "t2" ON "t0"."customer" IS NOT DISTINCT FROM "t2"."customer"

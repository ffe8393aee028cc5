SELECT "t2"."metric_time__week#calendar" AS "metric_time__week",
  "t5"."revenue_every_day"
FROM (SELECT "metric_time__week#calendar"
    FROM (SELECT CAST(DATE_TRUNC('week', CAST(CAST(GENERATE_SERIES(CAST(MIN("ordered_on") AS TIMESTAMP), CAST(MAX("ordered_on") AS TIMESTAMP), INTERVAL '1 day') AS DATE) AS TIMESTAMP)) AS DATE) AS "metric_time__week#calendar"
        FROM "orders") AS "t1"
    GROUP BY "metric_time__week#calendar") AS "t2"
  LEFT JOIN (SELECT CAST(DATE_TRUNC('week', CAST("ordered_on" AS TIMESTAMP)) AS DATE) AS "metric_time__week",
      CAST(SUM("amount") AS DECIMAL(38, 2)) AS "revenue_every_day"
    FROM "orders"
    GROUP BY CAST(DATE_TRUNC('week', CAST("ordered_on" AS TIMESTAMP)) AS DATE)) AS "t5" ON "t2"."metric_time__week#calendar" = "t5"."metric_time__week"

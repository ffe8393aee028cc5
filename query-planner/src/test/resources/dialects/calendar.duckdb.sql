SELECT "t3"."metric_time__week#calendar" AS "metric_time__week",
  "t5"."revenue_every_day"
FROM (SELECT "metric_time__week#calendar"
    FROM (SELECT CAST(DATE_TRUNC('week', CAST(UNNEST(GENERATE_SERIES(CAST(MIN("ordered_on") AS TIMESTAMP), CAST(MAX("ordered_on") AS TIMESTAMP), INTERVAL '1 day')) AS DATE)) AS DATE) AS "metric_time__week#calendar"
        FROM "orders") AS "t2"
    GROUP BY "metric_time__week#calendar") AS "t3"
  LEFT JOIN (SELECT CAST(DATE_TRUNC('week', "ordered_on") AS DATE) AS "metric_time__week",
        CASE WHEN SUM("amount") IS NOT NULL THEN SUM("amount") ELSE NULL END AS "revenue_every_day"
    FROM "orders"
    GROUP BY CAST(DATE_TRUNC('week', "ordered_on") AS DATE)) AS "t5" ON "t3"."metric_time__week#calendar" = "t5"."metric_time__week"

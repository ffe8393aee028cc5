SELECT CAST(EXTRACT(ISODOW FROM (("opened_at" AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin')) AS BIGINT) AS "metric_time__extract_dow",
  COUNT("ticket_id") AS "tickets"
FROM "tickets"
GROUP BY CAST(EXTRACT(ISODOW FROM (("opened_at" AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin')) AS BIGINT)

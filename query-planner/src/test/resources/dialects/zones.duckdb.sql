SELECT EXTRACT(ISODOW FROM (("opened_at" AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin')) AS "metric_time__extract_dow",
  COUNT("ticket_id") AS "tickets"
FROM "tickets"
GROUP BY EXTRACT(ISODOW FROM (("opened_at" AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin'))

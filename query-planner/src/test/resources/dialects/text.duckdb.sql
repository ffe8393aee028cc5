SELECT "status" AS "order__status",
  MAX("status") AS "last_status"
FROM "orders"
WHERE "status" > 'p' AND "status" LIKE 'pa%'
GROUP BY "status"
ORDER BY "status"

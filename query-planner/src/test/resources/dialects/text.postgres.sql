SELECT CAST("status" AS TEXT) COLLATE "C" AS "order__status",
  MAX(CAST("status"  AS TEXT) COLLATE "C") AS "last_status"
FROM "orders"
WHERE CAST("status" AS TEXT) COLLATE "C" > 'p' AND CAST("status" AS TEXT) LIKE 'pa%'
GROUP BY "status"
ORDER BY 1

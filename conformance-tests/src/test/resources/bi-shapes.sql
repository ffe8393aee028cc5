-- Power BI: nested table with a limit
select "c0" as "c0", "a0" as "a0" from (select "rows"."customer__country" as "c0", sum("rows"."revenue") as "a0" from "public"."orders" "rows" group by "rows"."customer__country") "_" where not "a0" is null order by "a0" desc, "c0" limit 3
-- =
select customer__country, sum(amount) r from flat group by 1 having sum(amount) is not null order by r desc, 1 limit 3

-- FETCH FIRST with quoted aliases that hold spaces
select "o"."order__status" as "Order Status", sum("o"."revenue") as "Total Revenue" from "public"."orders" "o" group by "o"."order__status" order by "Total Revenue" desc nulls last fetch first 2 rows only
-- =
select order__status, sum(amount) r from flat group by 1 order by r desc nulls last limit 2

-- OFFSET before FETCH
select order__status, measure(orders) n from orders group by 1 order by n desc, order__status nulls last offset 1 rows fetch next 2 rows only
-- =
select order__status, count(order_id) n from flat group by 1 order by n desc, 1 nulls last limit 2 offset 1

-- ROLLUP with GROUPING labels
select case when grouping(customer__segment) = 1 then 'all' else customer__segment end as s, case when grouping(order__status) = 1 then 'all' else order__status end as t, sum(revenue) from orders group by rollup(customer__segment, order__status)
-- =
select case when grouping(customer__segment) = 1 then 'all' else customer__segment end, case when grouping(order__status) = 1 then 'all' else order__status end, sum(amount) from flat group by rollup(customer__segment, order__status)

-- CUBE of measures that do not merge
select customer__segment, order__gift, measure(buyers), measure(median_order), grouping(customer__segment, order__gift) from orders group by cube(customer__segment, order__gift)
-- =
select customer__segment, order__gift, count(distinct customer_id), quantile_cont(amount::double, 0.5), grouping(customer__segment, order__gift) from flat group by cube(customer__segment, order__gift)

-- GROUPING SETS sorted by what is grouped
select customer__segment, order__status, measure(order_value) v from orders group by grouping sets ((customer__segment), (order__status), ()) order by grouping(customer__segment), grouping(order__status), customer__segment nulls last, order__status nulls last
-- =
select customer__segment, order__status, sum(amount) / nullif(count(order_id), 0) v from flat group by grouping sets ((customer__segment), (order__status), ()) order by grouping(customer__segment), grouping(order__status), customer__segment nulls last, order__status nulls last

-- Share of total by a window over a measure
select order__status, sum(revenue) / sum(sum(revenue)) over () as share from orders group by order__status
-- =
select order__status, sum(amount) / sum(sum(amount)) over () from flat group by 1

-- Share within a parent by a partitioned window
select customer__segment, order__status, measure(revenue) / sum(measure(revenue)) over (partition by customer__segment) as share from orders where revenue is not null group by 1, 2
-- =
select customer__segment, order__status, sum(amount) / nullif(sum(sum(amount)) over (partition by customer__segment), 0) from flat where amount is not null group by 1, 2

-- Running total by month
select date_trunc('month', metric_time) m, sum(sum(revenue)) over (order by date_trunc('month', metric_time) rows between unbounded preceding and current row) running from orders group by 1 order by 1
-- =
select date_trunc('month', metric_time) m, sum(sum(amount)) over (order by date_trunc('month', metric_time) rows between unbounded preceding and current row) from flat group by 1 order by 1

-- Month over month by LAG in an outer block
select m, r, r - lag(r) over (order by m) as growth from (select date_trunc('month', metric_time) m, measure(revenue) r from orders where metric_time is not null group by 1) t order by m
-- =
select m, r, r - lag(r) over (order by m) from (select date_trunc('month', metric_time) m, sum(amount) r from flat where metric_time is not null group by 1) t order by m

-- Top one of each group by ROW_NUMBER
select s, c, r from (select customer__segment s, customer__country c, measure(revenue) r, row_number() over (partition by customer__segment order by measure(revenue) desc nulls last, customer__country nulls last) n from orders group by 1, 2) t where n = 1
-- =
select s, c, r from (select customer__segment s, customer__country c, sum(amount) r, row_number() over (partition by customer__segment order by sum(amount) desc nulls last, customer__country nulls last) n from flat group by 1, 2) t where n = 1

-- QUALIFY in one block
select customer__segment s, customer__country c, measure(revenue) r from orders group by 1, 2 qualify rank() over (partition by customer__segment order by measure(revenue) desc nulls last) = 1
-- =
select customer__segment s, customer__country c, sum(amount) r from flat group by 1, 2 qualify rank() over (partition by customer__segment order by sum(amount) desc nulls last) = 1

-- Numeric bins
select floor(order__rating / 2.0) * 2 as bin, count(*), sum(revenue) from orders group by floor(order__rating / 2.0) * 2
-- =
select floor(order__rating / 2.0) * 2, count(*), sum(amount) from flat group by 1

-- WIDTH_BUCKET of a dimension
select width_bucket(order__rating, 0, 6, 3) b, measure(orders) from orders where order__rating is not null group by 1
-- =
select case when order__rating < 2 then 1 when order__rating < 4 then 2 else 3 end, count(order_id) from flat where order__rating is not null group by 1

-- Histogram of a metric per customer
select floor(r / 50) * 50 as bin, count(*) as customers from (select customer, sum(revenue) r from orders where customer is not null group by 1) t group by 1
-- =
select floor(r / 50) * 50, count(*) from (select customer, sum(amount) r from flat where customer is not null group by 1) t group by 1

-- Nested CASE over a measure and a key
select customer__segment, case when sum(revenue) > 200 then case when customer__segment = 'gold' then 'top gold' else 'top' end when sum(revenue) is null then 'none' else 'rest' end as class from orders group by customer__segment
-- =
select customer__segment, case when sum(amount) > 200 then case when customer__segment = 'gold' then 'top gold' else 'top' end when sum(amount) is null then 'none' else 'rest' end from flat group by 1

-- CASE with several values for a WHEN
select case order__status when 'paid', 'open' then 'live' when 'void' then 'dead' else 'other' end s, measure(revenue) from orders group by 1
-- =
select case when order__status in ('paid', 'open') then 'live' when order__status = 'void' then 'dead' else 'other' end, sum(amount) from flat group by 1

-- Pivot by conditional aggregates
select customer__segment, sum(case when order__status = 'paid' then revenue else 0 end) as paid, sum(case when order__status = 'open' then revenue end) as open from orders group by customer__segment
-- =
select customer__segment, sum(case when order__status = 'paid' then amount else 0 end), sum(case when order__status = 'open' then amount end) from flat group by 1

-- Pivot by FILTER
select customer__segment, measure(revenue) filter (where order__status = 'paid') p, measure(orders) filter (where order__gift) g from orders group by 1
-- =
select customer__segment, sum(amount) filter (where order__status = 'paid'), count(order_id) filter (where order__gift) from flat group by 1

-- IN a grouped sub-query (top countries)
select customer__country, order__status, sum(revenue) from orders where customer__country in (select c from (select customer__country c, sum(revenue) r from orders group by 1 order by r desc nulls last limit 2) t) group by 1, 2
-- =
select customer__country, order__status, sum(amount) from flat where customer__country in (select c from (select customer__country c, sum(amount) r from flat group by 1 order by r desc nulls last limit 2) t) group by 1, 2

-- NOT IN a sub-query
select measure(revenue), count(*) from orders where order__status not in (select order__status from orders where order__status is not null group by 1 having measure(revenue) < 1)
-- =
select sum(amount), count(*) from flat where order__status not in (select order__status from flat where order__status is not null group by 1 having sum(amount) < 1)

-- Correlated EXISTS
select o.order__status, measure(o.revenue) from orders o where exists (select 1 from visits v where v.customer = o.customer and v.visit__channel = 'web') group by 1
-- =
select order__status, sum(amount) from flat o where exists (select 1 from shop.visits v where v.customer_id = o.customer and v.channel = 'web') group by 1

-- Correlated NOT EXISTS
select measure(o.orders) from orders o where not exists (select 1 from visits v where v.customer = o.customer)
-- =
select count(order_id) from flat o where not exists (select 1 from shop.visits v where v.customer_id = o.customer)

-- Scalar sub-query as a reference line
select order__status, measure(revenue) r, (select measure(revenue) from orders) as all_of_it from orders group by 1
-- =
select order__status, sum(amount), (select sum(amount) from flat) from flat group by 1

-- HAVING against a scalar sub-query
select customer, sum(revenue) r from orders where customer is not null group by 1 having sum(revenue) > (select avg(r) from (select customer, sum(revenue) r from orders where customer is not null group by 1) t)
-- =
select customer, sum(amount) r from flat where customer is not null group by 1 having sum(amount) > (select avg(r) from (select customer, sum(amount) r from flat where customer is not null group by 1) t)

-- FULL JOIN of two grouped blocks, USING
select coalesce(a.s, b.s), a.r, b.n from (select customer__segment s, measure(revenue) r from orders where order__gift group by 1) a full join (select customer__segment s, measure(orders) n from orders where not order__gift group by 1) b using (s)
-- =
select s, a.r, b.n from (select customer__segment s, sum(amount) r from flat where order__gift group by 1) a full join (select customer__segment s, count(order_id) n from flat where not order__gift group by 1) b using (s)

-- This period beside the one before by a self join
select c.m, c.r, p.r from (select date_trunc('month', metric_time) m, sum(revenue) r from orders group by 1) c left join (select date_trunc('month', metric_time) + interval '1 month' m, sum(revenue) r from orders group by 1) p on c.m = p.m
-- =
select c.m, c.r, p.r from (select date_trunc('month', metric_time) m, sum(amount) r from flat group by 1) c left join (select date_trunc('month', metric_time) + interval '1 month' m, sum(amount) r from flat group by 1) p on c.m = p.m

-- UNION ALL of a total and its parts
select order__status as k, sum(revenue) as r from orders group by 1 union all select 'total', sum(revenue) from orders
-- =
select order__status, sum(amount) from flat group by 1 union all select 'total', sum(amount) from flat

-- Chained CTEs with renamed columns
with base(s, r, n) as (select order__status, measure(revenue), measure(orders) from orders group by 1), ranked as (select s, r / nullif(n, 0) v, dense_rank() over (order by n desc) d from base) select * from ranked where d <= 2
-- =
with base(s, r, n) as (select order__status, sum(amount), count(order_id) from flat group by 1), ranked as (select s, r / nullif(n, 0) v, dense_rank() over (order by n desc) d from base) select * from ranked where d <= 2

-- Superset: time grain column under an alias that is quoted
select date_trunc('week', "metric_time") as "__timestamp", sum("revenue") as "SUM(revenue)" from "public"."orders" where "metric_time" >= to_timestamp('2026-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') and "metric_time" < to_timestamp('2026-04-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') group by date_trunc('week', "metric_time") order by "SUM(revenue)" desc, "__timestamp" limit 1000
-- =
select date_trunc('week', metric_time) w, sum(amount) r from flat where metric_time >= timestamp '2026-01-01' and metric_time < timestamp '2026-04-01' group by 1 order by r desc, w

-- Metabase: source query in brackets with count and sum
select "source"."order__status" as "order__status", count(*) as "count", sum("source"."revenue") as "sum" from (select "public"."orders"."order__status" as "order__status", "public"."orders"."revenue" as "revenue", "public"."orders"."metric_time" as "metric_time" from "public"."orders" where "public"."orders"."order__gift" = true) as "source" group by "source"."order__status" order by "source"."order__status" asc
-- =
select order__status, count(*), sum(amount) from flat where order__gift group by 1 order by 1

-- Metabase: relative dates
select count(*) as "count" from "public"."orders" where ("public"."orders"."metric_time" >= cast((cast(timestamp '2026-03-20 00:00:00' as timestamp) + (interval '-60 day')) as date) and "public"."orders"."metric_time" < cast(timestamp '2026-03-20 00:00:00' as date))
-- =
select count(*) from flat where metric_time >= date '2026-01-19' and metric_time < date '2026-03-20'

-- Tableau: quarters and years by EXTRACT
select extract(year from metric_time) as "yr:metric_time:ok", extract(quarter from metric_time) as "qr:metric_time:ok", sum(revenue) as "sum:revenue:ok" from orders group by 1, 2
-- =
select extract(year from metric_time), extract(quarter from metric_time), sum(amount) from flat group by 1, 2

-- Tableau: level of detail as a joined sub-query
select t0.customer__segment, avg(t1.r) from (select customer, customer__segment from orders group by 1, 2) t0 inner join (select customer, sum(revenue) r from orders group by 1) t1 on t0.customer is not distinct from t1.customer group by 1
-- =
select t0.customer__segment, avg(t1.r) from (select customer, customer__segment from flat group by 1, 2) t0 inner join (select customer, sum(amount) r from flat group by 1) t1 on t0.customer is not distinct from t1.customer group by 1

-- Looker: a filter on a measure and NULL-safe formatting
select customer__country as "orders.country", coalesce(sum(revenue), 0) as "orders.total" from orders as orders where (order__status <> 'void' or order__status is null) group by 1 having not coalesce(coalesce(sum(revenue), 0) = 0, true) order by 2 desc limit 500
-- =
select customer__country, coalesce(sum(amount), 0) t from flat where order__status <> 'void' or order__status is null group by 1 having coalesce(sum(amount), 0) <> 0 order by t desc

-- Looker: yes and no
select case when order__gift then 'Yes' else 'No' end as is_gift, count(distinct customer) as customers, count(distinct case when order__status = 'paid' then customer end) as payers from orders group by 1 order by 1
-- =
select case when order__gift then 'Yes' else 'No' end, count(distinct customer_id), count(distinct case when order__status = 'paid' then customer_id end) from flat group by 1 order by 1

-- Quicksight: distinct values for a filter
select distinct customer__segment from (select * from orders) t where customer__segment like '%l%' order by 1 limit 100
-- =
select distinct customer__segment from flat where customer__segment like '%l%' order by 1

-- Percentiles over rows beside a governed one
select percentile_cont(0.9) within group (order by revenue), measure(order_p75), stddev_samp(revenue), var_pop(revenue) from orders
-- =
select quantile_cont(amount, 0.9)::double, quantile_cont(amount::double, 0.75), stddev_samp(amount), var_pop(amount) from flat

-- The aggregate of an expression over rows
select customer__segment, sum(revenue * 1.19), avg(revenue + 1), max(revenue) - min(revenue) from orders group by 1
-- =
select customer__segment, sum(amount * 1.19), avg(amount + 1), max(amount) - min(amount) from flat group by 1

-- A ratio of metrics, weighted over what was grouped before
select sum(r) / nullif(sum(n), 0), avg(v) from (select customer__country c, measure(revenue) r, measure(orders) n, measure(order_value) v from orders group by 1) t
-- =
select sum(r) / nullif(sum(n), 0), avg(v) from (select customer__country, sum(amount) r, count(order_id) n, sum(amount) / nullif(count(order_id), 0) v from flat group by 1) t

-- Row-level drill through
select "order", order__status, revenue, customer__name from orders where customer__country = 'DE' and metric_time >= '2026-01-10' order by "order" desc limit 20
-- =
select "order", order__status, amount, customer__name from flat where customer__country = 'DE' and metric_time >= timestamp '2026-01-10' order by 1 desc

-- Days between, by age of customer
select datediff('day', customer__signed_up, metric_time) / 30 as months, measure(orders) from orders where customer__signed_up is not null and metric_time is not null group by 1
-- =
select date_diff('day', customer__signed_up, metric_time::date) / 30, count(order_id) from flat where customer__signed_up is not null and metric_time is not null group by 1

-- Moving average over a frame of days
select d, r, avg(r) over (order by d rows between 2 preceding and current row) from (select cast(metric_time as date) d, sum(revenue) r from orders where metric_time is not null group by 1) t order by d
-- =
select d, r, avg(r) over (order by d rows between 2 preceding and current row) from (select cast(metric_time as date) d, sum(amount) r from flat where metric_time is not null group by 1) t order by d

-- GROUP BY ALL with an alias in HAVING and ORDER BY
select customer__country, order__gift, measure(orders) as n from orders group by all having n > 1 order by n desc, customer__country nulls last, order__gift nulls last
-- =
select customer__country, order__gift, count(order_id) as n from flat group by all having count(order_id) > 1 order by n desc, 1 nulls last, 2 nulls last

-- INTERSECT and EXCEPT of blocks
(select customer__country from orders where order__gift intersect select customer__country from orders where not order__gift) except select 'ZZ'
-- =
(select customer__country from flat where order__gift intersect select customer__country from flat where not order__gift) except select 'ZZ'

-- QUALIFY sorted by what is not selected, with a limit
select customer__country c from orders group by 1 qualify row_number() over (order by sum(revenue) desc) <= 3 order by sum(revenue) desc, 1 limit 2
-- =
select customer__country c from flat group by 1 order by sum(amount) desc nulls last limit 2

-- LEFT JOIN of two grouped blocks, USING
select s, a.r, b.n from (select customer__segment s, measure(revenue) r from orders group by 1) a left join (select customer__segment s, measure(orders) n from orders where order__gift group by 1) b using (s)
-- =
select s, a.r, b.n from (select customer__segment s, sum(amount) r from flat group by 1) a left join (select customer__segment s, count(order_id) n from flat where order__gift group by 1) b using (s)

-- RIGHT JOIN, USING, sorted by the column of both
select s, a.r, b.n from (select customer__segment s, measure(revenue) r from orders where order__gift group by 1) a right join (select customer__segment s, measure(orders) n from orders group by 1) b using (s) order by s desc
-- =
select b.s, a.r, b.n from (select customer__segment s, sum(amount) r from flat where order__gift group by 1) a right join (select customer__segment s, count(order_id) n from flat group by 1) b on a.s = b.s order by b.s desc nulls last

-- NULLs come last, also downwards, also in windows
select order__status, rank() over (order by sum(revenue) desc) k from orders group by 1 order by sum(revenue) desc
-- =
select order__status, rank() over (order by sum(amount) desc nulls last) k from flat group by 1 order by k

-- Values of a parameter table joined
select v.label, measure(o.revenue) from orders o join (values ('paid', 'Paid'), ('open', 'Open')) v(code, label) on o.order__status = v.code group by 1
-- =
select case order__status when 'paid' then 'Paid' else 'Open' end, sum(amount) from flat where order__status in ('paid', 'open') group by 1

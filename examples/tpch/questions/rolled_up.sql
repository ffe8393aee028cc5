-- What a person would write for the questions of thirty.sx who knows the rollups: by number, with {NAME} for a rollup's table, {NAME.1} for its
-- second one. The benchmark puts the names in.

-- 1
select line__return_flag, line__status, sum(quantity), sum(gross_revenue), sum(revenue), sum(charge),
  sum(average_quantity_sum)::double / sum(average_quantity_count), sum(average_price_sum)::double / sum(average_price_count),
  sum(average_discount_sum)::double / sum(average_discount_count), sum(lines)
from {shipped_daily} where metric_time <= date '1998-09-02' group by 1, 2

-- 6
select supplier__nation__name, customer__nation__name, date_trunc('year', metric_time), sum(revenue) from {shipped_by_country}
where (supplier__nation__name = 'FRANCE' and customer__nation__name = 'GERMANY' or supplier__nation__name = 'GERMANY' and customer__nation__name = 'FRANCE')
  and metric_time >= date '1995-01-01' and metric_time < date '1997-01-01'
group by 1, 2, 3

-- 12
with p as (select date_trunc('month', metric_time) as m, sum(promo_revenue) as r from {shipped_daily.1}
  where metric_time >= date '1995-01-01' and metric_time < date '1996-01-01' group by 1),
  a as (select metric_time as m, sum(revenue) as r from {shipped_how} where metric_time >= date '1995-01-01' and metric_time < date '1996-01-01' group by 1)
select m, p.r::double / a.r, a.r from a left join p using (m)

-- 14
select metric_time, sum(revenue) from {shipped_how} group by 1 order by 1

-- 15
with l as (select metric_time as m, sum(revenue) as revenue from {shipped_how} group by 1),
  o as (select metric_time as m, sum(orders) as orders from {ordered_monthly} group by 1)
select coalesce(l.m, o.m), revenue, orders from l full join o on l.m = o.m

-- 16
with l as (select customer__nation__region__name as r, date_trunc('year', metric_time) as y, sum(revenue) as revenue from {shipped_by_country} group by 1, 2),
  o as (select customer__nation__region__name as r, date_trunc('year', metric_time) as y, sum(orders) as orders from {ordered_monthly} group by 1, 2)
select coalesce(l.r, o.r), coalesce(l.y, o.y), revenue::double / orders from l full join o on l.r = o.r and l.y = o.y

-- 17
select metric_time, customer__segment, orders, order_value, buyers from {buyers_quarterly}

-- 18
select part__brand, sum(revenue) as revenue, sum(quantity) from {brands} group by 1 order by revenue desc limit 10

-- 19
select customer__nation__region__name, date_trunc('year', metric_time) as y, grouping(customer__nation__region__name) = 1, grouping(y) = 1, sum(revenue)
from {shipped_by_country} group by rollup (customer__nation__region__name, y)

-- 20
with q as (select date_trunc('quarter', metric_time) as q, sum(revenue) as r from {shipped_how} group by 1)
select coalesce(now.q, before.q + interval 1 year), now.r, before.r, now.r - before.r, (now.r - before.r)::double / before.r
from q as now full join q as before on now.q = before.q + interval 1 year

-- 21
with days as (
  select metric_time as d, sum(revenue) as r from {shipped_daily} where metric_time > date '1996-10-03' and metric_time < date '1998-01-01' group by 1),
spine as (select d::date as d, r from (select unnest(generate_series(timestamp '1996-10-04', timestamp '1997-12-31', interval 1 day))::date as d) left join days using (d))
select d, s from (select d, sum(r) over (order by d rows between 89 preceding and current row) as s from spine) where d >= date '1997-01-01'

-- 22
with m as (select metric_time as m, sum(revenue) as r from {shipped_how} group by 1),
spine as (select m::date as m, r from (select unnest(generate_series(min(m)::timestamp, max(m), interval 1 month))::date as m from m) left join m using (m))
select m, sum(r) over (partition by year(m) order by m) from spine

-- 24
with n as (select supplier__nation__name as n, date_trunc('year', metric_time) as y, sum(revenue) as r from {shipped_by_country} group by 1, 2),
top as (select n from n group by 1 order by sum(r) desc, 1 limit 5)
select case when n in (from top) then n end, n not in (from top), y, sum(r) from n group by 1, 2, 3

-- 26
select metric_time, sum(lines), sum(lines) filter (where line__is_late), sum(lines) filter (where line__return_flag = 'R'),
  sum(lines) filter (where line__ship_mode in ('AIR', 'REG AIR')), sum(lines) filter (where line__is_late)::double / sum(lines)
from {shipped_how} group by 1

-- 27
select part__container, sum(profit)::double / sum(revenue), sum(profit) from {brands} group by 1

-- 30
with m as (select metric_time as m, customer__nation__region__name as n, sum(revenue) as r from {shipped_by_country} group by 1, 2)
select m, n, r, sum(r) over (partition by n order by m) from m

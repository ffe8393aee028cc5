-- SPDX-License-Identifier: Apache-2.0
-- The web shop's tables, in DuckDB's SQL. Variables: seed (which shop) and scale (how large; 1 = 5,000 customers, 30,000 orders).
-- Every value is a hash of its row's key, what it is for, and the seed: no random(), no clock, so a seed always gives the same shop.
-- What is planted on purpose, and kept by RetailDataTest:
--   orders without customer (1.5 %), of customers nobody knows (0.5 %), before their customer signed up (1 %), without lines (0.4 %)
--   rows that arrive late (3 % of orders, by hours to weeks), refunds without line or order, lines of unknown products
--   Garden sells nothing from December to February, nobody orders on 25 December, Pets has a budget but no products
--   a leap day, both Berlin clock changes, and instants that fall into another year in Berlin: orders 1 to 9

-- Hashed twice: the low bits of one hash of several values say little about all but the first.
create macro draw(purpose, key, n) as cast(hash(hash(key, purpose, getvariable('seed'))) % n as bigint);

create table calendar as
  select calendar_day,
         make_date(year(calendar_day - interval 1 month), 2, 1) as fiscal_year,
         cast(date_trunc('quarter', calendar_day - interval 1 month) + interval 1 month as date) as fiscal_quarter
  from (select cast(unnest(generate_series(date '2022-01-01', date '2027-12-31', interval 1 day)) as date) as calendar_day);

create table countries (country varchar, country_name varchar, region varchar, in_european_union boolean);
insert into countries values
  ('DE', 'Germany', 'Europe', true), ('FR', 'France', 'Europe', true), ('NL', 'Netherlands', 'Europe', true),
  ('SE', 'Sweden', 'Europe', true), ('GB', 'United Kingdom', 'Europe', false), ('US', 'United States', 'Americas', false),
  ('CA', 'Canada', 'Americas', false), ('IS', 'Iceland', 'Europe', false);

create table currencies (currency varchar, currency_name varchar, symbol varchar, euros decimal(10, 4));
insert into currencies values
  ('EUR', 'Euro', '€', 1), ('GBP', 'Pound sterling', '£', 1.17), ('SEK', 'Swedish krona', 'kr', 0.088), ('USD', 'US dollar', '$', 0.92);

create table categories (category varchar, department varchar, manager varchar);
insert into categories values
  ('Books', 'Leisure', 'Ines'), ('Music', 'Leisure', 'Ines'), ('Toys', 'Leisure', 'Noah'), ('Sports', 'Leisure', 'Noah'),
  ('Kitchen', 'Living', 'Mara'), ('Home', 'Living', 'Mara'), ('Garden', 'Living', 'Otto'), ('Electronics', 'Technology', 'Otto'),
  ('Pets', 'Living', 'Mara');

create table products as
  select product_id,
         ['Compact', 'Classic', 'Modern', 'Rustic', 'Bright', 'Quiet'][1 + draw('product.adjective', product_id, 6)] || ' '
           || ['set', 'kit', 'box', 'edition', 'pack', 'bundle', 'piece'][1 + draw('product.noun', product_id, 7)] || ' ' || product_id
           as product_name,
         case when product_id % 37 <> 0
           then ['Garden', 'Books', 'Music', 'Toys', 'Sports', 'Kitchen', 'Home', 'Electronics'][1 + product_id % 8] end as category,
         case when draw('product.brand', product_id, 25) > 0
           then ['Alder', 'Birch', 'Cedar', 'Elm', 'Fir', 'Hazel', 'Juniper', 'Maple', 'Oak', 'Pine'][1 + draw('product.name', product_id, 10)]
           end as brand,
         cast(p.cents / 100 as decimal(10, 2)) as price,
         cast(p.cents * (40 + draw('product.cost', product_id, 35)) / 10000 as decimal(10, 2)) as unit_cost,
         date '2022-01-01' + cast(draw('product.launch', product_id, 365) as integer) as launched_on,
         case when draw('product.end', product_id, 12) = 0
           then date '2024-06-01' + cast(draw('product.ended', product_id, 500) as integer) end as discontinued_on
  from (select product_id, 295 + 5 * (draw('product.price', product_id, 50) * draw('product.class', product_id, 60)) as cents
        from range(1, 101 + 20 * getvariable('scale')) t(product_id)) p;

create table tags (tag_id integer, tag varchar, tag_group varchar);
insert into tags values
  (1, 'organic', 'origin'), (2, 'local', 'origin'), (3, 'recycled', 'origin'), (4, 'bestseller', 'promotion'), (5, 'clearance', 'promotion'),
  (6, 'new', 'promotion'), (7, 'kids', 'audience'), (8, 'professional', 'audience'), (9, 'gift idea', 'audience'), (10, 'seasonal', null);

create table product_tags as
  select product_id, tag_id from products, tags where draw('tag', product_id * 100 + tag_id, 100) < 22 order by all;

create table depots (depot_id integer, depot_name varchar, country varchar);
insert into depots values (1, 'Leipzig', 'DE'), (2, 'Rotterdam', 'NL'), (3, 'Columbus', 'US');

create table customer_heads as
  select customer_id,
         ['Ada', 'Ben', 'Cleo', 'Dina', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'June', 'Kai', 'Lea'][1 + draw('customer.first', customer_id, 12)]
           || ' ' || ['Abel', 'Brandt', 'Costa', 'Dubois', 'Evans', 'Fischer', 'Garcia', 'Holm'][1 + draw('customer.last', customer_id, 8)]
           as customer_name,
         case when draw('customer.email', customer_id, 50) > 0 then 'customer' || customer_id || '@example.org' end as email,
         case when draw('customer.located', customer_id, 100) > 2
           then ['DE', 'DE', 'DE', 'DE', 'FR', 'FR', 'NL', 'SE', 'GB', 'GB', 'US', 'US', 'US', 'CA'][1 + draw('customer.country', customer_id, 14)]
           end as country,
         date '2022-07-01' + cast(least(draw('customer.signup', customer_id, 1263), draw('customer.early', customer_id, 1263)) as integer) as signed_up_on,
         draw('customer.newsletter', customer_id, 5) < 2 as newsletter
  from range(1, 1 + 5000 * getvariable('scale')) t(customer_id);

-- Type 2: one to three versions a customer, never overlapping, half-open; 2 % closed their account for ten days between two versions.
create table customer_history as
  with versions as (
    select customer_id, country, signed_up_on, version, versions,
           signed_up_on + cast(version * (span // versions) + case when version = 0 then 0
             else draw('history.shift', customer_id * 10 + version, greatest(span // versions - 15, 1)) end as integer) as valid_from
    from (select customer_id, country, signed_up_on, 1 + draw('history.versions', customer_id, 3) as versions,
                 date '2026-01-31' - signed_up_on as span
          from customer_heads) c, range(3) v(version)
    where version < versions)
  select customer_id, valid_from,
         lead(valid_from) over w - cast(case when draw('history.closed', customer_id, 50) = 0 then 10 else 0 end as integer) as valid_to,
         case when version = 0 and versions > 1 then 'new' when draw('history.segment', customer_id * 10 + version, 10) < 6 then 'regular'
              when draw('history.segment', customer_id * 10 + version, 10) < 8 then 'vip' else 'dormant' end as segment,
         case when version + 1 = versions or draw('history.moved', customer_id, 10) > 0 then country else 'IS' end as country
  from versions window w as (partition by customer_id order by valid_from) order by customer_id, valid_from;

create table customers as
  select c.*, h.segment from customer_heads c join customer_history h using (customer_id) where valid_to is null order by customer_id;

create table fixed_instants (order_id bigint, instant timestamp);
insert into fixed_instants values
  (1, '2024-02-29 12:00:00'), (2, '2024-03-31 00:30:00'), (3, '2024-03-31 01:30:00'), (4, '2024-10-27 00:30:00'), (5, '2024-10-27 01:30:00'),
  (6, '2023-12-31 23:30:00'), (7, '2024-12-31 22:59:59'), (8, '2025-12-31 23:59:59'), (9, '2023-01-01 00:00:00');

-- Customers with small numbers order most (a product of two draws), and only after they signed up, with a peak before Christmas.
create table order_heads as
  with asked as (
    select order_id,
           case when draw('order.nobody', order_id, 1000) < 15 then null
                when draw('order.unknown', order_id, 1000) < 5 then 900000000 + draw('order.stranger', order_id, 50)
                else 1 + draw('order.customer', order_id, 5000 * getvariable('scale'))
                       * draw('order.habit', order_id, 1000) // 1000 end as customer_id
    from range(1, 1 + 30000 * getvariable('scale')) t(order_id)),
  dated as (
    select order_id, a.customer_id, c.country, first_day,
           first_day + cast(draw('order.day', order_id, date '2026-01-01' - first_day) as integer) as some_day
    from (select a.*, case when draw('order.early', order_id, 100) = 0 then date '2023-01-01'
                           else greatest(coalesce(c.signed_up_on, date '2023-01-01'), date '2023-01-01') end as first_day
          from asked a left join customers c using (customer_id)) a
    left join customers c using (customer_id)),
  peaked as (
    select *, case when draw('order.season', order_id, 8) = 0
                     and make_date(year(some_day), 11, 15) >= first_day
                then make_date(year(some_day), 11, 15) + cast(draw('order.advent', order_id, 39) as integer) else some_day end as peak_day
    from dated)
  select p.order_id, customer_id,
         coalesce(f.instant, cast(case when month(peak_day) = 12 and day(peak_day) = 25 then peak_day + 1 else peak_day end as timestamp)
           + to_seconds((draw('order.second', p.order_id, 86400) + draw('order.noon', p.order_id, 86400)) // 2)) as ordered_at,
         case when draw('order.located', p.order_id, 100) = 0 then null
              when country is null then ['DE', 'FR', 'GB', 'US'][1 + draw('order.shipping', p.order_id, 4)] else country end as shipping_country,
         ['search', 'search', 'search', 'direct', 'direct', 'email', 'email', 'social', 'affiliate', null]
           [1 + draw('order.channel', p.order_id, 10)] as channel
  from peaked p left join fixed_instants f using (order_id) order by p.order_id;

create table order_items as
  with lines as (
    select order_id, ordered_at, cast(line_no as integer) as line_no, order_id * 8 + line_no as item
    from (select order_id, ordered_at, case when draw('order.empty', order_id, 1000) < 4 then 0 else 1 + draw('order.lines', order_id, 4) end
                 as line_count
          from order_heads) o, range(1, 5) l(line_no)
    where line_no <= line_count),
  chosen as (
    select *, case when draw('item.unknown', item, 1000) = 0 then 990000
                   else 1 + draw('item.product', item, 95 + 20 * getvariable('scale')) * draw('item.taste', item, 100) // 100 end as wish
    from lines),
  sold as (   -- Garden is closed in winter: its buyers take the book beside it
    select *, case when wish % 8 = 0 and month(ordered_at) in (12, 1, 2) and wish < 990000 then wish + 1 else wish end as product_id
    from chosen)
  select order_id, line_no, s.product_id, ordered_at,
         cast([1, 1, 1, 1, 2, 2, 3, 6][1 + draw('item.quantity', item, 8)] as integer) as quantity,
         cast(coalesce(p.price, 20) as decimal(10, 2)) as unit_price,
         cast(case when draw('item.discounted', item, 10) < 3 then coalesce(p.price, 20) * (5 + draw('item.discount', item, 6) * 5) / 100
              else 0 end as decimal(10, 2)) as discount,
         p.unit_cost
  from sold s left join products p using (product_id) order by order_id, line_no;

create table orders as
  with totals as (select order_id, sum(quantity * unit_price - discount) as amount from order_items group by order_id),
  costs as (
    select *, cast([0, 4.9, 4.9, 4.9, 9.9, null][1 + case when draw('order.free', order_id, 50) = 0 then 5
                     else draw('order.shipping_cost', order_id, 5) end] as decimal(10, 2)) as shipping_cost
    from order_heads)
  select order_id, customer_id, ordered_at,
         ordered_at + case when draw('order.late', order_id, 100) < 3 then to_hours(2 + draw('order.lateness', order_id, 500))
                           else to_seconds(1 + draw('order.delay', order_id, 90)) end as created_at,
         ['completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'completed',
          'completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'shipped', 'pending', 'cancelled', 'returned']
           [1 + draw('order.status', order_id, 20)] as status,
         channel,
         case when shipping_country = 'GB' then 'GBP' when shipping_country = 'SE' then 'SEK' when shipping_country in ('US', 'CA') then 'USD'
              else 'EUR' end as currency,
         shipping_country,
         case when draw('order.elsewhere', order_id, 8) > 0 then shipping_country
              else ['DE', 'FR', 'NL', 'US', 'IS', null][1 + draw('order.billing', order_id, 6)] end as billing_country,
         shipping_cost,
         cast(coalesce(amount, 0) + coalesce(shipping_cost, 0) as decimal(12, 2)) as order_total,
         draw('order.gift', order_id, 12) = 0 as is_gift
  from costs left join totals using (order_id) order by order_id;

create table refunds as
  with asked as (
    select 0 as kind, order_id, line_no, ordered_at, order_id * 8 + line_no as item,
           cast((quantity * unit_price - discount) * [1, 1, 1, 0.5][1 + draw('refund.share', order_id * 8 + line_no, 4)] as decimal(10, 2)) as amount
    from order_items where draw('refund', order_id * 8 + line_no, 100) < 4
    union all   -- only the shipping cost came back: an order, but no line
    select 1, order_id, null, ordered_at, order_id * 8, shipping_cost
    from orders where shipping_cost > 0 and draw('refund.shipping', order_id, 200) = 0
    union all   -- goodwill: no order at all
    select 2, null, null, timestamp '2023-01-10 09:00:00' + to_hours(draw('refund.goodwill', i, 25000)), -i, 10 + draw('refund.gift', i, 4) * 5
    from range(1, 1 + 20 * getvariable('scale')) t(i))
  select row_number() over (order by kind, item) as refund_id, order_id, line_no,
         ordered_at + to_hours(20 + draw('refund.after', item, 900)) as refunded_at, amount,
         ['damaged', 'too late', 'changed mind', 'wrong item', null][1 + draw('refund.reason', item, 5)] as reason
  from asked order by refund_id;

-- Two kinds of visits: strollers, most of them unknown, and those before an order, most of them on the order's channel.
create table visits as
  with asked as (
    select i as visit,
           case when draw('visit.known', i, 10) < 3 then 1 + draw('visit.customer', i, 5000 * getvariable('scale')) end as customer_id,
           timestamp '2023-01-01' + to_seconds(draw('visit.start', i, 94694400)) as started_at,
           ['search', 'search', 'direct', 'email', 'social', 'social', 'affiliate', null][1 + draw('visit.channel', i, 8)] as channel
    from range(1, 1 + 40000 * getvariable('scale')) t(i)
    union all
    select 1000000000 + order_id, customer_id,
           ordered_at - case when draw('visit.soon', order_id, 10) < 6 then to_seconds(60 + draw('visit.minutes', order_id, 3600))
                             else to_minutes(60 + draw('visit.before', order_id, 15000)) end,
           case when draw('visit.same', order_id, 4) > 0 then channel else 'search' end
    from order_heads where draw('visit.seen', order_id, 10) < 7)
  select row_number() over (order by started_at, visit) as visit_id, customer_id,
         coalesce(customer_id, 5000000000 + draw('visit.visitor', visit, 15000 * getvariable('scale'))) as visitor_id,
         started_at, channel,
         ['desktop', 'phone', 'phone', 'tablet'][1 + draw('visit.device', visit, 4)] as device,
         case when draw('visit.landing', visit, 3) > 0 then 1 + draw('visit.product', visit, 100 + 20 * getvariable('scale')) end
           as landing_product_id,
         cast(1 + draw('visit.pages', visit, 12) * draw('visit.interest', visit, 2) as integer) as pages,
         cast(5 + draw('visit.seconds', visit, 900) as integer) as seconds
  from asked order by visit_id;

create table subscriptions as
  select row_number() over (order by customer_id) as subscription_id, customer_id, plan, mrr, started_on,
         case when draw('subscription.ends', customer_id, 100) < 45
           then started_on + cast(30 + draw('subscription.length', customer_id, 600) as integer) end as ended_on
  from (select customer_id, plan, cast(case plan when 'basic' then 4.99 when 'plus' then 9.99 else 19.99 end as decimal(10, 2)) as mrr,
               greatest(signed_up_on, date '2023-01-01') + cast(draw('subscription.start', customer_id, 60) as integer) as started_on
        from (select *, ['basic', 'basic', 'plus', 'premium'][1 + draw('subscription.plan', customer_id, 4)] as plan
              from customers where draw('subscription', customer_id, 100) < 15) c) s
  order by subscription_id;

-- One row a subscription and month that it is running on the first of; prices rose by 5 % in 2025.
create table subscription_months as
  select billed_on, subscription_id, customer_id, plan,
         cast(mrr * case when billed_on >= date '2025-01-01' then 1.05 else 1 end as decimal(10, 2)) as mrr
  from subscriptions, (select calendar_day as billed_on from calendar where day(calendar_day) = 1) m
  where billed_on between date '2023-01-01' and date '2025-12-01' and started_on <= billed_on and (ended_on is null or ended_on > billed_on)
  order by billed_on, subscription_id;

-- Counted every day; Rotterdam does not count on Sundays, and a product is counted until it is discontinued.
create table stock_counts as
  select calendar_day as counted_on, product_id, depot_id,
         cast(greatest(0, 40 + draw('stock.level', product_id * 10 + depot_id, 120)
           - (date_diff('day', date '2023-01-01', calendar_day) + product_id * 7) % 40 * (1 + draw('stock.speed', product_id, 4))) as integer) as on_hand
  from calendar, products, depots
  where calendar_day between date '2023-01-01' and date '2025-12-31' and (discontinued_on is null or calendar_day <= discontinued_on)
    and not (depot_id = 2 and dayofweek(calendar_day) = 0)
  order by counted_on, product_id, depot_id;

create table budgets as
  select calendar_day as budget_month, category,
         cast(getvariable('scale') * (year(calendar_day) - 2022) * (1500 + draw('budget', category || calendar_day, 15) * 100) as decimal(12, 2))
           as target
  from calendar, categories
  where day(calendar_day) = 1 and calendar_day between date '2023-01-01' and date '2025-12-01'
    and not (category = 'Music' and calendar_day < date '2024-01-01')
  order by budget_month, category;

create table tickets as
  with asked as (
    select ticket_id, case when draw('ticket.about', ticket_id, 10) < 6
                        then 1 + draw('ticket.order', ticket_id, 30000 * getvariable('scale')) end as order_id
    from range(1, 1 + 3000 * getvariable('scale')) t(ticket_id))
  select ticket_id, case when a.order_id is null then 1 + draw('ticket.customer', ticket_id, 5000 * getvariable('scale')) else o.customer_id end
           as customer_id,
         a.order_id,
         coalesce(o.ordered_at + to_hours(1 + draw('ticket.after', ticket_id, 400)),
           timestamp '2023-01-01' + to_minutes(draw('ticket.opened', ticket_id, 1578240))) as opened_at,
         ['delivery', 'delivery', 'product', 'payment', 'account'][1 + draw('ticket.topic', ticket_id, 5)] as topic,
         cast(2 + draw('ticket.wait', ticket_id, 40) * draw('ticket.queue', ticket_id, 40) as integer) as response_minutes,
         case when draw('ticket.rated', ticket_id, 2) = 0 then cast(1 + draw('ticket.stars', ticket_id, 5) as integer) end as satisfaction,
         draw('ticket.escalated', ticket_id, 9) = 0 as escalated
  from asked a left join orders o using (order_id) order by ticket_id;

-- What a churn model learns from: customers who ordered before, and whether they stayed away for 90 days.
create table churn_labels as
  select customer, label_at,
         not exists (from orders where customer_id = customer and ordered_at > label_at and ordered_at <= label_at + interval 90 day) as churned
  from (select distinct customer_id as customer, label_at
        from orders, (values (timestamp '2024-12-31'), (timestamp '2025-03-31'), (timestamp '2025-06-30'), (timestamp '2025-09-30')) l(label_at)
        where customer_id < 900000000 and ordered_at <= label_at and draw('label', customer_id, 3) = 0)
  order by label_at, customer;

drop table customer_heads;
drop table order_heads;
drop table fixed_instants;

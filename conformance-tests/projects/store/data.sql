create schema store;

create table store.customers as
  select i as customer_id, 'Customer ' || lpad(cast(i as varchar), 2, '0') as customer_name,
         case i % 3 when 0 then 'Consumer' when 1 then 'Corporate' else 'Home Office' end as segment,
         case i % 6 when 0 then 'North' when 1 then 'South' when 2 then 'East' when 3 then 'West' when 4 then '' end as region,
         date '2023-01-01' + cast((i * 37) % 700 as integer) as signed_up
  from range(1, 41) t(i);

create table store.products as
  select i as product_id, 'Product ' || chr(cast(64 + i as integer)) as product_name,
         case i % 4 when 0 then 'Toys' when 1 then 'Books' when 2 then 'Garden' else 'Music' end as category
  from range(1, 13) t(i);

-- Some orders have no customer, one that is not in the table, no date of shipping, or nothing said about being a gift.
create table store.orders as
  select i as order_id,
         timestamp '2024-01-01 00:00:00' + to_minutes(cast((i * 7919) % 788400 as bigint)) as ordered_at,
         case when i % 11 <> 0 then cast(date '2024-01-03' + cast((i * 7919) % 788400 // 1440 as integer) as date) end as shipped_on,
         case when i % 29 <> 0 then 1 + (i * 31) % 44 end as customer_id,
         1 + (i * 17) % 12 as product_id,
         case i % 5 when 0 then 'returned' when 1 then 'pending' else 'completed' end as status,
         case when i % 13 <> 0 then i % 7 = 0 end as gift,
         cast(1 + i % 9 as integer) as quantity,
         cast(5 + (i * 13) % 95 as decimal(10, 2)) + 0.25 as unit_price
  from range(1, 601) t(i);

create schema flat;
create view flat.sales as
  select o.order_id, o.ordered_at, o.shipped_on, o.customer_id, c.customer_name, c.segment, c.region, p.product_name, p.category, o.status, o.gift,
         o.quantity, o.unit_price, o.quantity * o.unit_price as revenue
  from store.orders o left join store.customers c on o.customer_id = c.customer_id left join store.products p on o.product_id = p.product_id;
create view flat.customers as select customer_id, customer_name, segment, region, signed_up from store.customers;

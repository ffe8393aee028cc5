create schema views;

-- 70,000 sales in 7 shops, of which the first three have a keeper.
create table views.sales as
  select r as sale_id, r % 7 as shop_id, r * 10 as amount, r % 2 = 0 as paid, date '2026-01-01' + cast(r % 7 as integer) as sold_on
  from range(70000) t(r);
create table views.keepers as
  select r as shop_id, 'keeper ' || r as keeper from range(3) t(r);

create view views.kept_sales as
  select sales.*, keeper from views.sales left join views.keepers on sales.shop_id = keepers.shop_id;
create view views.paid_sales as
  select * from views.kept_sales where paid;

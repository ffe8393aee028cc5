create schema shop;

create table shop.countries (country_code varchar(2), country_name varchar(40), continent varchar(20));
insert into shop.countries values
  ('DE', 'Germany', 'Europe'),
  ('FR', 'France', 'Europe'),
  ('US', 'United States', 'America'),
  ('XX', null, null);

-- Customer 4 has no country, 5 one that is not in the table; 6 never orders.
create table shop.customers (customer_id integer, name varchar(20), country_code varchar(2), segment varchar(10), signed_up date);
insert into shop.customers values
  (1, 'Ada', 'DE', 'gold', date '2025-12-30'),
  (2, 'Bob', 'FR', null, date '2026-01-05'),
  (3, 'Cid', 'DE', 'silver', date '2026-02-28'),
  (4, 'Dot', null, 'gold', null),
  (5, 'Eve', 'ZZ', 'silver', date '2026-01-31'),
  (6, 'Fay', 'US', '', date '2026-03-01');

-- Order 6 has no customer, 7 one that is not in the table, 5 no amount and no status, 11 no time. 1 and 10 have the same amount.
create table shop.orders (order_id integer, customer_id integer, status varchar(10), ordered_at timestamp, amount decimal(10, 2), rating integer, gift boolean);
insert into shop.orders values
  (1, 1, 'paid', timestamp '2026-01-05 10:00:00', 100.00, 5, true),
  (2, 1, 'paid', timestamp '2026-01-20 23:30:00', 50.00, null, false),
  (3, 2, 'open', timestamp '2026-01-31 23:59:59', 70.50, 3, false),
  (4, 2, 'paid', timestamp '2026-02-01 00:00:00', 29.50, 4, null),
  (5, 3, null, timestamp '2026-02-14 12:00:00', null, 2, true),
  (6, null, 'paid', timestamp '2026-02-28 08:00:00', 40.00, null, false),
  (7, 99, 'paid', timestamp '2026-03-01 00:00:00', 60.00, 1, false),
  (8, 4, 'void', timestamp '2026-03-15 18:45:00', 0.00, 5, true),
  (9, 5, 'paid', timestamp '2026-03-29 02:30:00', 10.00, 5, false),
  (10, 1, 'open', timestamp '2026-04-30 09:00:00', 100.00, 4, true),
  (11, 3, 'paid', null, 25.00, null, null),
  (12, 2, 'paid', timestamp '2025-12-31 23:59:59', 5.00, 2, false);

-- Order 1 holds p1 twice, order 5 has no items; items of order 77 and of no order stand alone.
create table shop.order_items (order_id integer, line_no integer, product_id varchar(4), quantity integer, price decimal(10, 2), shipped date);
insert into shop.order_items values
  (1, 1, 'p1', 1, 30.00, date '2026-01-06'), (1, 2, 'p2', 2, 20.00, date '2026-01-09'), (1, 3, 'p1', 1, 30.00, date '2026-01-09'),
  (2, 1, 'p1', 1, 50.00, date '2026-01-21'),
  (3, 1, 'p3', 1, 70.50, null),
  (4, 1, 'p2', 1, 29.50, date '2026-02-02'),
  (6, 1, null, 1, 40.00, date '2026-03-01'),
  (7, 1, 'p9', 3, 20.00, date '2026-03-01'),
  (8, 1, 'p3', 0, 0.00, null),
  (9, 1, 'p2', 1, 10.00, date '2026-03-30'),
  (10, 1, 'p1', 2, 30.00, null), (10, 2, 'p3', 1, 40.00, date '2026-05-01'),
  (11, 1, 'p4', 1, 25.00, date '2026-01-01'),
  (77, 1, 'p1', 1, 15.00, date '2026-02-15'),
  (null, 1, 'p2', 1, 12.00, date '2026-02-16');

create table shop.products (product_id varchar(4), product_name varchar(20), category varchar(20));
insert into shop.products values
  ('p1', 'Lamp', 'light'), ('p2', 'Chair', 'furniture'), ('p3', 'Desk', 'furniture'), ('p4', 'Mystery', null), ('p5', 'Candle', 'light');

-- A bridge between products and tags: (p1, new) stands there twice, p4 has a tag without a name.
create table shop.product_tags (product_id varchar(4), tag varchar(10));
insert into shop.product_tags values
  ('p1', 'new'), ('p1', 'sale'), ('p1', 'new'), ('p2', 'sale'), ('p3', 'eco'), ('p4', null), (null, 'new'), ('p5', 'eco');

create table shop.tags (tag varchar(10), kind varchar(10));
insert into shop.tags values ('new', 'promo'), ('sale', 'promo'), ('eco', 'nature'), ('old', null);

create table shop.refunds (refund_id integer, order_id integer, refunded_at timestamp, amount decimal(10, 2));
insert into shop.refunds values
  (1, 1, timestamp '2026-01-10 00:00:00', 20.00),
  (2, 1, timestamp '2026-02-02 00:00:00', 5.00),
  (3, 4, timestamp '2026-02-10 00:00:00', 29.50),
  (4, null, timestamp '2026-02-11 00:00:00', 1.00),
  (5, 88, timestamp '2026-03-01 00:00:00', 3.00),
  (6, 10, null, 10.00);

create table shop.visits (visit_id integer, customer_id integer, visited_at timestamp, channel varchar(10));
insert into shop.visits values
  (1, 1, timestamp '2026-01-05 09:00:00', 'web'),
  (2, 1, timestamp '2026-01-06 00:00:00', 'app'),
  (3, 2, timestamp '2026-02-01 12:00:00', 'web'),
  (4, 6, timestamp '2026-02-02 00:00:00', null),
  (5, null, timestamp '2026-03-05 00:00:00', 'app'),
  (6, 77, timestamp '2026-03-06 00:00:00', 'web'),
  (7, 5, timestamp '2026-05-01 00:00:00', 'app');

create table shop.targets (country_code varchar(2), target_month date, target integer);
insert into shop.targets values
  ('DE', date '2026-01-01', 120), ('DE', date '2026-02-01', 80), ('FR', date '2026-01-01', 60), ('US', date '2026-01-01', 10),
  (null, date '2026-01-01', 5), ('JP', date '2026-02-01', 33);

-- No rows at all.
create table shop.complaints (complaint_id integer, order_id integer, filed_at timestamp, severity integer);

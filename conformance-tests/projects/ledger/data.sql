create schema ledger;

-- Account B has no row in February, C two on its last day there and no value in March, D no date.
create table ledger.balances (account_id varchar(1), branch varchar(5), as_of date, balance integer);
insert into ledger.balances values
  ('A', 'north', date '2026-01-30', 100), ('A', 'north', date '2026-01-31', 110), ('A', 'north', date '2026-02-15', 120), ('A', 'north', date '2026-02-28', 130),
  ('B', 'south', date '2026-01-15', 50), ('B', 'south', date '2026-01-31', 60),
  ('C', 'north', date '2026-02-28', 7), ('C', 'south', date '2026-02-28', 8), ('C', 'north', date '2026-03-31', null),
  ('D', null, null, 5);

-- Sales with gaps: none from 4 to 9 January, several a day, one without a region, one without a date.
create table ledger.sales (sale_id integer, region varchar(5), buyer varchar(2), sold_at timestamp, amount integer);
insert into ledger.sales values
  (1, 'east', 'x', timestamp '2025-12-30 10:00:00', 1), (2, 'east', 'y', timestamp '2026-01-01 00:00:00', 2), (3, 'west', 'x', timestamp '2026-01-01 23:59:59', 4),
  (4, 'east', 'x', timestamp '2026-01-03 12:00:00', 8), (5, 'west', 'z', timestamp '2026-01-10 12:00:00', 16), (6, null, 'y', timestamp '2026-01-10 13:00:00', 32),
  (7, 'east', null, timestamp '2026-01-31 00:00:00', 64), (8, 'east', 'x', timestamp '2026-02-01 00:00:00', 128), (9, 'west', 'y', timestamp '2026-02-28 10:00:00', 256),
  (10, 'west', 'z', timestamp '2026-03-31 10:00:00', 512), (11, 'east', 'z', null, 1024);

-- Each user's plan and since when: valid from the first instant up to, not including, the second. User 2 had none from 20 January to 10 February.
create table ledger.plans (user_id integer, plan varchar(5), valid_from timestamp, valid_to timestamp);
insert into ledger.plans values
  (1, 'free', timestamp '2026-01-01 00:00:00', timestamp '2026-02-01 00:00:00'), (1, 'pro', timestamp '2026-02-01 00:00:00', null),
  (2, 'pro', timestamp '2026-01-15 00:00:00', timestamp '2026-01-20 00:00:00'), (2, 'free', timestamp '2026-02-10 00:00:00', null);

create table ledger.logins (login_id integer, user_id integer, logged_at timestamp, device varchar(5));
insert into ledger.logins values
  (1, 1, timestamp '2025-12-31 23:59:59', 'phone'), (2, 1, timestamp '2026-01-01 00:00:00', 'phone'), (3, 1, timestamp '2026-01-31 23:59:59', 'desk'),
  (4, 1, timestamp '2026-02-01 00:00:00', 'desk'), (5, 2, timestamp '2026-01-15 00:00:00', 'phone'), (6, 2, timestamp '2026-01-25 00:00:00', 'phone'),
  (7, 2, timestamp '2026-03-01 00:00:00', 'desk'), (8, 3, timestamp '2026-03-01 00:00:00', 'desk'), (9, null, timestamp '2026-03-02 00:00:00', 'phone');

-- Visits and purchases. Visitor 1 has two visits at the same instant; visitor 2 buys before any visit; 3 visits twice and buys once, late; 4 never buys.
create table ledger.visits (visit_id integer, visitor_id integer, visited_at timestamp, channel varchar(5));
insert into ledger.visits values
  (1, 1, timestamp '2026-01-01 10:00:00', 'mail'), (2, 1, timestamp '2026-01-01 10:00:00', 'ad'), (3, 1, timestamp '2026-01-05 10:00:00', 'ad'),
  (4, 2, timestamp '2026-01-03 10:00:00', 'ad'), (5, 3, timestamp '2026-01-01 10:00:00', 'mail'), (6, 3, timestamp '2026-01-10 10:00:00', 'ad'),
  (7, 4, timestamp '2026-01-02 10:00:00', 'mail'), (8, null, timestamp '2026-01-02 10:00:00', 'mail');

create table ledger.purchases (purchase_id integer, visitor_id integer, bought_at timestamp, channel varchar(5), price integer);
insert into ledger.purchases values
  (1, 1, timestamp '2026-01-01 10:00:00', 'mail', 10), (2, 1, timestamp '2026-01-02 10:00:00', 'ad', 20), (3, 1, timestamp '2026-01-06 10:00:00', 'ad', 40),
  (4, 2, timestamp '2026-01-02 10:00:00', 'ad', 80), (5, 3, timestamp '2026-01-20 10:00:00', 'mail', 160), (6, null, timestamp '2026-01-03 10:00:00', 'mail', 320),
  (7, 2, timestamp '2026-01-10 10:00:00', 'mail', 640);

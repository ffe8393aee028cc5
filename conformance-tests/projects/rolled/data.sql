create schema rolled;

-- The week from 29 December 2025 reaches over the turn of the year; one sale has no region, one no buyer, one no date.
create table rolled.sales (sale_id integer, region varchar(5), product varchar(4), buyer varchar(2), sold_at timestamp, amount integer);
insert into rolled.sales values
  (1, 'east', 'tea', 'x', timestamp '2025-12-30 10:00:00', 1), (2, 'east', 'tea', 'y', timestamp '2026-01-01 00:00:00', 2),
  (3, 'west', 'mate', 'x', timestamp '2026-01-01 23:59:59', 4), (4, 'east', 'mate', 'x', timestamp '2026-01-03 12:00:00', 8),
  (5, 'west', 'tea', 'z', timestamp '2026-01-10 12:00:00', 16), (6, null, 'tea', 'y', timestamp '2026-01-10 13:00:00', 32),
  (7, 'east', 'mate', null, timestamp '2026-01-31 00:00:00', 64), (8, 'east', 'tea', 'x', timestamp '2026-02-01 00:00:00', 128),
  (9, 'west', 'tea', 'y', timestamp '2026-02-28 10:00:00', 256), (10, 'west', 'mate', 'z', timestamp '2026-03-31 10:00:00', 512),
  (11, 'east', 'tea', 'z', null, 1024);

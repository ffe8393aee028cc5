create schema clocks;

-- One event per line: its instant in UTC, and why it is here.
create table clocks.events (event_id integer, happened_at timestamp, booked_on date, amount integer);
insert into clocks.events values
  -- Berlin: the clock jumps from 02:00 to 03:00 on 29 March 2026 at 01:00 UTC.
  (1, timestamp '2026-03-28 22:59:59', date '2026-03-28', 1),
  (2, timestamp '2026-03-28 23:00:00', date '2026-03-29', 2),
  (3, timestamp '2026-03-29 00:30:00', date '2026-03-29', 4),
  (4, timestamp '2026-03-29 01:30:00', date '2026-03-29', 8),
  (5, timestamp '2026-03-29 21:59:59', date '2026-03-29', 16),
  (6, timestamp '2026-03-29 22:00:00', date '2026-03-30', 32),
  -- Berlin: it falls from 03:00 to 02:00 on 25 October 2026 at 01:00 UTC; 02:30 comes twice.
  (7, timestamp '2026-10-24 22:00:00', date '2026-10-25', 64),
  (8, timestamp '2026-10-25 00:30:00', date '2026-10-25', 128),
  (9, timestamp '2026-10-25 01:30:00', date '2026-10-25', 256),
  (10, timestamp '2026-10-25 22:59:59', date '2026-10-25', 512),
  (11, timestamp '2026-10-25 23:00:00', date '2026-10-26', 1024),
  -- New York: it jumps on 8 March 2026 at 07:00 UTC ..
  (12, timestamp '2026-03-08 04:59:59', date '2026-03-07', 1),
  (13, timestamp '2026-03-08 05:00:00', date '2026-03-08', 2),
  (14, timestamp '2026-03-08 06:59:59', date '2026-03-08', 4),
  (15, timestamp '2026-03-08 07:00:00', date '2026-03-08', 8),
  (16, timestamp '2026-03-09 03:59:59', date '2026-03-08', 16),
  (17, timestamp '2026-03-09 04:00:00', date '2026-03-09', 32),
  -- .. and falls on 1 November 2026 at 06:00 UTC; 01:30 comes twice.
  (18, timestamp '2026-11-01 03:59:59', date '2026-10-31', 64),
  (19, timestamp '2026-11-01 05:30:00', date '2026-11-01', 128),
  (20, timestamp '2026-11-01 06:30:00', date '2026-11-01', 256),
  (21, timestamp '2026-11-02 04:59:59', date '2026-11-01', 512),
  (22, timestamp '2026-11-02 05:00:00', date '2026-11-02', 1024),
  -- Leap days and their neighbours.
  (23, timestamp '2024-02-28 12:00:00', date '2024-02-28', 1),
  (24, timestamp '2024-02-29 00:00:00', date '2024-02-29', 2),
  (25, timestamp '2024-02-29 23:59:59', date '2024-02-29', 4),
  (26, timestamp '2024-03-01 00:00:00', date '2024-03-01', 8),
  (27, timestamp '2023-02-28 12:00:00', date '2023-02-28', 16),
  (28, timestamp '2025-02-28 12:00:00', date '2025-02-28', 32),
  -- Turns of the year: 2024-12-30 is the Monday of a week of 2025, 2025-12-28 a Sunday, 2025-12-29 a Monday.
  (29, timestamp '2024-12-29 12:00:00', date '2024-12-29', 64),
  (30, timestamp '2024-12-30 12:00:00', date '2024-12-30', 128),
  (31, timestamp '2024-12-31 23:59:59', date '2024-12-31', 256),
  (32, timestamp '2025-01-01 00:00:00', date '2025-01-01', 512),
  (33, timestamp '2025-12-28 12:00:00', date '2025-12-28', 1024),
  (34, timestamp '2025-12-29 12:00:00', date '2025-12-29', 2048),
  -- Before 1970, and never.
  (35, timestamp '1969-12-31 23:59:59', date '1969-12-31', 1),
  (36, null, null, 1);

-- The same instants, stored with their zone.
create table clocks.moments (moment_id integer, happened_at timestamptz, amount integer);
insert into clocks.moments values
  (1, timestamptz '2026-03-28 22:59:59+00', 1), (2, timestamptz '2026-03-28 23:00:00+00', 2), (3, timestamptz '2026-03-29 03:30:00+02', 4),
  (4, timestamptz '2026-03-29 23:59:59+02', 8), (5, timestamptz '2026-03-29 22:00:00+00', 16), (6, null, 32);

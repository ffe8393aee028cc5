create schema sprints;

-- Four sprints, of 10, 5, 10 and 6 days.
create table sprints.days as
  select cast(d as date) as day,
         case when d < '2026-01-25' then 'A' when d < '2026-01-30' then 'B' when d < '2026-02-09' then 'C' else 'D' end as sprint
  from range(timestamp '2026-01-15', timestamp '2026-02-15', interval 1 day) t(d);

-- The n-th day's points are the n-th power of two, so that every sum tells what is in it.
create table sprints.tasks as
  select i as task_id, date '2026-01-15' + cast(i as integer) as done_on, cast(power(2, i) as bigint) as points,
         case i % 3 when 0 then 'ann' when 1 then 'bob' end as who,
         -- Ann takes as long for every task, in binary fractions that add up to anything but multiples of themselves.
         cast(case when i % 3 = 0 then 89.15 else i % 7 * 1.1 end as double) as hours
  from range(0, 31) t(i) where i <> 7;

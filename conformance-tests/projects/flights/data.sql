create schema air;

create table air.regions (region_id integer, region_name varchar(20));
insert into air.regions values (1, 'North'), (2, 'South');

create table air.airports (code varchar(3), city varchar(20), region_id integer);
insert into air.airports values ('HAM', 'Hamburg', 1), ('MUC', 'Munich', 2), ('FRA', 'Frankfurt', 2), ('XXX', null, null);

create table air.airlines (airline varchar(2), airline_name varchar(20), region_id integer);
insert into air.airlines values ('LH', 'Lufthansa', 2), ('EW', 'Eurowings', 1), ('QQ', 'Nobody', 2);

-- Leg 2 of LH 1 repeats the number 1 of another airline's; a leg without a destination; a leg to an unknown airport.
create table air.legs (airline varchar(2), flight_no integer, leg_no integer, origin varchar(3), destination varchar(3), departed timestamp, minutes integer, diverted_to varchar(3));
insert into air.legs values
  ('LH', 1, 1, 'HAM', 'FRA', timestamp '2026-03-01 06:00:00', 60, null),
  ('LH', 1, 2, 'FRA', 'MUC', timestamp '2026-03-01 08:00:00', 50, null),
  ('EW', 1, 1, 'HAM', 'MUC', timestamp '2026-03-01 09:00:00', 80, 'FRA'),
  ('EW', 12, 1, 'MUC', 'HAM', timestamp '2026-03-02 10:00:00', 85, null),
  ('LH', 11, 2, 'MUC', null, timestamp '2026-03-02 11:00:00', null, null),
  ('LH', 2, 1, 'FRA', 'ZZZ', timestamp '2026-03-03 12:00:00', 40, 'HAM'),
  (null, 3, 1, null, 'HAM', timestamp '2026-03-03 13:00:00', 30, null);

-- Tickets of each leg; (LH, 1, 12) and (LH, 11, 2) are different keys; one ticket's key is half NULL.
create table air.tickets (ticket_id integer, airline varchar(2), flight_no integer, leg_no integer, fare integer, class varchar(10));
insert into air.tickets values
  (1, 'LH', 1, 1, 100, 'eco'), (2, 'LH', 1, 1, 300, 'first'), (3, 'LH', 1, 2, 120, 'eco'), (4, 'EW', 1, 1, 80, 'eco'),
  (5, 'LH', 11, 2, 90, 'eco'), (6, 'LH', 1, 12, 70, 'eco'), (7, 'LH', null, 1, 60, 'eco'), (8, 'EW', 12, 1, 200, 'first'), (9, 'EW', 12, 1, 200, 'first');

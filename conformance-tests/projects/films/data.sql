create schema cinema;

create table cinema.films (film_id integer, title varchar(20), released date, gross integer, studio_id integer);
insert into cinema.films values
  (1, 'Dawn', date '2024-02-29', 100, 1), (2, 'Noon', date '2024-12-31', 100, 1), (3, 'Dusk', date '2025-01-01', 40, 2),
  (4, 'Night', date '2025-06-15', null, null), (5, 'Eclipse', date '2025-06-15', 7, 9);

create table cinema.studios (studio_id integer, studio varchar(20));
insert into cinema.studios values (1, 'Sun'), (2, 'Moon'), (3, 'Void');

create table cinema.actors (actor_id integer, actor varchar(20), born_in varchar(2));
insert into cinema.actors values (1, 'Ann', 'DE'), (2, 'Ben', 'DE'), (3, 'Cat', 'FR'), (4, 'Dan', null), (5, 'Eva', 'FR');

-- Film 1 has Ann in two parts; film 3 names an actor nobody knows; film 4 has none.
create table cinema.cast_members (film_id integer, actor_id integer, part varchar(10), fee integer);
insert into cinema.cast_members values
  (1, 1, 'hero', 10), (1, 1, 'twin', 5), (1, 2, 'villain', 8), (2, 1, 'hero', 12), (2, 3, 'villain', 9), (2, 4, 'extra', null),
  (3, 3, 'hero', 6), (3, 77, 'extra', 1), (5, 2, 'hero', 4), (null, 2, 'hero', 2);

create table cinema.awards (award_id integer, actor_id integer, award varchar(10), prize integer);
insert into cinema.awards values (1, 1, 'bear', 3), (2, 1, 'palm', 5), (3, 3, 'bear', 2), (4, null, 'lion', 1), (5, 5, 'palm', 4);

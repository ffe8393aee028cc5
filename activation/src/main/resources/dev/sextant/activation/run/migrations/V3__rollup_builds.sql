-- What was built of rollups. Times are ISO texts in the project's zone, instants milliseconds since 1970, the tables are JSON.
create table rollup_builds (
  id varchar(36) not null primary key,
  rollup varchar(200) not null,
  definition varchar(64) not null,
  built_from varchar(40),
  built_before varchar(40),
  as_of bigint not null,
  served_at bigint not null,
  retired_at bigint,
  tables text not null
);

-- One build of a rollup serves at a time.
create unique index one_rollup_serves on rollup_builds (rollup) where retired_at is null;

-- Which store of runs made a table is part of its name, so that projects that share a warehouse leave each other's alone.
create table rollup_store (
  id varchar(36) not null primary key
);

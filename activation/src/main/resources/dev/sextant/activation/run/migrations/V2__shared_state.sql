-- Why a run is or is not done, how much of its work is wanted, what its result depends on, and whether somebody asked to stop it.
alter table runs add column reason text not null default '';
alter table runs add column scope text not null default '{}';
alter table runs add column basis text;
alter table runs add column stop_wanted integer not null default 0;
create index runs_by_target on runs (kind, name, started_at);

-- What destinations acknowledged, and the one batch of each sync that is on its way. Versions count up by one a row, per sync.
create table sync_rows (
  sync varchar(200) not null,
  key_hash varchar(40) not null,
  row_key text not null,
  payload_hash varchar(40) not null,
  remote_id text,
  removed integer not null,
  version bigint not null,
  primary key (sync, key_hash)
);
create unique index sync_rows_by_version on sync_rows (sync, version);

create table sync_cursors (
  sync varchar(200) not null primary key,
  identity varchar(36) not null,
  version bigint not null
);

create table sync_packets (
  sync varchar(200) not null primary key,
  definition varchar(64) not null,
  salt bigint not null,
  content ${blob} not null
);

create table audit (
  at bigint not null,
  action varchar(50) not null,
  subject text not null,
  detail text not null
);

-- Instants are milliseconds since 1970; the text of a report is JSON.
create table runs (
  id varchar(36) not null primary key,
  kind varchar(20) not null,
  name varchar(200) not null,
  state varchar(30) not null,
  run_trigger varchar(20) not null,
  due_at bigint not null,
  owner varchar(300) not null,
  heartbeat_at bigint not null,
  started_at bigint not null,
  ended_at bigint,
  report text not null
);

-- One run of a target at a time, whoever tries.
create unique index one_runs on runs (kind, name) where state = 'RUNNING';
create index runs_by_start on runs (started_at);

create table rejects (
  run varchar(36) not null,
  row_key text not null,
  operation varchar(20) not null,
  status integer not null,
  code varchar(200) not null,
  message text not null,
  attempts integer not null,
  rejected_at bigint not null
);
create index rejects_by_run on rejects (run);

create table scheduled_tasks (
  task_name varchar(250) not null,
  task_instance varchar(250) not null,
  task_data ${blob},
  execution_time ${instant} not null,
  picked boolean not null,
  picked_by varchar(300),
  last_success ${instant},
  last_failure ${instant},
  consecutive_failures integer,
  last_heartbeat ${instant},
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_by_time on scheduled_tasks (execution_time);

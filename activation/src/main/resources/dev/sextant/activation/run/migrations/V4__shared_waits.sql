-- Until when providers asked to wait, by a hash of what is used there: type, address and credential. Instants are milliseconds since 1970.
create table provider_waits (
  credential varchar(64) not null primary key,
  until_at bigint not null
);

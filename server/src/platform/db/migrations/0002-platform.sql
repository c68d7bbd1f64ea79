-- Keys, outbox, realtime log, media. Owner: platform.
create table key_check (
  only_row boolean primary key default true check (only_row),
  check_value bytea not null,
  -- the master key wrapped by the recovery key, so that recovery key + backup restore on a new machine
  recovery_wrapped bytea,
  recovery_confirmed_at timestamptz,
  created_at timestamptz not null
);
select yingda_protect_system('key_check');

create table data_key (
  tenant_id uuid not null,
  key_id int not null,
  purpose text not null check (purpose in ('data', 'search', 'lookup', 'audit')),
  wrapped bytea not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (tenant_id, purpose, key_id)
);
select yingda_protect_system('data_key');

-- Positions: 1, 2, 3 … per aggregate. The row lock taken here is held to the commit, so order of numbers is order of visibility.
create table outbox_aggregate (
  tenant_id uuid not null,
  aggregate_id uuid not null,
  seq bigint not null,
  primary key (tenant_id, aggregate_id)
) with (fillfactor = 70);
select yingda_protect('outbox_aggregate');

-- Domain events, kept 400 days. Ids and codes only.
create table outbox_event (
  tenant_id uuid not null,
  aggregate_id uuid not null,
  seq bigint not null,
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  payload jsonb not null,
  primary key (tenant_id, aggregate_id, seq)
);
create index outbox_event_at on outbox_event (at);
create unique index outbox_event_id on outbox_event (tenant_id, id);
select yingda_protect('outbox_event');

-- How far a subscriber has come in one aggregate; written with its effect.
create table outbox_lane (
  tenant_id uuid not null,
  subscriber text not null,
  aggregate_id uuid not null,
  done_seq bigint not null,
  primary key (tenant_id, subscriber, aggregate_id)
) with (fillfactor = 70);
select yingda_protect('outbox_lane');

-- Who works on which slice of all lanes (shard = hash of the aggregate id); one row a shard, a lease each.
create table outbox_lease (
  shard int primary key,
  owner uuid,
  leased_until timestamptz
);
select yingda_protect_system('outbox_lease');
create table server_node (
  id uuid primary key,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  roles text[] not null
);
select yingda_protect_system('server_node');

-- Failed deliveries to a subscriber: retried with back-off, then dead and shown on the health page.
create table outbox_failure (
  tenant_id uuid not null,
  id uuid not null,
  subscriber text not null,
  aggregate_id uuid not null,
  seq bigint not null,
  event_kind text not null,
  attempts int not null,
  error_code text not null,
  next_attempt_at timestamptz,
  is_dead boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, subscriber, aggregate_id, seq)
);
select yingda_protect('outbox_failure');

-- Everything before this instant was handled by every subscriber: where a sweep may start.
create table outbox_checkpoint (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null
);
select yingda_protect_system('outbox_checkpoint');

-- The workbench's cursor: one number line per tenant, given after commit by the single relay leader.
create table realtime_head (
  tenant_id uuid primary key,
  seq bigint not null
);
select yingda_protect('realtime_head');
create table realtime_log (
  tenant_id uuid not null,
  seq bigint not null,
  aggregate_id uuid not null,
  event_seq bigint not null,
  kind text not null,
  at timestamptz not null,
  primary key (tenant_id, seq)
);
create unique index realtime_log_event on realtime_log (tenant_id, aggregate_id, event_seq);
create index realtime_log_at on realtime_log (at);
select yingda_protect('realtime_log');

create table media (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  inbox_id uuid,
  kind text not null check (kind in ('image', 'audio', 'video', 'file')),
  type text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  width int,
  height int,
  sealed_name bytea not null,
  storage text not null check (storage in ('disk', 's3')),
  has_thumb boolean not null default false,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
select yingda_protect('media');
create table media_usage (
  tenant_id uuid not null,
  inbox_id uuid not null,
  on_day date not null,
  bytes bigint not null,
  primary key (tenant_id, inbox_id, on_day)
);
select yingda_protect('media_usage');

/*
 * Appends events to one aggregate and returns their positions. `events` is a json array of {id, kind, payload}.
 * Called inside the transaction that made them true.
 */
create function outbox_emit(p_tenant uuid, p_aggregate uuid, p_at timestamptz, p_events jsonb) returns bigint
language plpgsql as $$
declare
  v_count int := jsonb_array_length(p_events);
  v_last bigint;
begin
  insert into outbox_aggregate as a (tenant_id, aggregate_id, seq) values (p_tenant, p_aggregate, v_count)
    on conflict (tenant_id, aggregate_id) do update set seq = a.seq + v_count
    returning a.seq into v_last;
  insert into outbox_event (tenant_id, aggregate_id, seq, id, kind, at, payload)
    select p_tenant, p_aggregate, v_last - v_count + e.ordinality, (e.value->>'id')::uuid, e.value->>'kind', p_at, e.value->'payload'
    from jsonb_array_elements(p_events) with ordinality e;
  return v_last;
end $$;

-- Lanes, leases and numbers: what the dispatcher and the relay leader do in one statement each. Owner: platform.

-- One row a shard from the start, so that taking a lease is an update. How far a shard was handled stands beside its
-- lease: where a sweep may start when the shard changes hands.
alter table outbox_lease add column checkpoint_at timestamptz;
insert into outbox_lease (shard) select generate_series(0, 31);
drop table outbox_checkpoint;

-- nothing reads by the event's id, and every event would pay for it
drop index outbox_event_id;

/* outbox_emit of 0002 for what is hot: the aggregate is known nearly always, and there is one event. */
create or replace function outbox_emit(p_tenant uuid, p_aggregate uuid, p_at timestamptz, p_events jsonb) returns bigint
language plpgsql as $$
declare
  v_count int := jsonb_array_length(p_events);
  v_last bigint;
begin
  update outbox_aggregate a set seq = a.seq + v_count where a.tenant_id = p_tenant and a.aggregate_id = p_aggregate
    returning a.seq into v_last;
  if not found then
    insert into outbox_aggregate as a (tenant_id, aggregate_id, seq) values (p_tenant, p_aggregate, v_count)
      on conflict (tenant_id, aggregate_id) do update set seq = a.seq + v_count
      returning a.seq into v_last;
  end if;
  if v_count = 1 then
    insert into outbox_event (tenant_id, aggregate_id, seq, id, kind, at, payload)
      values (p_tenant, p_aggregate, v_last, (p_events->0->>'id')::uuid, p_events->0->>'kind', p_at, p_events->0->'payload');
  else
    insert into outbox_event (tenant_id, aggregate_id, seq, id, kind, at, payload)
      select p_tenant, p_aggregate, v_last - v_count + e.ordinality, (e.value->>'id')::uuid, e.value->>'kind', p_at, e.value->'payload'
      from jsonb_array_elements(p_events) with ordinality e;
  end if;
  return v_last;
end $$;

/* Which shard works on an aggregate: the last byte of its id, which is random in a UUIDv7. */
create function outbox_shard(p_aggregate uuid) returns int language sql immutable parallel safe
  as $$ select get_byte(uuid_send(p_aggregate), 15) & 31 $$;

/*
 * Moves a lane from one position to the next, in the transaction of the effect. Raises YD001 when the lane is
 * elsewhere: another process handled the event, and this transaction must not happen.
 */
create function outbox_done(p_tenant uuid, p_subscriber text, p_aggregate uuid, p_from bigint, p_to bigint) returns void
language plpgsql as $$
begin
  -- nearly always the row is there, and an update costs half of an insert that finds it
  update outbox_lane set done_seq = p_to
    where tenant_id = p_tenant and subscriber = p_subscriber and aggregate_id = p_aggregate and done_seq = p_from;
  if found then return; end if;
  insert into outbox_lane (tenant_id, subscriber, aggregate_id, done_seq) values (p_tenant, p_subscriber, p_aggregate, p_to)
    on conflict (tenant_id, subscriber, aggregate_id) do nothing;
  if not found then
    raise exception 'lane moved' using errcode = 'YD001';
  end if;
end $$;

/* The same for many lanes of one subscriber, all or none. Locks in the order of the ids. */
create function outbox_done_many(p_tenant uuid, p_subscriber text, p_aggregates uuid[], p_from bigint[], p_to bigint[]) returns void
language plpgsql as $$
declare
  v_moved int;
begin
  with wanted as (
    select * from unnest(p_aggregates, p_from, p_to) as w (aggregate_id, from_seq, to_seq) order by 1
  ), written as (
    insert into outbox_lane as l (tenant_id, subscriber, aggregate_id, done_seq)
      select p_tenant, p_subscriber, aggregate_id, to_seq from wanted
      on conflict (tenant_id, subscriber, aggregate_id) do update set done_seq = excluded.done_seq
        where l.done_seq = (select from_seq from wanted w where w.aggregate_id = l.aggregate_id)
      returning 1
  )
  select count(*) into v_moved from written;
  if v_moved <> cardinality(p_aggregates) then
    raise exception 'lane moved' using errcode = 'YD001';
  end if;
end $$;

/*
 * Gives the next numbers of a tenant's workbench cursor to events that are already visible; called by the relay leader
 * only, in the order in which it heard them. The head's row lock is held to the commit, so order of numbers is order of
 * visibility even while two leaders overlap. An event that has its number already is left out (its new number stays
 * unused). Not flushed to disk: what a crash takes is numbered again, above the gap that relay_lead() leaves.
 */
create function relay_number(p_tenant uuid, p_at timestamptz, p_aggregates uuid[], p_seqs bigint[], p_kinds text[])
returns table (seq bigint, aggregate_id uuid, event_seq bigint) language plpgsql as $$
#variable_conflict use_column
declare
  v_count int := cardinality(p_seqs);
  v_last bigint;
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into realtime_head as h (tenant_id, seq) values (p_tenant, v_count)
    on conflict (tenant_id) do update set seq = h.seq + v_count
    returning h.seq into v_last;
  return query
    insert into realtime_log as g (tenant_id, seq, aggregate_id, event_seq, kind, at)
      select p_tenant, v_last - v_count + u.place, u.aggregate_id, u.event_seq, u.kind, p_at
      from unnest(p_aggregates, p_seqs, p_kinds) with ordinality as u (aggregate_id, event_seq, kind, place)
      order by u.place
      on conflict (tenant_id, aggregate_id, event_seq) do nothing
      returning g.seq, g.aggregate_id, g.event_seq;
end $$;

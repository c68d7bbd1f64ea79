-- Owner: turns. Conversations that are put to the bot before customers meet it, and what came of it. Both may hold
-- customers' words, so they are sealed.
create table rehearsal_case (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  is_gate boolean not null default false,
  sealed_turns bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select yingda_protect('rehearsal_case');

create table rehearsal_run (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  area text not null check (area in ('live', 'test')),
  state text not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  done int not null default 0,
  total int not null,
  sums jsonb,
  sealed_results bytea,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select yingda_protect('rehearsal_run');

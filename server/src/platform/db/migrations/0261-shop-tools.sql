-- Owner: brain. Systems that a shop has connected, what each may be asked or told to do, and the list of calls.
-- definition: contract's connectionDraft and toolDraft without secrets; secrets are sealed, one JSON object by name.
create table tool_connection (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  definition jsonb not null,
  secret_names text[] not null default '{}',
  sealed_secrets bytea,
  version int not null default 1,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
select yingda_protect('tool_connection');

create table shop_tool (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  connection_id uuid not null,
  name text not null,
  definition jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  last_at timestamptz,
  last_state text check (last_state in ('done', 'failed', 'unknown')),
  last_error text,
  primary key (tenant_id, id),
  foreign key (tenant_id, connection_id) references tool_connection on delete cascade
);
create unique index shop_tool_name on shop_tool (tenant_id, name) where deleted_at is null;
create index shop_tool_connection on shop_tool (tenant_id, connection_id);
select yingda_protect('shop_tool');

-- Kept for 30 days. Request and excerpt are redacted before they are sealed.
create table tool_call (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  tool_id uuid,
  tool_name text not null,
  at timestamptz not null,
  by text not null check (by in ('flow', 'test')),
  flow text,
  conversation_id uuid,
  state text not null check (state in ('done', 'failed', 'unknown')),
  status int,
  error text,
  took_ms real not null,
  sealed_details bytea,
  primary key (tenant_id, id)
);
create index tool_call_at on tool_call (tenant_id, at desc);
create index tool_call_conversation on tool_call (tenant_id, conversation_id) where conversation_id is not null;
select yingda_protect('tool_call');

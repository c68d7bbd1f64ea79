-- Owner: inference. Every call that costs something, and what a tenant may spend in a month. Money is in millionths of a yuan.
-- What a call was about (conversation, channel, intent) is opaque here; no words of anybody are kept.
create table usage_call (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('llm', 'embedding')),
  model text not null,
  task text not null,
  input_tokens int not null,
  cached_input_tokens int not null,
  output_tokens int not null,
  is_estimated boolean not null,
  is_failed boolean not null,
  took_ms int not null,
  cost_micros bigint not null,
  -- no price is known for the model: an assumed one was taken
  is_assumed boolean not null,
  conversation_id uuid,
  channel text,
  intent text,
  primary key (tenant_id, id)
);
create index usage_call_at on usage_call (tenant_id, at);
select yingda_protect('usage_call');

create table usage_budget (
  tenant_id uuid primary key references tenant on delete cascade,
  monthly_micros bigint not null,
  stops boolean not null,
  -- the shop's own prices by model: micros of a yuan per million tokens
  prices jsonb not null default '{}',
  -- the month (YYYY-MM) for which the owner was told: once each
  warned_month text,
  stopped_month text
);
select yingda_protect('usage_budget');

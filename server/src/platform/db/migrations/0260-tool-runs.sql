-- Owner: turns. What a customer has confirmed and a tool is to do, once. Written with the reply that says so; the key is
-- what the tool is given, so that a second try is no second effect. told_at: the customer, or the person who has the
-- conversation by then, has been told what came of it.
-- sealed_work: the tool's input and the run of the flow that goes on afterwards. sealed_answer: what the tool said.
create table tool_run (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  conversation_id uuid not null,
  flow text not null,
  step text not null,
  tool text not null,
  key text not null,
  state text not null check (state in ('asked', 'running', 'done', 'failed', 'unknown')),
  attempts int not null default 0,
  sealed_work bytea not null,
  sealed_answer bytea,
  asked_at timestamptz not null,
  ended_at timestamptz,
  told_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, id) on delete cascade,
  check ((state in ('done', 'failed', 'unknown')) = (ended_at is not null))
);
create unique index tool_run_key on tool_run (tenant_id, key);
create index tool_run_conversation on tool_run (tenant_id, conversation_id);
create index tool_run_open on tool_run (asked_at) where told_at is null;
select yingda_protect('tool_run');

-- Owner: brain. What the demo's order system was asked to change: the same key a second time is the same change.
create table demo_change (
  tenant_id uuid not null references tenant on delete cascade,
  key text not null,
  tool text not null,
  sealed_input bytea not null,
  number int not null,
  at timestamptz not null,
  primary key (tenant_id, key)
);
select yingda_protect('demo_change');

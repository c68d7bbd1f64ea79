-- Routing, turns, knowledge, channels.
-- Owner: routing
create table queue (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  name text not null,
  is_default boolean not null default false,
  offer_timeout_seconds int not null default 30 check (offer_timeout_seconds between 5 and 600),
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index queue_default on queue (tenant_id) where is_default;
select yingda_protect('queue');

create table queue_entry (
  tenant_id uuid not null,
  conversation_id uuid not null,
  queue_id uuid not null,
  priority int not null default 0,
  reason text not null,
  entered_at timestamptz not null,
  -- a left message waits for the morning: it is offered from the next opening on
  not_before_at timestamptz,
  offered_agent_id uuid,
  offered_at timestamptz,
  offer_expires_at timestamptz,
  declined_by uuid[] not null default '{}',
  alerted_at timestamptz,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, queue_id) references queue
);
create index queue_entry_order on queue_entry (tenant_id, queue_id, priority desc, entered_at);
create index queue_entry_offers on queue_entry (offer_expires_at) where offered_agent_id is not null;
select yingda_protect('queue_entry');

create table agent_presence (
  tenant_id uuid not null,
  user_id uuid not null,
  presence text not null check (presence in ('available', 'busy', 'away')),
  since_at timestamptz not null,
  last_assigned_at timestamptz,
  -- the last moment a live connection was seen; held three minutes after a dropped line
  connected_at timestamptz,
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references app_user on delete cascade
);
select yingda_protect('agent_presence');

create table business_hours (
  tenant_id uuid primary key references tenant on delete cascade,
  hours jsonb not null,
  updated_at timestamptz not null
);
select yingda_protect('business_hours');

-- waits of the last accepted entries, for an honest estimate
create table queue_wait (
  tenant_id uuid not null,
  queue_id uuid not null,
  conversation_id uuid not null,
  waited_ms bigint not null,
  ended text not null check (ended in ('accepted', 'abandoned', 'resolved')),
  at timestamptz not null,
  primary key (tenant_id, queue_id, at, conversation_id)
);
select yingda_protect('queue_wait');

-- Owner: turns. The durable timer of the quiet window: what is due is decided again and sent.
create table held_turn (
  tenant_id uuid not null,
  conversation_id uuid not null,
  version int not null,
  due_at timestamptz not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index held_turn_due on held_turn (due_at);
select yingda_protect('held_turn');

create table turn_state (
  tenant_id uuid not null,
  conversation_id uuid not null,
  sealed_flow_state bytea,
  without_progress int not null default 0,
  give_back_at timestamptz,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index turn_state_give_back on turn_state (give_back_at) where give_back_at is not null;
select yingda_protect('turn_state');

create table turn_trace (
  tenant_id uuid not null,
  message_id uuid not null,
  conversation_id uuid not null,
  outcome text not null,
  faq_slug text,
  confidence real not null,
  sealed_trace bytea not null,
  took_ms real not null,
  at timestamptz not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index turn_trace_conversation on turn_trace (tenant_id, conversation_id);
select yingda_protect('turn_trace');

-- Owner: brain
create table faq (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  slug text not null,
  question text not null,
  answer text not null,
  question_en text not null default '',
  answer_en text not null default '',
  category text not null default '',
  tags text[] not null default '{}',
  phrasings text[] not null default '{}',
  negatives text[] not null default '{}',
  is_on boolean not null default true,
  pack text,
  asked_count bigint not null default 0,
  checked_on date,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index faq_slug on faq (tenant_id, slug) where deleted_at is null;
select yingda_protect('faq');

create table blank_value (
  tenant_id uuid not null references tenant on delete cascade,
  key text not null,
  value text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, key)
);
select yingda_protect('blank_value');

create table pack_switch (
  tenant_id uuid not null references tenant on delete cascade,
  slug text not null,
  is_on boolean not null,
  switched_at timestamptz not null,
  primary key (tenant_id, slug)
);
select yingda_protect('pack_switch');

-- Owner: channels. A visitor's token, bound to inbox and origin; only its hash is kept.
create table visitor (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  inbox_id uuid not null,
  token_hash bytea not null,
  previous_token_hash bytea,
  origin text not null,
  rotated_at timestamptz not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index visitor_token on visitor (token_hash);
create unique index visitor_previous_token on visitor (previous_token_hash) where previous_token_hash is not null;
select yingda_protect('visitor');

create table delivery_attempt (
  tenant_id uuid not null,
  message_id uuid not null,
  conversation_id uuid not null,
  attempts int not null,
  next_attempt_at timestamptz,
  last_code text,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index delivery_attempt_due on delivery_attempt (next_attempt_at) where next_attempt_at is not null;
select yingda_protect('delivery_attempt');

create table channel_quota (
  tenant_id uuid not null,
  inbox_id uuid not null,
  period text not null,
  used int not null,
  primary key (tenant_id, inbox_id, period)
);
select yingda_protect('channel_quota');

-- ids of webhook calls already seen (replay window)
create table webhook_seen (
  tenant_id uuid not null,
  inbox_id uuid not null,
  call_id text not null,
  at timestamptz not null,
  primary key (tenant_id, inbox_id, call_id)
);
create index webhook_seen_at on webhook_seen (at);
select yingda_protect('webhook_seen');

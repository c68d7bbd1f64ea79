-- The record: inboxes, contacts, identities, conversations, messages. Owner: conversations.
create table inbox (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  channel text not null,
  name text not null,
  public_key text not null,
  is_on boolean not null default true,
  allowed_origins text[] not null default '{}',
  -- widget, bot: schema-versioned settings, parsed by zod on the way out
  settings jsonb not null,
  sealed_secrets bytea,
  webhook_url text,
  reopen_window_ms bigint not null default 86400000,
  health_state text not null default 'unknown' check (health_state in ('ok', 'warn', 'down', 'unknown')),
  health_code text,
  health_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index inbox_public_key on inbox (public_key);
select yingda_protect('inbox');

create table contact (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  sealed_name bytea not null,
  is_named boolean not null default false,
  name_grams int4[] not null default '{}',
  sealed_phone bytea,
  phone_hash bytea,
  phone_last4_hash bytea,
  sealed_email bytea,
  email_hash bytea,
  sealed_notes bytea,
  sealed_context bytea,
  language text,
  tags text[] not null default '{}',
  is_blocked boolean not null default false,
  is_demo boolean not null default false,
  version int not null default 1,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (tenant_id, id)
);
create index contact_phone on contact (tenant_id, phone_hash) where phone_hash is not null;
create index contact_phone4 on contact (tenant_id, phone_last4_hash) where phone_last4_hash is not null;
create index contact_email on contact (tenant_id, email_hash) where email_hash is not null;
select yingda_protect('contact');

create table identity (
  tenant_id uuid not null,
  id uuid not null,
  inbox_id uuid not null,
  contact_id uuid not null,
  -- keyed hash of the platform's id (for web: of the visitor id)
  external_hash bytea not null,
  sealed_external_id bytea not null,
  is_verified boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, inbox_id, external_hash),
  foreign key (tenant_id, inbox_id) references inbox,
  foreign key (tenant_id, contact_id) references contact on delete cascade
);
create index identity_contact on identity (tenant_id, contact_id);
select yingda_protect('identity');

create table conversation (
  tenant_id uuid not null,
  id uuid not null,
  number bigint not null,
  inbox_id uuid not null,
  identity_id uuid not null,
  contact_id uuid not null,
  status text not null check (status in ('open', 'snoozed', 'resolved')),
  handler_kind text not null check (handler_kind in ('bot', 'queue', 'agent', 'nobody')),
  handler_agent_id uuid,
  handler_queue_id uuid,
  origin text not null check (origin in ('contact', 'left-message', 'agent', 'demo')),
  version int not null default 1,
  message_seq int not null default 0,
  last_message_at timestamptz not null,
  last_author_kind text check (last_author_kind in ('contact', 'bot', 'agent', 'system')),
  sealed_preview bytea,
  waiting_since_at timestamptz,
  contact_read_seq int not null default 0,
  last_answer_seq int not null default 0,
  first_reply_at timestamptz,
  handoff_reason text,
  sealed_handoff_summary bytea,
  handoff_at timestamptz,
  tags text[] not null default '{}',
  rating int check (rating between 1 and 5),
  sealed_rating_comment bytea,
  rated_at timestamptz,
  snoozed_until_at timestamptz,
  resolved_at timestamptz,
  disposition text,
  is_demo boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, inbox_id) references inbox,
  foreign key (tenant_id, identity_id) references identity on delete cascade,
  foreign key (tenant_id, contact_id) references contact on delete cascade,
  check ((handler_kind = 'agent') = (handler_agent_id is not null)),
  check ((handler_kind = 'queue') = (handler_queue_id is not null)),
  check (status <> 'resolved' or handler_kind = 'nobody')
) with (fillfactor = 80);
create index conversation_by_handler on conversation (tenant_id, handler_kind, last_message_at desc, id desc) where status = 'open';
create index conversation_waiting on conversation (tenant_id, coalesce(waiting_since_at, last_message_at), id) where status = 'open' and handler_kind = 'queue';
create index conversation_by_agent on conversation (tenant_id, handler_agent_id, last_message_at desc, id desc) where status <> 'resolved' and handler_agent_id is not null;
create index conversation_unresolved on conversation (tenant_id, last_message_at desc, id desc) where status <> 'resolved';
create index conversation_resolved on conversation (tenant_id, resolved_at desc, id desc) where status = 'resolved';
create index conversation_identity on conversation (tenant_id, identity_id, created_at desc);
create index conversation_contact on conversation (tenant_id, contact_id, created_at desc);
create index conversation_snoozed on conversation (snoozed_until_at) where status = 'snoozed';
create index conversation_tags on conversation using gin (tags) where tags <> '{}';
select yingda_protect('conversation');

create table message (
  tenant_id uuid not null,
  conversation_id uuid not null,
  seq int not null,
  id uuid not null,
  inbox_id uuid not null,
  kind text not null check (kind in ('inbound', 'outbound', 'note', 'event')),
  author_kind text not null check (author_kind in ('contact', 'bot', 'agent', 'system')),
  author_id uuid,
  external_id text,
  client_message_id text,
  -- the content as JSON, encrypted
  sealed_content bytea not null,
  delivery_status text not null check (delivery_status in ('queued', 'sent', 'delivered', 'read', 'maybe-sent', 'failed')),
  delivery_reason text,
  has_trace boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, conversation_id, seq),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
) with (fillfactor = 90);
create unique index message_id on message (tenant_id, id);
create unique index message_external on message (tenant_id, inbox_id, external_id) where external_id is not null;
create unique index message_client on message (tenant_id, conversation_id, client_message_id) where client_message_id is not null;
select yingda_protect('message');

-- The blind index; read only through message_search_hits.
create table message_search (
  tenant_id uuid not null,
  message_id uuid not null,
  conversation_id uuid not null,
  seq int not null,
  key_id int not null,
  tokens int4[] not null,
  primary key (tenant_id, message_id)
);
select yingda_protect('message_search');

create table read_mark (
  tenant_id uuid not null,
  conversation_id uuid not null,
  user_id uuid not null,
  seq int not null,
  at timestamptz not null,
  primary key (tenant_id, conversation_id, user_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade,
  foreign key (tenant_id, user_id) references app_user on delete cascade
);
select yingda_protect('read_mark');

create table canned_reply (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  owner_id uuid,
  title text not null,
  shortcut text not null default '',
  body text not null,
  used_count int not null default 0,
  is_demo boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select yingda_protect('canned_reply');

-- Owner: turns. Questions that got no good answer, found in the traces of turns, and the groups they form. They go with
-- their conversation: erased with the contact, ended by the same retention.
create table gap (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  state text not null default 'open' check (state in ('open', 'ignored', 'made', 'merged')),
  -- no foreign key: brain's row may end while the gap stays decided
  faq_id uuid,
  -- the question nearest to the middle of the group; another one is shown when it is gone
  label_message_id uuid not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  primary key (tenant_id, id)
);
create index gap_state on gap (tenant_id, state);
select yingda_protect('gap');

create table gap_question (
  tenant_id uuid not null,
  -- of the bot's message that the question got
  message_id uuid not null,
  conversation_id uuid not null,
  gap_id uuid,
  reason text not null check (reason in ('unanswered', 'asked-back', 'handed-over', 'not-solved', 'rated')),
  faq_slug text,
  channel text not null,
  sealed_text bytea not null,
  at timestamptz not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade,
  foreign key (tenant_id, gap_id) references gap on delete cascade
);
create index gap_question_group on gap_question (tenant_id, gap_id, at desc);
create index gap_question_conversation on gap_question (tenant_id, conversation_id);
select yingda_protect('gap_question');

-- How far the traces were looked through.
create table gap_scan (
  tenant_id uuid not null references tenant on delete cascade,
  scanned_to timestamptz not null,
  primary key (tenant_id)
);
select yingda_protect('gap_scan');

create index turn_trace_at on turn_trace (tenant_id, at);

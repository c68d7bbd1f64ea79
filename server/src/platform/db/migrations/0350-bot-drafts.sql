-- Owner: turns. What the bot on trial would have said where people served, and what came of it. The texts of both are
-- sealed; everything goes with its conversation.
create table bot_draft (
  tenant_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  inbox_id uuid not null,
  -- the contact's lines that it is about
  from_seq int not null,
  to_seq int not null,
  route text not null check (route in ('answer', 'ask-back', 'person')),
  faq_slug text,
  confidence real not null,
  -- the bot would have said it at once; else it would have waited for more from the contact
  is_sendable boolean not null,
  -- what was asked, what would be said, where it comes from, what the next turn would remember
  sealed_draft bytea not null,
  result text not null default 'open' check (result in ('open', 'unchanged', 'edited', 'own', 'ignored', 'replaced')),
  -- the contact has gone on: later answers are about something else
  is_final boolean not null default false,
  -- how much of it the person's text has, 0 to 1
  similarity real,
  sealed_sent bytea,
  is_wrong_route boolean not null default false,
  -- whether the person who answered could see it; null while nobody has
  was_shown boolean,
  mark text check (mark in ('answer', 'route')),
  dismissed_at timestamptz,
  at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index bot_draft_conversation on bot_draft (tenant_id, conversation_id, to_seq);
create index bot_draft_at on bot_draft (tenant_id, at);
select yingda_protect('bot_draft');

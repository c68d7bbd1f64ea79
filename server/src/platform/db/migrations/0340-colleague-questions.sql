-- Owner: turns. What the bot asked a colleague, and what came of it; it goes with its conversation: erased with the contact,
-- ended by the same retention. sealed_question: question, summary, names of blanks. asked_user_ids: whom the bot had in mind.
create table colleague_question (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  conversation_id uuid not null,
  state text not null default 'open' check (state in ('open', 'answered', 'expired', 'withdrawn')),
  missing text not null check (missing in ('blank', 'cell', 'source')),
  faq_slug text,
  sealed_question bytea not null,
  asked_user_ids uuid[] not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  pending_told_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  sealed_reply bytea,
  -- the contact has the reply, or who had the conversation by then has it in a note
  sent_at timestamptz,
  kept_as text check (kept_as in ('faq', 'draft', 'blanks', 'none')),
  -- no foreign key: brain's row may end while this stays
  faq_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, id) on delete cascade,
  check ((state = 'open') = (ended_at is null)),
  check ((state = 'answered') = (sealed_reply is not null)),
  check (kept_as is null or state = 'answered')
);
create unique index colleague_question_open on colleague_question (tenant_id, conversation_id) where state = 'open';
create index colleague_question_conversation on colleague_question (tenant_id, conversation_id);
create index colleague_question_due on colleague_question (due_at) where state = 'open';
create index colleague_question_unsent on colleague_question (ended_at) where state = 'answered' and sent_at is null;
create index colleague_question_recent on colleague_question (tenant_id, ended_at desc) where state = 'answered';
select yingda_protect('colleague_question');

-- Owner: turns. Rehearsed chats that were made from the record: each conversation once, gone when it goes (a contact is erased,
-- the retention has passed), and with it what was said of it in every run: so results stand line by line, no longer in one seal.
alter table rehearsal_case add column conversation_id uuid;
alter table rehearsal_case add constraint rehearsal_case_conversation
  foreign key (tenant_id, conversation_id) references conversation on delete cascade;
create unique index rehearsal_case_once on rehearsal_case (tenant_id, conversation_id) where conversation_id is not null;

create table rehearsal_result (
  tenant_id uuid not null,
  run_id uuid not null,
  case_id uuid not null,
  place int not null,
  conversation_id uuid,
  sealed_lines bytea not null,
  primary key (tenant_id, run_id, case_id),
  foreign key (tenant_id, run_id) references rehearsal_run on delete cascade,
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index rehearsal_result_conversation on rehearsal_result (tenant_id, conversation_id) where conversation_id is not null;
select yingda_protect('rehearsal_result');

-- The last import of a shop: how far it is.
create table rehearsal_import (
  tenant_id uuid not null references tenant on delete cascade,
  state text not null check (state in ('running', 'done', 'failed')),
  done int not null default 0,
  total int not null,
  added int not null default 0,
  masked jsonb not null default '{}',
  choice jsonb not null,
  at timestamptz not null,
  primary key (tenant_id)
);
select yingda_protect('rehearsal_import');

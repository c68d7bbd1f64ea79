-- Owner: turns. What a vision model read in a contact's picture, for the people who serve: sealed, and gone with its
-- conversation.
create table picture_reading (
  tenant_id uuid not null references tenant on delete cascade,
  message_id uuid not null,
  conversation_id uuid not null,
  sealed_reading bytea not null,
  at timestamptz not null,
  primary key (tenant_id, message_id),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, id) on delete cascade
);
create index picture_reading_conversation on picture_reading (tenant_id, conversation_id);
select yingda_protect('picture_reading');

-- Owner: conversations. Conversations that had ended and that their contact came back to, whoever had served them; the
-- first time. (conversation_resolution tells it of the bot's alone.)
create table conversation_return (
  tenant_id uuid not null,
  conversation_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
select yingda_protect('conversation_return');

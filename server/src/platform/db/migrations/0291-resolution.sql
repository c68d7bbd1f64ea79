-- Owner: conversations. How a conversation ended, honestly (docs/resolution.md); none while it is open or does not count.
create table conversation_resolution (
  tenant_id uuid not null,
  conversation_id uuid not null,
  state text not null check (state in ('confirmed', 'assumed', 'reopened', 'handed-over', 'abandoned')),
  at timestamptz not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
create index conversation_resolution_at on conversation_resolution (tenant_id, at);
select yingda_protect('conversation_resolution');

-- Owner: turns. Which question a turn was probably about that the bot could not settle, for two days: a sudden rise suggests
-- an incident. Holds no words of a customer.
create table turn_miss (
  tenant_id uuid not null references tenant on delete cascade,
  conversation_id uuid not null,
  faq_slug text not null,
  at timestamptz not null,
  primary key (tenant_id, conversation_id, faq_slug)
);
create index turn_miss_recent on turn_miss (tenant_id, at);
select yingda_protect('turn_miss');

-- Owner: routing. An agent hands a conversation to a colleague: it stays with the sender until the colleague accepts, so
-- that a declined or forgotten offer leaves nobody's customer in the air.
create table transfer_offer (
  tenant_id uuid not null,
  conversation_id uuid not null,
  from_agent_id uuid not null,
  to_agent_id uuid not null,
  offered_at timestamptz not null,
  offer_expires_at timestamptz not null,
  primary key (tenant_id, conversation_id)
);
create index transfer_offer_expires on transfer_offer (offer_expires_at);
select yingda_protect('transfer_offer');

-- When the owner was last told that nobody is there: at most one alert in ten minutes.
create table owner_alert (
  tenant_id uuid primary key references tenant on delete cascade,
  last_at timestamptz not null
);
select yingda_protect('owner_alert');

-- Conversations for which nobody-available was said: once each, queued or not.
create table nobody_told (
  tenant_id uuid not null,
  conversation_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversation on delete cascade
);
select yingda_protect('nobody_told');

create index agent_presence_lost on agent_presence (connected_at) where presence <> 'away';
-- lost_at: set when three minutes without a line had passed; such an agent counts as away until they are back.
-- assignments: raised by every offer and assignment, so that two servers that choose the same agent notice.
alter table agent_presence add column lost_at timestamptz, add column assignments bigint not null default 0;

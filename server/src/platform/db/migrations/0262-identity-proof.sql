-- Owner: brain. A code that was sent so that a customer can prove an address, and since when it is proved. One row per
-- conversation: a new address begins anew. The code itself is kept nowhere, only its salted hash.
create table identity_proof (
  tenant_id uuid not null references tenant on delete cascade,
  conversation_id uuid not null,
  sealed_address bytea not null,
  salt bytea not null,
  code_hash bytea not null,
  expires_at timestamptz not null,
  tries int not null default 0,
  sends int not null default 1,
  sends_since timestamptz not null,
  proved_at timestamptz,
  primary key (tenant_id, conversation_id),
  foreign key (tenant_id, conversation_id) references conversation (tenant_id, id) on delete cascade
);
select yingda_protect('identity_proof');

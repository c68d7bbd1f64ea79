-- What the demo shop changed in a tenant and what stood there before, so that it can be taken away without a trace.
create table demo_receipt (
  tenant_id uuid primary key references tenant on delete cascade,
  receipt jsonb not null,
  seeded_at timestamptz not null
);
select yingda_protect('demo_receipt');

-- Whoever is erased no longer waits: an entry without its conversation would be counted for ever.
delete from queue_entry e where not exists (select from conversation c where c.tenant_id = e.tenant_id and c.id = e.conversation_id);
alter table queue_entry add foreign key (tenant_id, conversation_id) references conversation on delete cascade;
delete from transfer_offer e where not exists (select from conversation c where c.tenant_id = e.tenant_id and c.id = e.conversation_id);
alter table transfer_offer add foreign key (tenant_id, conversation_id) references conversation on delete cascade;

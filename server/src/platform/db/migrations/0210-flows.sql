-- Owner: brain. Flows that a tenant has switched on or written anew. No row: the shipped flow, off.
-- yaml: the tenant's own text; null: the shipped one. tools: which system its lookups ask; null: none is connected.
create table tenant_flow (
  tenant_id uuid not null references tenant on delete cascade,
  flow text not null,
  is_on boolean not null,
  version int not null default 1,
  yaml text,
  tools text check (tools in ('demo')),
  changed_at timestamptz not null,
  primary key (tenant_id, flow)
);
select yingda_protect('tenant_flow');

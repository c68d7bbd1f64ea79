-- Owner: brain. Flows are written as drafts and published in versions.
-- draft: what is being written; null: nothing that is not published. dialogues: YAML; null: those that ship.
-- published: number of the latest version of the tenant's own text; it stands in the text, too, so that a run that began
-- on an older one is seen.
alter table tenant_flow
  add column draft text,
  add column dialogues text,
  add column published int not null default 0,
  add column changed_by uuid,
  add column deleted_at timestamptz;

create table tenant_flow_version (
  tenant_id uuid not null references tenant on delete cascade,
  flow text not null,
  number int not null,
  yaml text not null,
  published_at timestamptz not null,
  published_by uuid,
  primary key (tenant_id, flow, number)
);
select yingda_protect('tenant_flow_version');

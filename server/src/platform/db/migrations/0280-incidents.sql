-- Owner: brain. Statements that the owner pins for some hours, and who was told one. They are the shop's own words and stand
-- in clear, as FAQs do. One row per conversation and incident: nobody is told twice.
create table incident (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  title text not null,
  text text not null,
  text_en text not null default '',
  words text[] not null default '{}',
  faqs text[] not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id, id),
  check (ends_at > starts_at)
);
select yingda_protect('incident');

create table incident_told (
  tenant_id uuid not null,
  incident_id uuid not null,
  conversation_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, incident_id, conversation_id),
  foreign key (tenant_id, incident_id) references incident on delete cascade
);
select yingda_protect('incident_told');

-- Owner: brain. The public help centre of a shop; no row: off. `faqs` holds the slugs of what anybody may read.
create table help_centre (
  tenant_id uuid primary key references tenant on delete cascade,
  is_on boolean not null,
  is_indexed boolean not null,
  title_zh text not null,
  title_en text not null,
  faqs text[] not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid
);
select yingda_protect('help_centre');

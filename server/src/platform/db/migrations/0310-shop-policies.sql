-- Owner: brain. The shop's policies: rules as data in the form that contract/policy-source.ts describes.
create table shop_policy (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  key text not null,
  is_on boolean not null,
  source jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index shop_policy_key on shop_policy (tenant_id, key) where deleted_at is null;
select yingda_protect('shop_policy');

-- Owner: brain. The words of a shop, one row each: `lists` as contract/src/shop-words.ts describes them.
create table shop_words (
  tenant_id uuid not null references tenant on delete cascade,
  lists jsonb not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  primary key (tenant_id)
);
select yingda_protect('shop_words');

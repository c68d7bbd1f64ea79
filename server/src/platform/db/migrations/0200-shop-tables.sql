-- Owner: brain. The shop's sheets (price list, sizes, stock, opening times), rows as they stand in the sheet: a list of
-- rows of cell texts. The counts are of the reading made when the rows were last written, for the list.
create table shop_table (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  name text not null,
  rows jsonb not null,
  row_count int not null,
  column_count int not null,
  problem_count int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index shop_table_name on shop_table (tenant_id, name) where deleted_at is null;
select yingda_protect('shop_table');

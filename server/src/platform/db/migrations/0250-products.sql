-- Owner: brain. The shop's products. `body` is the whole draft as the contract has it (names, models, fault codes with
-- their steps, files by id); the columns beside it are for the list and for the name's uniqueness.
create table product (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  name text not null,
  body jsonb not null,
  fault_count int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index product_name on product (tenant_id, name) where deleted_at is null;

-- A code printed on products of one batch ('' none). Ten random letters that name a product: no secret, but nobody can
-- guess another batch's, and one that was printed in error can be taken back.
create table product_code (
  tenant_id uuid not null references tenant on delete cascade,
  code text not null,
  product_id uuid not null,
  batch text not null,
  created_at timestamptz not null,
  primary key (tenant_id, code),
  foreign key (tenant_id, product_id) references product on delete cascade
);
create unique index product_code_batch on product_code (tenant_id, product_id, batch);
select yingda_protect('product'), yingda_protect('product_code');

-- Owner: inference. The shop's large models, if any, in the order to be asked, each with its sealed key; and beside them
-- one row that says whether they are used and which does what. No row: no large model.
create table language_model (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  position int not null,
  preset text not null,
  base_url text not null,
  model text not null,
  sealed_key bytea,
  primary key (tenant_id, id)
);
select yingda_protect('language_model');
create table language_model_plan (
  tenant_id uuid primary key references tenant on delete cascade,
  is_on boolean not null,
  -- {task: {models: [id] | null, limits: {totalMs, outputTokens} | null}}, parsed by the contract's shape when read
  tasks jsonb not null
);
select yingda_protect('language_model_plan');

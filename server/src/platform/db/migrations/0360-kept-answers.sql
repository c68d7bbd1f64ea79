-- Owner: inference. Answers that a large model gave from the shop's texts and that hold for anybody: the next who asks the same
-- of the same texts is answered without a call. The key is a keyed hash; no customer's words are kept.
create table kept_answer (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  key bytea not null,
  model text not null,
  prompt text not null,
  sealed_text bytea not null,
  -- of the call that made it: what each further use saves
  input_tokens int not null,
  output_tokens int not null,
  kept_at timestamptz not null,
  used_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
create index kept_answer_used on kept_answer (tenant_id, used_at);
select yingda_protect('kept_answer');

-- A call that did not have to be made: no tokens, no cost, and what it would have cost.
alter table usage_call add column is_kept boolean not null default false;
alter table usage_call add column saved_micros bigint not null default 0;

-- Owner: brain. A draft of an FAQ lies beside what is live, one for each; `faq_id` of one that is not there yet is the id it
-- will have. `base_version`: of the live FAQ when the draft was begun, 0 where there was none.
create table faq_draft (
  tenant_id uuid not null references tenant on delete cascade,
  faq_id uuid not null,
  -- contract/src/knowledge.ts, faqDraft
  body jsonb not null,
  base_version int not null,
  state text not null default 'draft' check (state in ('draft', 'review')),
  note text not null default '',
  revision int not null default 1,
  updated_at timestamptz not null,
  -- who wrote it last: somebody else reviews it
  written_by uuid,
  primary key (tenant_id, faq_id)
);
select yingda_protect('faq_draft');

create table faq_policy (
  tenant_id uuid not null references tenant on delete cascade,
  saves_as text not null check (saves_as in ('live', 'draft')),
  needs_review boolean not null,
  primary key (tenant_id)
);
select yingda_protect('faq_policy');

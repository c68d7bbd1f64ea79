-- Owner: brain. What FAQs said before: the state that a change replaced, written by the database so that no way of changing
-- one (editor, import, pack, roll-back) can forget it. What is live is the FAQ's own row. Of each the last 200 are kept.
create table faq_version (
  tenant_id uuid not null,
  faq_id uuid not null,
  version int not null,
  -- contract/src/knowledge.ts, faqDraft
  body jsonb not null,
  at timestamptz not null,
  by uuid,
  primary key (tenant_id, faq_id, version),
  foreign key (tenant_id, faq_id) references faq on delete cascade
);
select yingda_protect('faq_version');

create function faq_body(f faq) returns jsonb language sql immutable as $$
  select jsonb_build_object('slug', f.slug, 'question', f.question, 'answer', f.answer, 'questionEn', f.question_en,
    'answerEn', f.answer_en, 'category', f.category, 'tags', f.tags, 'phrasings', f.phrasings, 'negatives', f.negatives,
    'unborrowed', f.unborrowed, 'isOn', f.is_on, 'extras', f.extras)
$$;

create function faq_keep_version() returns trigger language plpgsql as $$
begin
  -- what may not be borrowed is a set of its own, changed without a new version
  if faq_body(old) - 'unborrowed' is distinct from faq_body(new) - 'unborrowed' then
    insert into faq_version (tenant_id, faq_id, version, body, at, by)
      values (old.tenant_id, old.id, old.version, faq_body(old), old.updated_at, old.updated_by)
      on conflict (tenant_id, faq_id, version) do nothing;
    delete from faq_version where tenant_id = old.tenant_id and faq_id = old.id and version <= old.version - 200;
  end if;
  return null;
end $$;

-- not for what only counts: asked_count is written every minute
create trigger faq_keeps_versions after update of slug, question, answer, question_en, answer_en, category, tags, phrasings,
  negatives, is_on, extras on faq for each row execute function faq_keep_version();

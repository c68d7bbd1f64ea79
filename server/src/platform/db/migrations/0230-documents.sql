-- Owner: brain. The shop's documents (a file, a page, a site), what was last read of them in passages, and what a new
-- reading changed. Passages are the shop's own words and stand in clear, as FAQs do; the original lies sealed with the media.
-- `run` counts readings asked for: only the newest may write.
create table shop_document (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('file', 'page', 'site')),
  title text not null,
  url text,
  media_id uuid,
  file_name text,
  file_type text,
  size_bytes bigint,
  is_on boolean not null default true,
  state text not null check (state in ('waiting', 'reading', 'ready', 'failed', 'cancelled')),
  run int not null default 1,
  done int not null default 0,
  total int not null default 0,
  error jsonb,
  problems jsonb not null default '[]',
  page_count int not null default 0,
  passage_count int not null default 0,
  changed_count int not null default 0,
  schedule text not null default 'never' check (schedule in ('never', 'daily', 'weekly')),
  depth int not null default 0,
  most_pages int not null default 1,
  read_at timestamptz,
  next_read_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by uuid,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index shop_document_due on shop_document (next_read_at) where deleted_at is null and next_read_at is not null;
select yingda_protect('shop_document');

-- `id` is made of the document, the place and the text: the same after a new reading that finds the same.
create table document_passage (
  tenant_id uuid not null,
  document_id uuid not null,
  id text not null,
  at int not null,
  page int,
  url text,
  heading jsonb not null,
  text text not null,
  primary key (tenant_id, document_id, id),
  foreign key (tenant_id, document_id) references shop_document on delete cascade
);
create index document_passage_order on document_passage (tenant_id, document_id, at);
select yingda_protect('document_passage');

create table document_change (
  tenant_id uuid not null,
  document_id uuid not null,
  id text not null,
  at timestamptz not null,
  kind text not null check (kind in ('added', 'changed', 'removed')),
  page int,
  url text,
  heading jsonb not null,
  text_before text,
  text_after text,
  primary key (tenant_id, document_id, id),
  foreign key (tenant_id, document_id) references shop_document on delete cascade
);
select yingda_protect('document_change');

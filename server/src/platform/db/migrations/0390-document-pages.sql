-- Owner: brain. The pages of a site as they were last read: after a restart a reading goes on behind them, and the next one
-- asks the site only for what changed since. `run` is the reading that saw it last, `reader` the version of what read it.
create table document_page (
  tenant_id uuid not null,
  document_id uuid not null,
  url text not null,
  run int not null,
  reader int not null,
  title text not null,
  sections jsonb not null,
  problems jsonb not null,
  links jsonb not null,
  hash text not null,
  etag text,
  last_modified text,
  primary key (tenant_id, document_id, url),
  foreign key (tenant_id, document_id) references shop_document on delete cascade
);
select yingda_protect('document_page');

-- Where the audit chain ends, signed: entries cut off its end are missed, and the next one does not quietly take their place.
-- Owner: accounts.
create table audit_head (
  tenant_id uuid primary key references tenant on delete cascade,
  seq bigint not null,
  link bytea not null,
  signature bytea not null
);
select yingda_protect('audit_head');

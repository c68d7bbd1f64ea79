-- What the demo shop changed in a tenant and what stood there before, so that it can be taken away without a trace.
create table demo_receipt (
  tenant_id uuid primary key references tenant on delete cascade,
  receipt jsonb not null,
  seeded_at timestamptz not null
);
select yingda_protect('demo_receipt');

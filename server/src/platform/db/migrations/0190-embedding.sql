-- Owner: inference. Which embedding model a tenant chose, if any: a service with its sealed key, or an installed folder.
create table embedding_setting (
  tenant_id uuid primary key references tenant on delete cascade,
  kind text not null check (kind in ('none', 'service', 'folder')),
  base_url text,
  model text,
  dimensions int,
  sealed_key bytea,
  folder text,
  check (kind <> 'service' or (base_url is not null and model is not null)),
  check (kind <> 'folder' or folder is not null)
);
select yingda_protect('embedding_setting');

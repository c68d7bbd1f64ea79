-- Owner: channels. Deliveries are tried again in the order of the conversation; a text cut into several bubbles goes on
-- where it stopped.
alter table delivery_attempt add column seq int not null default 0;
alter table delivery_attempt add column parts_sent int not null default 0;
alter table delivery_attempt alter column attempts set default 0;
create index delivery_attempt_conversation on delivery_attempt (tenant_id, conversation_id, seq);

-- Which visitor uploaded what: ids are no secrets, so a file may only be sent by whoever brought it.
create table visitor_upload (
  tenant_id uuid not null,
  media_id uuid not null,
  inbox_id uuid not null,
  visitor_key text not null,
  at timestamptz not null,
  primary key (tenant_id, media_id),
  foreign key (tenant_id, media_id) references media on delete cascade
);
select yingda_protect('visitor_upload');

-- Platforms call us with the inbox's id in the path, before any tenant is known. Says nothing but the tenant.
create function resolve_hook_tenant(p_inbox uuid) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_before text := yingda_open_rows();
  v_tenant uuid;
begin
  v_tenant := (select tenant_id from inbox where id = p_inbox and deleted_at is null);
  perform yingda_close_rows(v_before);
  return v_tenant;
end $$;
revoke all on function resolve_hook_tenant(uuid) from public;
select yingda_grant_function('resolve_hook_tenant(uuid)');

-- Entry without a tenant: the only way to learn a tenant from a secret or a public key. Owner: platform.
create function resolve_tenant(p_kind text, p_key bytea) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_before text := yingda_open_rows();
  v_tenant uuid;
begin
  v_tenant := case p_kind
    when 'account' then (select tenant_id from app_user where account_hash = p_key)
    when 'session' then (select tenant_id from session where token_hash = p_key)
    when 'invitation' then (select tenant_id from invitation where token_hash = p_key)
    when 'api-key' then (select tenant_id from api_key where key_hash = p_key and revoked_at is null)
    when 'inbox' then (select tenant_id from inbox where public_key = convert_from(p_key, 'UTF8') and deleted_at is null)
    when 'visitor' then (select tenant_id from visitor where token_hash = p_key or previous_token_hash = p_key)
  end;
  perform yingda_close_rows(v_before);
  return v_tenant;
end $$;
revoke all on function resolve_tenant(text, bytea) from public;
select yingda_grant_function('resolve_tenant(text, bytea)');

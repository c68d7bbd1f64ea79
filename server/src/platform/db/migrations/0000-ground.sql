-- What every later migration stands on: who the current transaction works for, and the helpers that put row-level
-- security on a table. The same files serve two ways of running, told apart by who runs the migrations:
--   roles  as yingda_owner; use cases run as yingda_app, relay and jobs as yingda_system, each with its own policies
--   single as any other role, which then owns everything: FORCE ROW LEVEL SECURITY, and `app.system` opens all rows
-- Later migrations never name a role; they call the helpers.

do $$
begin
  if current_user = 'yingda_owner' then
    create function yingda_has_roles() returns boolean language sql immutable parallel safe as 'select true';
    create function yingda_is_system() returns boolean language sql stable parallel safe
      as $f$ select current_user in ('yingda_system', 'yingda_owner') $f$;
  else
    create function yingda_has_roles() returns boolean language sql immutable parallel safe as 'select false';
    create function yingda_is_system() returns boolean language sql stable parallel safe
      as $f$ select coalesce(current_setting('app.system', true), '') = 'on' $f$;
  end if;
end $$;

-- The tenant of this transaction, null when none is set. After a transaction the setting is '' and not null, and a
-- plain cast of '' to uuid throws. One expression, so that the planner inlines it and uses the tenant's index.
create function yingda_tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant', true), '')::uuid $$;

-- A table with a tenant_id: use cases see and write their tenant's rows, the system role all rows.
create function yingda_protect(p_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  if yingda_has_roles() then
    execute format('create policy tenant_rows on %s to yingda_app using (tenant_id = yingda_tenant()) with check (tenant_id = yingda_tenant())', p_table);
    execute format('create policy system_rows on %s to yingda_system using (true) with check (true)', p_table);
    execute format('grant select, insert, update, delete on %s to yingda_app, yingda_system', p_table);
  else
    execute format('alter table %s force row level security', p_table);
    execute format('create policy tenant_rows on %s using (tenant_id = yingda_tenant()) with check (tenant_id = yingda_tenant())', p_table);
    execute format('create policy system_rows on %s using (yingda_is_system()) with check (yingda_is_system())', p_table);
  end if;
end $$;

-- A table that only the system role may touch.
create function yingda_protect_system(p_table regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', p_table);
  if yingda_has_roles() then
    execute format('create policy system_rows on %s to yingda_system using (true) with check (true)', p_table);
    execute format('grant select, insert, update, delete on %s to yingda_system', p_table);
  else
    execute format('alter table %s force row level security', p_table);
    execute format('create policy system_rows on %s using (yingda_is_system()) with check (yingda_is_system())', p_table);
  end if;
end $$;

-- Lets use cases and the system role call a function whose execution was revoked from public.
create function yingda_grant_function(p_signature regprocedure) returns void language plpgsql as $$
begin
  if yingda_has_roles() then
    execute format('grant execute on function %s to yingda_app, yingda_system', p_signature);
  end if;
end $$;

-- For the few SECURITY DEFINER functions that look for a tenant nobody knows yet. With roles such a function sees all
-- rows anyhow, because it runs as their owner; with a single role `app.system` opens them until the function closes them
-- again (an error undoes it with its transaction). Not a SET clause of the function: that takes a superuser.
--   declare v_before text := yingda_open_rows(); begin … perform yingda_close_rows(v_before); return …; end
create function yingda_open_rows() returns text language plpgsql as $$
declare
  v_before text := coalesce(current_setting('app.system', true), '');
begin
  perform set_config('app.system', 'on', true);
  return v_before;
end $$;
create function yingda_close_rows(p_before text) returns void language sql
  as $$ select set_config('app.system', p_before, true) $$;

revoke all on function yingda_open_rows() from public;
revoke all on function yingda_close_rows(text) from public;
revoke all on function yingda_protect(regclass) from public;
revoke all on function yingda_protect_system(regclass) from public;
revoke all on function yingda_grant_function(regprocedure) from public;

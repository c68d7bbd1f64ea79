-- Blind search: who may read the index, and how. Owner: conversations.
create index message_search_tokens on message_search using gin (tokens);

/*
 * The newest messages of the tenant in app.tenant that hold all tokens, newest first, before message p_before (null: from
 * the newest). First the newest 5,000 rows are walked; only when those give fewer than 20 is the index asked. Under plain
 * row-level security `@>` is not leak-proof and the index would go unused, so this function owns the reading; it takes
 * no tenant from its caller. EXECUTE plans anew each time: the right plan depends on how common the tokens are.
 * is_cut: the index had more than it was asked for, so older hits may be missing.
 */
create function message_search_hits(p_tokens int4[], p_limit int, p_before uuid)
returns table (message_id uuid, conversation_id uuid, seq int, is_cut boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_tenant uuid := yingda_tenant();
  v_found int;
begin
  if v_tenant is null or cardinality(p_tokens) = 0 then return; end if;
  return query execute
    'select n.message_id, n.conversation_id, n.seq, false from (
       select s.message_id, s.conversation_id, s.seq, s.tokens from message_search s
       where s.tenant_id = $1 and ($4 is null or s.message_id < $4) order by s.message_id desc limit 5000) n
     where n.tokens @> $2 order by n.message_id desc limit $3'
    using v_tenant, p_tokens, p_limit, p_before;
  get diagnostics v_found = row_count;
  if v_found >= least(p_limit, 20) then return; end if;
  return query execute
    'with newest as materialized (
       select s.message_id from message_search s
       where s.tenant_id = $1 and ($4 is null or s.message_id < $4) order by s.message_id desc limit 5000),
     bound as materialized (select message_id as id from newest order by message_id limit 1),
     found as materialized (
       select s.message_id, s.conversation_id, s.seq from message_search s
       where s.tokens @> $2 and s.tenant_id = $1 and s.message_id < (select id from bound) limit 5001)
     select f.message_id, f.conversation_id, f.seq, (select count(*) > 5000 from found) from found f
     order by f.message_id desc limit $3'
    using v_tenant, p_tokens, p_limit - v_found, p_before;
end $$;
revoke all on function message_search_hits(int4[], int, uuid) from public;
select yingda_grant_function('message_search_hits(int4[], int, uuid)');

/*
 * Names: every contact of the tenant whose name holds all grams. Contacts are few next to messages, but the same is true
 * of `@>` on them, so the same door.
 */
create index contact_name_grams on contact using gin (name_grams) with (fastupdate = off) where name_grams <> '{}';
create function contact_name_hits(p_tokens int4[], p_limit int) returns table (contact_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_tenant uuid := yingda_tenant();
begin
  if v_tenant is null or cardinality(p_tokens) = 0 then return; end if;
  return query execute
    'with found as materialized (select c.id, c.last_seen_at from contact c where c.name_grams <> ''{}'' and c.name_grams @> $2 and c.tenant_id = $1 limit 2000)
     select f.id from found f order by f.last_seen_at desc limit $3'
    using v_tenant, p_tokens, p_limit;
end $$;
revoke all on function contact_name_hits(int4[], int) from public;
select yingda_grant_function('contact_name_hits(int4[], int)');

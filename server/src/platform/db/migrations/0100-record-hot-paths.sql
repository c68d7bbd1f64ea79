-- The two hottest paths of the record as one statement each: a line comes in, an answer goes out. Owner: conversations.
-- They follow conversations/model.ts (transition) and conversations/consequences.ts; record-agrees.test.ts compares them.

-- A conversation's row changes with every message. It stays one cheap in-page update (HOT) as long as no indexed column
-- changes, so nothing that moves with every message is indexed: lists go by `active_slot`, ten minutes wide, and sort the
-- few rows of a slot exactly; the queue goes by `queued_since_at`, which only entering and leaving the queue changes.
drop index conversation_by_handler, conversation_waiting, conversation_by_agent, conversation_unresolved;
alter table conversation add column active_slot int not null;
-- since when the contact waits for a person; set while the handler is a queue
alter table conversation add column queued_since_at timestamptz;
alter table conversation add constraint conversation_queued_since check ((handler_kind = 'queue') = (queued_since_at is not null));
create index conversation_by_handler on conversation (tenant_id, handler_kind, active_slot desc) where status = 'open';
create index conversation_unresolved on conversation (tenant_id, active_slot desc) where status <> 'resolved';
create index conversation_queued on conversation (tenant_id, queued_since_at, id) where handler_kind = 'queue';
create index conversation_by_agent on conversation (tenant_id, handler_agent_id) where status <> 'resolved' and handler_agent_id is not null;

-- Slots of ten minutes since 1970; list-conversations.ts counts the same. Stable, as what it calls: only then is it inlined.
create function activity_slot(p_at timestamptz) returns int language sql stable parallel safe as $$
  select floor(extract(epoch from p_at) / 600)::int
$$;

-- A list shows the last line itself: kept once, in message, instead of a second sealed copy per conversation.
alter table conversation drop column sealed_preview;
alter table conversation add column last_shown_seq int not null default 0;
-- which search key made name_grams, so that a rotation knows what is left to do
alter table contact add column name_key_id int not null default 0;
-- keyed hash of the context, so that a known page is not sealed and written again with every line
alter table contact add column context_hash bytea;
alter table conversation add constraint conversation_snoozed_until check ((status = 'snoozed') = (snoozed_until_at is not null));
alter table conversation add constraint conversation_resolved_at check ((status = 'resolved') = (resolved_at is not null));

-- One check for the whole row: PostgreSQL reads and prepares the text of every check anew in every statement, and a row of this
-- table changes twice a turn. The rules of model.ts, as far as a single row can tell.
alter table conversation drop constraint conversation_status_check, drop constraint conversation_handler_kind_check,
  drop constraint conversation_origin_check, drop constraint conversation_last_author_kind_check, drop constraint conversation_rating_check,
  drop constraint conversation_check, drop constraint conversation_check1, drop constraint conversation_check2,
  drop constraint conversation_queued_since, drop constraint conversation_snoozed_until, drop constraint conversation_resolved_at;
create function conversation_is_sound(
  p_status text, p_handler_kind text, p_agent uuid, p_queue uuid, p_origin text, p_author text, p_rating int,
  p_queued_since timestamptz, p_snoozed_until timestamptz, p_resolved_at timestamptz
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return p_status in ('open', 'snoozed', 'resolved') and p_handler_kind in ('bot', 'queue', 'agent', 'nobody')
    and p_origin in ('contact', 'left-message', 'agent', 'demo')
    and (p_author is null or p_author in ('contact', 'bot', 'agent', 'system'))
    and (p_rating is null or p_rating between 1 and 5)
    and (p_handler_kind = 'agent') = (p_agent is not null) and (p_handler_kind = 'queue') = (p_queue is not null)
    and (p_status <> 'resolved' or p_handler_kind = 'nobody')
    and (p_handler_kind = 'queue') = (p_queued_since is not null)
    and (p_status = 'snoozed') = (p_snoozed_until is not null) and (p_status = 'resolved') = (p_resolved_at is not null);
end $$;
alter table conversation add constraint conversation_sound check (conversation_is_sound(status, handler_kind, handler_agent_id,
  handler_queue_id, origin, last_author_kind, rating, queued_since_at, snoozed_until_at, resolved_at));
alter table message drop constraint message_kind_check, drop constraint message_author_kind_check, drop constraint message_delivery_status_check;
create function message_is_sound(p_kind text, p_author text, p_delivery text) returns boolean language plpgsql immutable parallel safe as $$
begin
  return p_kind in ('inbound', 'outbound', 'note', 'event') and p_author in ('contact', 'bot', 'agent', 'system')
    and p_delivery in ('queued', 'sent', 'delivered', 'read', 'maybe-sent', 'failed');
end $$;
alter table message add constraint message_sound check (message_is_sound(kind, author_kind, delivery_status));

/*
 * Records an inbound message: identity -> contact -> conversation -> message -> events. Everything personal arrives sealed.
 * The ids p_contact, p_identity and p_conversation are used only where something new is made. Two first messages of one
 * visitor wait for each other at the advisory lock, so they meet in one conversation.
 */
create function receive_message(
  p_tenant uuid, p_inbox uuid, p_at timestamptz, p_now timestamptz, p_external_hash bytea, p_lock int, p_looks_for_retry boolean,
  p_contact uuid, p_sealed_name bytea, p_is_named boolean, p_name_grams int4[], p_name_key int,
  p_sealed_context bytea, p_context_hash bytea, p_language text, p_identity uuid, p_sealed_external_id bytea, p_is_verified boolean,
  p_conversation uuid, p_is_bot_on boolean, p_reopen_window_ms bigint, p_is_left_message boolean,
  p_message uuid, p_sealed_content bytea, p_external_id text, p_client_message_id text, p_event_ids uuid[],
  out kind text, out conversation_id uuid, out contact_id uuid, out message_id uuid, out seq int, out version int,
  out status text, out handler_kind text, out handler_agent_id uuid, out handler_queue_id uuid,
  out is_new_conversation boolean, out is_new_contact boolean, out is_named boolean, out is_context_new boolean,
  out event_seq bigint, out events jsonb
) language plpgsql as $$
declare
  v_identity uuid;
  v_is_blocked boolean := false;
  v_language text;
  v_last_seen timestamptz;
  v_slot int := activity_slot(p_at);
  v_newest record;
  v_is_counted boolean := false;
  -- what it was before this line, where that is told by an event
  v_was_status text := 'open';
begin
  is_new_conversation := false;
  is_new_contact := false;

  -- Nearly always the visitor is known and their newest conversation is open: then one update finds, locks and changes it. Only what
  -- would begin or reopen something waits for the visitor's other lines, and looks again.
  for v_look in 1..2 loop
    select i.id, i.contact_id, c.is_blocked, c.is_named, c.language, c.last_seen_at,
        p_context_hash is not null and c.context_hash is distinct from p_context_hash
      into v_identity, contact_id, v_is_blocked, is_named, v_language, v_last_seen, is_context_new
      from identity i join contact c on c.tenant_id = i.tenant_id and c.id = i.contact_id
      where i.tenant_id = p_tenant and i.inbox_id = p_inbox and i.external_hash = p_external_hash;

    if p_external_id is not null then
      select 'duplicate', m.conversation_id, m.id, m.seq into kind, conversation_id, message_id, seq from message m
        where m.tenant_id = p_tenant and m.inbox_id = p_inbox and m.external_id = p_external_id;
      if found then return; end if;
    end if;
    -- A client's retry is rare and comes within minutes. The unique index notices it, and the caller asks again with
    -- p_looks_for_retry; it is also looked for before a new conversation begins, where that index would see nothing.
    if p_looks_for_retry and v_identity is not null then
      select 'duplicate', r.conversation_id, r.message_id, r.seq into kind, conversation_id, message_id, seq
        from retried_message(p_tenant, v_identity, p_client_message_id) r;
      if found then return; end if;
    end if;

    if v_identity is not null and not v_is_blocked then
      update conversation c set
          version = c.version + 1, message_seq = c.message_seq + 1, last_shown_seq = c.message_seq + 1,
          last_message_at = greatest(c.last_message_at, p_at), active_slot = greatest(c.active_slot, v_slot), last_author_kind = 'contact',
          waiting_since_at = coalesce(c.waiting_since_at, p_at),
          handler_kind = case when c.handler_kind = 'nobody' and p_is_bot_on then 'bot' else c.handler_kind end,
          origin = case when p_is_left_message then 'left-message' else c.origin end
        where c.tenant_id = p_tenant and c.status = 'open' and c.id = (
          select n.id from conversation n where n.tenant_id = p_tenant and n.identity_id = v_identity order by n.created_at desc limit 1)
        returning c.id, c.message_seq, c.version, c.status, c.handler_kind, c.handler_agent_id, c.handler_queue_id
        into conversation_id, seq, version, status, handler_kind, handler_agent_id, handler_queue_id;
    end if;
    v_is_counted := conversation_id is not null;
    exit when v_is_counted or v_look = 2;
    perform pg_advisory_xact_lock(19779, p_lock);
  end loop;

  kind := 'recorded';
  message_id := p_message;
  if v_identity is null then
    is_new_contact := true;
    v_identity := p_identity;
    contact_id := p_contact;
    is_named := p_is_named;
    v_is_blocked := false;
    insert into contact (tenant_id, id, sealed_name, is_named, name_grams, name_key_id, sealed_context, context_hash, language, first_seen_at, last_seen_at)
      values (p_tenant, p_contact, p_sealed_name, p_is_named, p_name_grams, p_name_key, p_sealed_context, p_context_hash, p_language, p_at, p_at);
    insert into identity (tenant_id, id, inbox_id, contact_id, external_hash, sealed_external_id, is_verified, created_at)
      values (p_tenant, p_identity, p_inbox, p_contact, p_external_hash, p_sealed_external_id, p_is_verified, p_now);
  else
    -- Once a minute is exact enough for "last seen", and spares a row version per line. Whoever erases or changes the contact at this
    -- moment is not waited for: they lock the contact first and the conversation after it.
    if v_last_seen < p_at - interval '1 minute' or p_language is distinct from coalesce(v_language, p_language) then
      update contact c set last_seen_at = greatest(c.last_seen_at, p_at), language = coalesce(p_language, c.language)
        where c.tenant_id = p_tenant and c.id = (select k.id from contact k
          where k.tenant_id = p_tenant and k.id = receive_message.contact_id for no key update skip locked);
    end if;
    if not v_is_counted then
      select c.id, c.status, c.resolved_at into v_newest from conversation c
        where c.tenant_id = p_tenant and c.identity_id = v_identity
        order by (c.status <> 'resolved') desc, c.created_at desc limit 1 for no key update;
      conversation_id := v_newest.id;
      v_was_status := v_newest.status;
      if v_was_status = 'resolved' and not v_is_blocked
          and p_at - v_newest.resolved_at > p_reopen_window_ms * interval '1 millisecond' then
        conversation_id := null;
        select 'duplicate', r.conversation_id, r.message_id, r.seq into kind, conversation_id, message_id, seq
          from retried_message(p_tenant, v_identity, p_client_message_id) r;
        if found then return; end if;
        kind := 'recorded';
        message_id := p_message;
      end if;
    end if;
  end if;

  if v_is_counted then
    null;
  elsif conversation_id is null then
    is_new_conversation := true;
    conversation_id := p_conversation;
    seq := 1;
    version := 1;
    status := case when v_is_blocked then 'resolved' else 'open' end;
    handler_kind := case when p_is_bot_on and not v_is_blocked then 'bot' else 'nobody' end;
    insert into conversation as c (tenant_id, id, number, inbox_id, identity_id, contact_id, status, handler_kind, origin, message_seq,
        last_message_at, active_slot, last_author_kind, last_shown_seq, waiting_since_at, resolved_at, disposition, created_at)
      values (p_tenant, p_conversation, next_number(p_tenant, 'conversation'), p_inbox, v_identity, contact_id, status, handler_kind,
        case when p_is_left_message then 'left-message' else 'contact' end, 1, p_at, v_slot, 'contact', 1,
        case when v_is_blocked then null else p_at end, case when v_is_blocked then p_at end, case when v_is_blocked then 'spam' end, p_now);
  elsif v_is_blocked then
    update conversation c set version = c.version + 1, message_seq = c.message_seq + 1, last_shown_seq = c.message_seq + 1,
        last_message_at = greatest(c.last_message_at, p_at), active_slot = greatest(c.active_slot, v_slot), last_author_kind = 'contact'
      where c.tenant_id = p_tenant and c.id = conversation_id
      returning c.message_seq, c.version, c.status, c.handler_kind, c.handler_agent_id, c.handler_queue_id
      into seq, version, status, handler_kind, handler_agent_id, handler_queue_id;
  else
    update conversation c set
        version = c.version + 1,
        message_seq = c.message_seq + 1,
        last_shown_seq = c.message_seq + 1,
        last_message_at = greatest(c.last_message_at, p_at),
        active_slot = greatest(c.active_slot, v_slot),
        last_author_kind = 'contact',
        status = 'open',
        snoozed_until_at = null,
        resolved_at = null,
        disposition = null,
        handler_kind = case when c.handler_kind = 'nobody' and p_is_bot_on then 'bot' else c.handler_kind end,
        waiting_since_at = coalesce(c.waiting_since_at, p_at),
        origin = case when p_is_left_message then 'left-message' else c.origin end,
        handoff_reason = case when v_was_status = 'resolved' then null else c.handoff_reason end,
        handoff_at = case when v_was_status = 'resolved' then null else c.handoff_at end,
        sealed_handoff_summary = case when v_was_status = 'resolved' then null else c.sealed_handoff_summary end
      where c.tenant_id = p_tenant and c.id = conversation_id
      returning c.message_seq, c.version, c.status, c.handler_kind, c.handler_agent_id, c.handler_queue_id
      into seq, version, status, handler_kind, handler_agent_id, handler_queue_id;
  end if;

  insert into message (tenant_id, conversation_id, seq, id, inbox_id, kind, author_kind, external_id, client_message_id, sealed_content, delivery_status, created_at)
    values (p_tenant, conversation_id, seq, p_message, p_inbox, 'inbound', 'contact', p_external_id, p_client_message_id, p_sealed_content, 'sent', p_at);

  -- only uuids, numbers and booleans: format is safe here, and half the price of building jsonb piece by piece
  events := format('[{"id":"%s","kind":"message-received","payload":{"conversationId":"%s","messageId":"%s","seq":%s,"inboxId":"%s","isNewConversation":%s,"version":%s}}]',
    p_event_ids[1], conversation_id, p_message, seq, p_inbox, is_new_conversation::text, version)::jsonb;
  if not is_new_conversation and v_was_status <> status then
    events := events || case when v_was_status = 'resolved'
      then jsonb_build_object('id', p_event_ids[2], 'kind', 'conversation-reopened', 'payload',
        jsonb_build_object('conversationId', conversation_id, 'version', version))
      else jsonb_build_object('id', p_event_ids[2], 'kind', 'conversation-changed', 'payload',
        jsonb_build_object('conversationId', conversation_id, 'version', version, 'changed', jsonb_build_array('status'))) end;
  end if;
  event_seq := outbox_emit(p_tenant, conversation_id, p_now, events);
end $$;

-- What a client's retry repeats: looked for in the identity's newest conversations.
create function retried_message(p_tenant uuid, p_identity uuid, p_client_message_id text)
returns table (conversation_id uuid, message_id uuid, seq int) language sql stable as $$
  select m.conversation_id, m.id, m.seq
  from (select c.id from conversation c where c.tenant_id = p_tenant and c.identity_id = p_identity
        order by c.created_at desc limit 3) newest
  join message m on m.tenant_id = p_tenant and m.conversation_id = newest.id and m.client_message_id = p_client_message_id
  limit 1
$$;

-- The next number that people see (#1042): 1, 2, 3 … per tenant and kind; a rolled back one is given again.
create function next_number(p_tenant uuid, p_kind text) returns bigint language sql as $$
  insert into tenant_counter as t (tenant_id, kind, value) values (p_tenant, p_kind, 1)
    on conflict (tenant_id, kind) do update set value = t.value + 1 returning t.value
$$;

/*
 * Appends a message that is not from the contact: an answer, a private note or a notice, each with its event.
 * p_notice: sealed "agent-joined" line, used when an agent's answer takes the conversation. Returns kind 'appended',
 * 'duplicate' (message_id and seq of the first one) or an error code of the contract.
 */
create function append_message(
  p_tenant uuid, p_conversation uuid, p_message uuid, p_at timestamptz, p_kind text, p_author_kind text, p_author_id uuid,
  p_sealed_content bytea, p_client_message_id text, p_has_trace boolean, p_expect_version int, p_seen_seq int, p_push_channels text[],
  p_notice uuid, p_sealed_notice bytea, p_event_ids uuid[],
  out kind text, out message_id uuid, out seq int, out delivery_status text, out version int, out status text,
  out handler_kind text, out handler_agent_id uuid, out handler_queue_id uuid, out notice_seq int, out event_seq bigint, out events jsonb
) language plpgsql as $$
declare
  v_was record;
  v_is_answer boolean := p_kind = 'outbound' and p_author_kind in ('bot', 'agent');
  v_is_agent boolean := p_kind = 'outbound' and p_author_kind = 'agent';
  v_takes boolean;
  v_wakes boolean;
begin
  select c.version, c.status, c.handler_kind, c.message_seq, c.last_answer_seq, c.inbox_id, i.channel = any(p_push_channels) as is_push into v_was
    from conversation c join inbox i on i.tenant_id = c.tenant_id and i.id = c.inbox_id
    where c.tenant_id = p_tenant and c.id = p_conversation for no key update of c;
  if not found then kind := 'conversation/not-found'; return; end if;
  if p_client_message_id is not null then
    select 'duplicate', m.id, m.seq into kind, message_id, seq from message m
      where m.tenant_id = p_tenant and m.conversation_id = p_conversation and m.client_message_id = p_client_message_id;
    if found then return; end if;
  end if;
  if p_expect_version is not null and p_expect_version <> v_was.version then kind := 'conversation/version-moved'; return; end if;
  if p_kind = 'outbound' and p_author_kind = 'bot' and v_was.status = 'resolved' then kind := 'conversation/resolved'; return; end if;
  -- two ifs: an expression with a query inside is run as one even where its first half is false
  if p_seen_seq is not null and v_was.last_answer_seq > p_seen_seq then
    if exists (
        select 1 from message m where m.tenant_id = p_tenant and m.conversation_id = p_conversation and m.seq > p_seen_seq
          and m.kind = 'outbound' and m.author_kind in ('bot', 'agent') and m.author_id is distinct from p_author_id) then
      kind := 'conversation/newer-reply'; return;
    end if;
  end if;

  kind := 'appended';
  message_id := p_message;
  v_takes := v_is_agent and v_was.handler_kind <> 'agent';
  v_wakes := v_is_agent and v_was.status <> 'open';
  if v_takes then notice_seq := v_was.message_seq + 1; end if;
  seq := coalesce(notice_seq, v_was.message_seq) + 1;
  delivery_status := case when p_kind = 'outbound' and v_was.is_push then 'queued' else 'sent' end;

  update conversation c set
      message_seq = append_message.seq,
      version = c.version + case when v_takes or v_wakes then 1 else 0 end,
      status = case when v_wakes then 'open' else c.status end,
      snoozed_until_at = case when v_wakes then null else c.snoozed_until_at end,
      resolved_at = case when v_wakes then null else c.resolved_at end,
      disposition = case when v_wakes then null else c.disposition end,
      handler_kind = case when v_takes then 'agent' else c.handler_kind end,
      handler_agent_id = case when v_takes then p_author_id else c.handler_agent_id end,
      handler_queue_id = case when v_takes then null else c.handler_queue_id end,
      last_answer_seq = case when v_is_answer then append_message.seq else c.last_answer_seq end,
      first_reply_at = case when v_is_answer then coalesce(c.first_reply_at, p_at) else c.first_reply_at end,
      waiting_since_at = case when v_is_agent or (v_is_answer and c.handler_kind in ('bot', 'nobody')) then null else c.waiting_since_at end,
      queued_since_at = case when v_takes then null else c.queued_since_at end,
      last_message_at = case when p_kind = 'outbound' then greatest(c.last_message_at, p_at) else c.last_message_at end,
      active_slot = case when p_kind = 'outbound' then greatest(c.active_slot, activity_slot(p_at)) else c.active_slot end,
      last_author_kind = case when p_kind = 'outbound' then p_author_kind else c.last_author_kind end,
      last_shown_seq = case when p_kind = 'outbound' then append_message.seq else c.last_shown_seq end
    where c.tenant_id = p_tenant and c.id = p_conversation
    returning c.version, c.status, c.handler_kind, c.handler_agent_id, c.handler_queue_id
    into version, status, handler_kind, handler_agent_id, handler_queue_id;

  if v_takes then
    insert into message (tenant_id, conversation_id, seq, id, inbox_id, kind, author_kind, sealed_content, delivery_status, created_at)
      values (p_tenant, p_conversation, notice_seq, p_notice, v_was.inbox_id, 'event', 'system', p_sealed_notice, 'sent', p_at);
  end if;
  insert into message (tenant_id, conversation_id, seq, id, inbox_id, kind, author_kind, author_id, client_message_id, sealed_content, delivery_status, has_trace, created_at)
    values (p_tenant, p_conversation, append_message.seq, p_message, v_was.inbox_id, p_kind, p_author_kind, p_author_id, p_client_message_id, p_sealed_content, append_message.delivery_status, p_has_trace, p_at);

  events := case when p_kind = 'note'
    then format('[{"id":"%s","kind":"note-added","payload":{"conversationId":"%s","messageId":"%s","seq":%s,"authorId":%s}}]',
      p_event_ids[1], p_conversation, p_message, append_message.seq, coalesce('"' || p_author_id || '"', 'null'))::jsonb
    else format('[{"id":"%s","kind":"message-queued","payload":{"conversationId":"%s","messageId":"%s","seq":%s,"inboxId":"%s","author":"%s","isPush":%s}}]',
      p_event_ids[1], p_conversation, p_message, append_message.seq, v_was.inbox_id, p_author_kind, (p_kind = 'outbound' and v_was.is_push)::text)::jsonb end;
  if v_takes then
    events := jsonb_build_array(jsonb_build_object('id', p_event_ids[2], 'kind', 'message-queued', 'payload',
        jsonb_build_object('conversationId', p_conversation, 'messageId', p_notice, 'seq', notice_seq, 'inboxId', v_was.inbox_id, 'author', 'system', 'isPush', false)))
      || events || jsonb_build_object('id', p_event_ids[3], 'kind', 'conversation-assigned', 'payload',
        jsonb_build_object('conversationId', p_conversation, 'agentId', p_author_id, 'by', 'reply', 'version', version));
  end if;
  if v_wakes then
    events := events || case when v_was.status = 'resolved'
      then jsonb_build_object('id', p_event_ids[4], 'kind', 'conversation-reopened', 'payload',
        jsonb_build_object('conversationId', p_conversation, 'version', version))
      else jsonb_build_object('id', p_event_ids[4], 'kind', 'conversation-changed', 'payload',
        jsonb_build_object('conversationId', p_conversation, 'version', version, 'changed', jsonb_build_array('status'))) end;
  end if;
  event_seq := outbox_emit(p_tenant, p_conversation, p_at, events);
end $$;

-- What became of a message on its way out, in one statement; and what lists of the record need. Owner: conversations.

/*
 * Moves a message's delivery status forward and writes the event. The message is named by its id, or by inbox and the
 * platform's id of it. conversation_id stays null when nothing changed.
 */
create function record_delivery(
  p_tenant uuid, p_message uuid, p_inbox uuid, p_external_id text, p_status text, p_reason text, p_at timestamptz, p_event uuid,
  out conversation_id uuid, out event_seq bigint, out events jsonb
) language plpgsql as $$
declare
  v_id uuid := p_message;
  v_inbox uuid;
  v_seq int;
  v_was text;
  v_external_id text;
begin
  if v_id is null then
    select m.id into v_id from message m where m.tenant_id = p_tenant and m.inbox_id = p_inbox and m.external_id = p_external_id;
  end if;
  select m.conversation_id, m.inbox_id, m.seq, m.delivery_status, m.external_id into conversation_id, v_inbox, v_seq, v_was, v_external_id
    from message m where m.tenant_id = p_tenant and m.id = v_id and m.kind = 'outbound' for no key update;
  if not found or not (case v_was
      when 'queued' then p_status <> 'queued'
      when 'sent' then p_status in ('delivered', 'read', 'failed')
      when 'delivered' then p_status = 'read'
      else false end) then
    conversation_id := null;
    return;
  end if;
  -- a platform that gives two messages one id must not stop the second from being recorded
  if p_message is not null and p_external_id is not null and not exists (
      select 1 from message m where m.tenant_id = p_tenant and m.inbox_id = v_inbox and m.external_id = p_external_id) then
    v_external_id := p_external_id;
  end if;
  update message m set delivery_status = p_status, delivery_reason = p_reason, external_id = v_external_id
    where m.tenant_id = p_tenant and m.id = v_id;
  events := jsonb_build_array(jsonb_build_object('id', p_event, 'kind', 'delivery-changed', 'payload', jsonb_build_object(
    'conversationId', conversation_id, 'messageId', v_id, 'seq', v_seq, 'status', p_status, 'reason', p_reason)));
  event_seq := outbox_emit(p_tenant, conversation_id, p_at, events);
end $$;

-- The visitor's cursor, read in the same statement as what it is true for.
create function conversation_cursor(p_tenant uuid, p_conversation uuid) returns bigint language sql stable as $$
  select coalesce((select a.seq from outbox_aggregate a where a.tenant_id = p_tenant and a.aggregate_id = p_conversation), 0)
$$;

create index conversation_tagged on conversation (tenant_id, created_at desc) where tags <> '{}';

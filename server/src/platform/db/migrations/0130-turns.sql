-- Owner: turns. Everything a finished turn leaves behind besides its messages, in one statement: the trace of the answer,
-- what the next turn must know (nothing is kept where there is nothing to know), and the end of its timer.
create function turn_record(
  p_tenant uuid, p_conversation uuid, p_at timestamptz,
  p_message uuid, p_outcome text, p_faq text, p_confidence real, p_trace bytea, p_took_ms real,
  p_flow_state bytea, p_without_progress int
) returns boolean language plpgsql as $$
begin
  if p_message is not null then
    insert into turn_trace (tenant_id, message_id, conversation_id, outcome, faq_slug, confidence, sealed_trace, took_ms, at)
      values (p_tenant, p_message, p_conversation, p_outcome, p_faq, p_confidence, p_trace, p_took_ms, p_at)
      on conflict (tenant_id, message_id) do nothing;
  end if;
  if p_flow_state is null and p_without_progress = 0 then
    update turn_state set sealed_flow_state = null, without_progress = 0
      where tenant_id = p_tenant and conversation_id = p_conversation
        and (sealed_flow_state is not null or without_progress <> 0);
  else
    insert into turn_state (tenant_id, conversation_id, sealed_flow_state, without_progress)
      values (p_tenant, p_conversation, p_flow_state, p_without_progress)
      on conflict (tenant_id, conversation_id)
        do update set sealed_flow_state = excluded.sealed_flow_state, without_progress = excluded.without_progress;
  end if;
  delete from held_turn where tenant_id = p_tenant and conversation_id = p_conversation;
  return true;
end $$;

/*
 * An answer of one bubble, whole, in one flight: the message (append_message's parameters and columns, 0100), what
 * turn_record keeps, and the position of the lane that brought the line. Nothing is kept when the message was not appended.
 */
create function turn_answer(
  p_tenant uuid, p_conversation uuid, p_message uuid, p_at timestamptz, p_kind text, p_author_kind text, p_author_id uuid,
  p_sealed_content bytea, p_client_message_id text, p_has_trace boolean, p_expect_version int, p_seen_seq int, p_push_channels text[],
  p_notice uuid, p_sealed_notice bytea, p_event_ids uuid[],
  p_outcome text, p_faq text, p_confidence real, p_trace bytea, p_took_ms real, p_flow_state bytea, p_without_progress int,
  p_subscriber text, p_from_seq bigint, p_to_seq bigint,
  out kind text, out message_id uuid, out seq int, out delivery_status text, out version int, out status text,
  out handler_kind text, out handler_agent_id uuid, out handler_queue_id uuid, out notice_seq int, out event_seq bigint, out events jsonb
) language plpgsql as $$
declare
  a record;
  v_ok boolean;
begin
  -- assignments: plpgsql evaluates them without a query around each call
  a := append_message(p_tenant, p_conversation, p_message, p_at, p_kind, p_author_kind, p_author_id, p_sealed_content,
      p_client_message_id, p_has_trace, p_expect_version, p_seen_seq, p_push_channels, p_notice, p_sealed_notice, p_event_ids);
  kind := a.kind; message_id := a.message_id; seq := a.seq; delivery_status := a.delivery_status; version := a.version;
  status := a.status; handler_kind := a.handler_kind; handler_agent_id := a.handler_agent_id; handler_queue_id := a.handler_queue_id;
  notice_seq := a.notice_seq; event_seq := a.event_seq; events := a.events;
  if kind <> 'appended' then return; end if;
  v_ok := turn_record(p_tenant, p_conversation, p_at, p_message, p_outcome, p_faq, p_confidence, p_trace, p_took_ms, p_flow_state, p_without_progress);
  if p_subscriber is not null then
    perform outbox_done(p_tenant, p_subscriber, p_conversation, p_from_seq, p_to_seq);
  end if;
end $$;

-- Owner: turns. Everything a finished turn leaves behind besides its messages, in one statement: the trace of the answer,
-- what the next turn must know (nothing is kept where there is nothing to know), and the end of its timer.
create function turn_record(
  p_tenant uuid, p_conversation uuid, p_at timestamptz,
  p_message uuid, p_outcome text, p_faq text, p_confidence real, p_trace bytea, p_took_ms real,
  p_flow_state bytea, p_without_progress int
) returns void language plpgsql as $$
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
end $$;

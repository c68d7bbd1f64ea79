-- Owner: brain. A call shows what a customer gave for it: it goes when their conversation does, as everything of theirs.
delete from tool_call c where c.conversation_id is not null
  and not exists (select from conversation v where v.tenant_id = c.tenant_id and v.id = c.conversation_id);
alter table tool_call add foreign key (tenant_id, conversation_id) references conversation (tenant_id, id) on delete cascade;

-- Owner: routing. What waits goes with its conversation: an erased contact must not be offered to anybody.
alter table queue_entry add foreign key (tenant_id, conversation_id) references conversation on delete cascade;
alter table transfer_offer add foreign key (tenant_id, conversation_id) references conversation on delete cascade;
create index queue_wait_at on queue_wait (at);

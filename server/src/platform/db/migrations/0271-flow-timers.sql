-- Owner: turns. When a flow goes on by itself: a wait that is over, or a reminder to a customer who is silent. Null: never.
alter table turn_state add column flow_due_at timestamptz;
create index turn_state_flow_due on turn_state (flow_due_at) where flow_due_at is not null;

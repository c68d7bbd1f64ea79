-- Owner: brain. A tool that only reads may also be called by a large model, where the owner allows it for that tool.
alter table tool_call drop constraint tool_call_by_check;
alter table tool_call add constraint tool_call_by_check check (by in ('flow', 'test', 'model'));

-- Owner: brain. A pinned statement that was removed can be brought back for 30 days, with who was told.
alter table incident add column deleted_at timestamptz;

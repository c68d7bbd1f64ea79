-- Owner: conversations. What a hand-over wanted of who takes it, and whether that was had: {wanted: [], miss}. Words of the
-- shop's own, never the contact's. It comes and goes with the summary.
alter table conversation add column handoff_skills jsonb;

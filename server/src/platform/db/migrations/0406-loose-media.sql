-- Owner: platform. An upload of a colleague is loose until something is found to show it; what nobody shows for a week is hidden, and
-- removed a day later if that is still so. Files of before are not loose: nobody knows who shows them.
alter table media add column is_loose boolean not null default false;
alter table media add column hidden_at timestamptz;
create index media_loose on media (tenant_id, created_at) where is_loose and deleted_at is null;

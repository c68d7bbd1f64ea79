-- Owner: brain. The file that customers are answered from while a new version waits to be read: {media_id, file_name, file_type,
-- size_bytes}. It takes its place again when the new version cannot be read; null at all other times.
alter table shop_document add column earlier_file jsonb;

-- Each file has a key of its own, sealed here: a new data key never touches the files, and a deleted row ends its file.
alter table media add column sealed_file_key bytea not null;

-- What the owner does not want an FAQ to borrow: corpus intents by slug, single phrasings by text (language/README.md).
alter table faq add column unborrowed text[] not null default '{}';

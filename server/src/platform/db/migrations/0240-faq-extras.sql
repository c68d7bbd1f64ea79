-- What an FAQ holds besides its texts (contract/src/faq-extras.ts): contents, variants, spoken wording, related questions,
-- owner, expiry. Fields that are missing are the standard ones.
alter table faq add column extras jsonb not null default '{}';

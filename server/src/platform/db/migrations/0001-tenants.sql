-- Tenants, the people who sign in, and what proves who they are. Owner: accounts (tenant_counter: platform).
create table tenant (
  tenant_id uuid primary key,
  name text not null,
  time_zone text not null default 'Asia/Shanghai',
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  is_set_up boolean not null default false,
  retention_days int check (retention_days between 30 and 3650),
  alert_email text,
  sealed_alert_webhook bytea,
  features text[] not null default '{}',
  has_demo boolean not null default false,
  recovery_confirmed_at timestamptz,
  created_at timestamptz not null
);
select yingda_protect('tenant');

-- Per-tenant numbers that people see (#1042).
create table tenant_counter (
  tenant_id uuid not null references tenant on delete cascade,
  kind text not null,
  value bigint not null,
  primary key (tenant_id, kind)
);
select yingda_protect('tenant_counter');

create table app_user (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  -- keyed hash of the lower-cased account, unique in the whole installation: sign-in knows no tenant yet
  account_hash bytea,
  sealed_account bytea,
  sealed_name bytea not null,
  sealed_email bytea,
  password_hash text,
  role text not null check (role in ('owner', 'admin', 'supervisor', 'agent', 'viewer')),
  capacity int not null default 8 check (capacity between 1 and 100),
  is_active boolean not null default true,
  is_demo boolean not null default false,
  sealed_totp bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index app_user_account on app_user (account_hash) where account_hash is not null;
select yingda_protect('app_user');

create table recovery_code (
  tenant_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (tenant_id, user_id, code_hash),
  foreign key (tenant_id, user_id) references app_user on delete cascade
);
select yingda_protect('recovery_code');

create table session (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  token_hash bytea not null,
  sealed_device bytea not null,
  sealed_address bytea not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references app_user on delete cascade
);
create unique index session_token on session (token_hash);
select yingda_protect('session');

create table invitation (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  token_hash bytea not null,
  role text not null,
  sealed_name bytea not null,
  user_id uuid,
  invited_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index invitation_token on invitation (token_hash);
select yingda_protect('invitation');

create table api_key (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  name text not null,
  key_hash bytea not null,
  last_four text not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index api_key_hash on api_key (key_hash);
select yingda_protect('api_key');

-- Failed sign-ins, per account and address together; no tenant yet, so only the system role reads it.
create table sign_in_failure (
  account_hash bytea not null,
  address_hash bytea not null,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  primary key (account_hash, address_hash)
);
select yingda_protect_system('sign_in_failure');

-- One-time token of the first owner; lives 30 minutes.
create table setup_token (
  token_hash bytea primary key,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
select yingda_protect_system('setup_token');

-- The audit chain: one writer (the outbox subscriber), each link HMACed with a key outside the database.
create table audit_entry (
  tenant_id uuid not null references tenant on delete cascade,
  seq bigint not null,
  event_id uuid not null,
  at timestamptz not null,
  action text not null,
  actor_kind text not null,
  actor_id uuid,
  subject text not null,
  subject_id text,
  details jsonb not null,
  sealed_address bytea,
  link bytea not null,
  primary key (tenant_id, seq),
  unique (tenant_id, event_id)
);
select yingda_protect('audit_entry');
create table audit_checkpoint (
  tenant_id uuid not null references tenant on delete cascade,
  seq bigint not null,
  link bytea not null,
  at timestamptz not null,
  signature bytea not null,
  primary key (tenant_id, seq)
);
select yingda_protect('audit_checkpoint');

-- Owner: routing. Queues that a shop makes itself: who serves them, how long somebody waits there before others are asked
-- (for a wanted skill, or because nobody of the queue is at work), and the names it had: a flow may still use them.
alter table queue
  add column serves_everyone boolean not null default true,
  add column patience_seconds int not null default 60 check (patience_seconds between 0 and 3600),
  add column former_names text[] not null default '{}';

-- of several of one name the oldest keeps it
update queue q set name = name || ' ' || right(id::text, 6)
where exists (select from queue o where o.tenant_id = q.tenant_id and lower(o.name) = lower(q.name)
  and (o.created_at, o.id) < (q.created_at, q.id));
create unique index queue_name on queue (tenant_id, lower(name));

create table queue_member (
  tenant_id uuid not null,
  queue_id uuid not null,
  user_id uuid not null,
  primary key (tenant_id, queue_id, user_id),
  foreign key (tenant_id, queue_id) references queue on delete cascade,
  foreign key (tenant_id, user_id) references app_user on delete cascade
);
create index queue_member_user on queue_member (tenant_id, user_id);
select yingda_protect('queue_member');

-- Words of the shop's own, like tags: what a member can do that not everybody can.
create table agent_skills (
  tenant_id uuid not null,
  user_id uuid not null,
  skills text[] not null check (cardinality(skills) between 1 and 20),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references app_user on delete cascade
);
select yingda_protect('agent_skills');

-- skills: wanted of who takes it. skill_miss: the agent who is asked lacks one of them, and why they are asked all the same.
alter table queue_entry
  add column skills text[] not null default '{}',
  add column skill_miss text check (skill_miss in ('absent', 'waited'));

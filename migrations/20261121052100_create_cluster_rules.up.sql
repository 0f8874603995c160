-- Rules that decide which cluster a line belongs to, learned by scanners or made by people, and what they make equal.
create table cluster_rules (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  sequence bigint not null,
  origin text not null check (origin in ('learned', 'user')),
  kind text not null check (kind <> ''),
  body jsonb not null,
  content_hash text not null,
  created_by text not null,
  undone_at timestamptz,
  undone_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((undone_at is null) = (undone_by is null))
);

comment on column cluster_rules.sequence is 'Grows with every change of the tenant''s rules, in order of commit: what has changed since is what is greater';
comment on column cluster_rules.content_hash is 'Of origin, kind and body: what two replicas learn alike is one rule';
comment on column cluster_rules.created_by is 'Who made it: a person, or the replica that learned it';
comment on column cluster_rules.undone_at is 'Null: in force';
comment on column cluster_rules.undone_by is 'Null: in force';

create unique index cluster_rules_tenant_id_sequence_idx on cluster_rules (tenant_id, sequence);
create unique index cluster_rules_tenant_id_content_hash_idx on cluster_rules (tenant_id, content_hash) where undone_at is null;

alter table cluster_rules enable row level security;
alter table cluster_rules force row level security;
create policy cluster_rules_of_tenant on cluster_rules
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on cluster_rules to loghunter_app;

alter table error_clusters
  add column canonical_id uuid check (canonical_id <> id),
  add column signature text not null default '';

-- No foreign key: every write of a count would look its cluster's canonical one up.
comment on column error_clusters.canonical_id is 'The cluster that rules made of this one; it has none itself. Null: itself. Counts stay under the id they were written with';
comment on column error_clusters.signature is 'What rules are applied to, without private text; empty: no rule of lines applies, as for stack traces';

create index error_clusters_tenant_id_canonical_id_idx on error_clusters (tenant_id, canonical_id) where canonical_id is not null;
create index error_clusters_tenant_id_created_at_idx on error_clusters (tenant_id, created_at);

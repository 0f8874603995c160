-- Jobs: what people see of them (table jobs, one row a job, of a tenant) and the queue that hands them to workers (schema job_queue).
-- The queue's schema is pg-boss 12.35.0's own, version 43, as its getConstructionPlans('job_queue') prints it, without the transaction
-- around it and without the daily partitions of a table that is not written. It has no tenants and no row-level security, which would
-- break it; so it has a role of its own, its rows hold ids only, and the application's role does not reach it.

do $$
begin
  if not exists (select from pg_roles where rolname = 'loghunter_jobs') then
    create role loghunter_jobs nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
  execute format('grant loghunter_jobs to %I', current_user);
exception
  when insufficient_privilege then null;
end
$$;

create table jobs (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  kind text not null,
  input jsonb not null,
  request_hash text not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt_count integer not null default 0 check (attempt_count >= 0),
  send_count integer not null default 1 check (send_count > 0),
  claim_id uuid,
  progress real not null default 0 check (progress between 0 and 1),
  progress_text text not null default '',
  result jsonb,
  failure text,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  request_id text not null,
  webhook_id uuid,
  cancel_requested_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

comment on column jobs.request_hash is 'Of kind and input: equal requests share one job while it is queued or running';
comment on column jobs.send_count is 'How often it was put into the queue; an older message of the queue is ignored';
comment on column jobs.claim_id is 'The run that may write; null: no worker has it';
comment on column jobs.result is 'Null: it has not succeeded';
comment on column jobs.failure is 'Why the latest attempt failed; null: none has';
comment on column jobs.webhook_id is 'Told when the job ends; null: nobody';
comment on column jobs.cancel_requested_at is 'Null: nobody has asked to stop it';
comment on column jobs.started_at is 'Null: no worker has begun';
comment on column jobs.finished_at is 'Null: it has not ended';
create unique index jobs_tenant_id_kind_request_hash_idx on jobs (tenant_id, kind, request_hash) where status in ('queued', 'running');
create index jobs_tenant_id_created_at_idx on jobs (tenant_id, created_at desc, id);
create index jobs_tenant_id_finished_at_idx on jobs (tenant_id, finished_at) where finished_at is not null;

alter table jobs enable row level security;
alter table jobs force row level security;
create policy jobs_of_tenant on jobs
  using (tenant_id = (select nullif(current_setting('loghunter.tenant_id', true), '')::uuid));
grant select, insert, update, delete on jobs to loghunter_app;

CREATE SCHEMA job_queue;

CREATE TYPE job_queue.job_state AS ENUM (
  'created',
  'retry',
  'active',
  'completed',
  'cancelled',
  'failed'
);

CREATE FUNCTION job_queue.job_now()
RETURNS timestamp with time zone AS
$$
  SELECT pg_catalog.now();
$$
LANGUAGE sql STABLE;

CREATE TABLE job_queue.version (
  version int primary key,
  cron_on timestamp with time zone,
  bam_on timestamp with time zone,
  flow_on timestamp with time zone,
  reindex_on timestamp with time zone,
  monitor_backoff_on timestamp with time zone
);

CREATE TABLE job_queue.queue (
  name text NOT NULL,
  policy text NOT NULL,
  retry_limit int NOT NULL,
  retry_delay int NOT NULL,
  retry_backoff bool NOT NULL,
  retry_delay_max int,
  expire_seconds int NOT NULL,
  retention_seconds int NOT NULL,
  deletion_seconds int NOT NULL,
  dead_letter text REFERENCES job_queue.queue (name) CHECK (dead_letter IS DISTINCT FROM name),
  partition bool NOT NULL,
  table_name text NOT NULL,
  deferred_count int NOT NULL default 0,
  queued_count int NOT NULL default 0,
  ready_count int NOT NULL default 0,
  warning_queued int NOT NULL default 0,
  active_count int NOT NULL default 0,
  failed_count int NOT NULL default 0,
  total_count int NOT NULL default 0,
  created_delta int NOT NULL default 0,
  completed_delta int NOT NULL default 0,
  failed_delta int NOT NULL default 0,
  delta_on timestamp with time zone,
  delta_seconds int,
  ready_history int[] NOT NULL default '{}',
  heartbeat_seconds int,
  notify bool NOT NULL DEFAULT false,
  singletons_active text[],
  monitor_claim_on timestamp with time zone,
  monitor_on timestamp with time zone,
  maintain_on timestamp with time zone,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  PRIMARY KEY (name)
);

CREATE TABLE job_queue.schedule (
  name text REFERENCES job_queue.queue ON DELETE CASCADE,
  key text not null DEFAULT '',
  kind text not null DEFAULT 'cron' CHECK (kind IN ('cron', 'rrule')),
  cron text not null,
  timezone text DEFAULT 'UTC',
  data jsonb,
  options jsonb,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  last_job_id uuid,
  PRIMARY KEY (name, key)
);

CREATE TABLE job_queue.subscription (
  event text not null,
  name text not null REFERENCES job_queue.queue ON DELETE CASCADE,
  created_on timestamp with time zone not null default now(),
  updated_on timestamp with time zone not null default now(),
  PRIMARY KEY(event, name)
);

CREATE TABLE job_queue.bam (
  id uuid PRIMARY KEY default gen_random_uuid(),
  name text NOT NULL,
  version int NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  queue text,
  table_name text NOT NULL,
  command text NOT NULL,
  error text,
  created_on timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  started_on timestamp with time zone,
  completed_on timestamp with time zone
);

CREATE FUNCTION job_queue.job_table_format(command text, table_name text)
RETURNS text AS
$$
  SELECT format(
    regexp_replace(
      regexp_replace(command, '\.job\y', '.%1$I', 'g'),
      '\yjob_i(\d+)', '%1$s_i\1', 'g'
    ),
    table_name
  );
$$
LANGUAGE sql IMMUTABLE;

CREATE FUNCTION job_queue.job_table_run(command text, tbl_name text DEFAULT NULL, queue_name text DEFAULT NULL)
RETURNS VOID AS
$$
DECLARE
  tbl RECORD;
BEGIN
  IF queue_name IS NOT NULL THEN
    SELECT table_name INTO tbl_name FROM job_queue.queue WHERE name = queue_name;
  END IF;

  IF tbl_name IS NOT NULL THEN
    EXECUTE job_queue.job_table_format(command, tbl_name);
    RETURN;
  END IF;

  EXECUTE job_queue.job_table_format(command, 'job_common');

  FOR tbl IN SELECT table_name FROM job_queue.queue WHERE partition = true
  LOOP
    EXECUTE job_queue.job_table_format(command, tbl.table_name);
  END LOOP;
END;
$$
LANGUAGE plpgsql;

CREATE FUNCTION job_queue.job_table_run_async(command_name text, version int, command text, tbl_name text DEFAULT NULL, queue_name text DEFAULT NULL)
RETURNS VOID AS
$$
BEGIN
  IF queue_name IS NOT NULL THEN
    SELECT table_name INTO tbl_name FROM job_queue.queue WHERE name = queue_name;
  END IF;

  IF tbl_name IS NOT NULL THEN
    INSERT INTO job_queue.bam (name, version, status, queue, table_name, command)
    VALUES (
      command_name,
      version,
      'pending',
      queue_name,
      tbl_name,
      job_queue.job_table_format(command, tbl_name)
    );
    RETURN;
  END IF;

  INSERT INTO job_queue.bam (name, version, status, queue, table_name, command)
  SELECT
    command_name,
    version,
    'pending',
    NULL,
    'job_common',
    job_queue.job_table_format(command, 'job_common')
  UNION ALL
  SELECT
    command_name,
    version,
    'pending',
    queue.name,
    queue.table_name,
    job_queue.job_table_format(command, queue.table_name)
  FROM job_queue.queue
  WHERE partition = true;
END;
$$
LANGUAGE plpgsql;

CREATE TABLE job_queue.job (
  id uuid not null default gen_random_uuid(),
  name text not null,
  priority integer not null default(0),
  data jsonb,
  state job_queue.job_state not null default 'created',
  retry_limit integer not null default 2,
  retry_count integer not null default 0,
  retry_delay integer not null default 0,
  retry_backoff boolean not null default false,
  retry_delay_max integer,
  expire_seconds int not null default 900,
  deletion_seconds int not null default 604800,
  singleton_key text,
  singleton_on timestamp without time zone,
  group_id text,
  group_tier text,
  start_after timestamp with time zone not null default now(),
  created_on timestamp with time zone not null default now(),
  started_on timestamp with time zone,
  completed_on timestamp with time zone,
  keep_until timestamp with time zone NOT NULL default now() + interval '1209600',
  output jsonb,
  dead_letter text,
  policy text,
  heartbeat_on timestamp with time zone,
  heartbeat_seconds int,
  blocked boolean not null default false,
  blocking boolean not null default false,
  pending_dependencies int not null default 0,
  source_name text,
  source_id uuid,
  source_created_on timestamp with time zone,
  source_retry_count int,
  source_output jsonb,
  source_root_id uuid
) PARTITION BY LIST (name);
ALTER TABLE job_queue.job ADD PRIMARY KEY (name, id);

CREATE TABLE job_queue.job_common (LIKE job_queue.job INCLUDING GENERATED INCLUDING DEFAULTS);

SELECT job_queue.job_table_run($cmd$ALTER TABLE job_queue.job ADD PRIMARY KEY (name, id)$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$ALTER TABLE job_queue.job ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES job_queue.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$ALTER TABLE job_queue.job ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES job_queue.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE UNIQUE INDEX job_i1 ON job_queue.job (name, COALESCE(singleton_key, '')) WHERE state = 'created' AND policy = 'short'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE UNIQUE INDEX job_i2 ON job_queue.job (name, COALESCE(singleton_key, '')) WHERE state = 'active' AND policy = 'singleton'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE UNIQUE INDEX job_i3 ON job_queue.job (name, state, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'stately'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE UNIQUE INDEX job_i6 ON job_queue.job (name, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'exclusive'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE UNIQUE INDEX job_i8 ON job_queue.job (name, singleton_key) WHERE state IN ('active', 'retry', 'failed') AND policy = 'key_strict_fifo'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE INDEX job_i10 ON job_queue.job (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$ALTER TABLE job_queue.job ADD CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK (NOT (policy = 'key_strict_fifo' AND singleton_key IS NULL))$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE UNIQUE INDEX job_i4 ON job_queue.job (name, singleton_on, COALESCE(singleton_key, '')) WHERE state <> 'cancelled' AND singleton_on IS NOT NULL$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE INDEX job_i11 ON job_queue.job (name, priority DESC, created_on, start_after) WHERE state < 'active' AND NOT blocked$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE INDEX job_i7 ON job_queue.job (name, group_id) WHERE state = 'active' AND group_id IS NOT NULL$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE INDEX job_i9 ON job_queue.job (name, id) WHERE blocking AND state = 'completed'$cmd$, 'job_common');
SELECT job_queue.job_table_run($cmd$CREATE INDEX job_i12 ON job_queue.job (source_root_id) WHERE source_root_id IS NOT NULL$cmd$, 'job_common');

ALTER TABLE job_queue.job ATTACH PARTITION job_queue.job_common DEFAULT;

CREATE TABLE job_queue.warning (
  id uuid PRIMARY KEY default gen_random_uuid(),
  type text NOT NULL,
  message text NOT NULL,
  data jsonb,
  created_on timestamp with time zone NOT NULL DEFAULT now()
);
CREATE INDEX warning_i1 ON job_queue.warning (created_on DESC);

CREATE TABLE job_queue.queue_stats (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  name text NOT NULL,
  deferred_count int NOT NULL DEFAULT 0,
  queued_count   int NOT NULL DEFAULT 0,
  ready_count    int NOT NULL DEFAULT 0,
  active_count   int NOT NULL DEFAULT 0,
  failed_count   int NOT NULL DEFAULT 0,
  total_count    int NOT NULL DEFAULT 0,
  created_delta   int,
  completed_delta int,
  failed_delta    int,
  delta_seconds   int,
  delta_on        timestamptz,
  captured_on timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, captured_on)
) PARTITION BY RANGE (captured_on);
CREATE INDEX queue_stats_i1 ON job_queue.queue_stats (name, captured_on DESC) INCLUDE (deferred_count, queued_count, ready_count, active_count, failed_count, total_count);

CREATE TABLE job_queue.job_dependency (
  child_name text NOT NULL,
  child_id uuid NOT NULL,
  parent_name text NOT NULL,
  parent_id uuid NOT NULL,
  PRIMARY KEY (child_name, child_id, parent_name, parent_id)
);
CREATE INDEX IF NOT EXISTS job_dep_parent_idx ON job_queue.job_dependency (parent_name, parent_id);

CREATE FUNCTION job_queue.create_queue(queue_name text, options jsonb)
RETURNS VOID AS
$$
DECLARE
  tablename varchar := CASE WHEN options->>'partition' = 'true'
                        THEN 'j' || encode(sha224(queue_name::bytea), 'hex')
                        ELSE 'job_common'
                        END;
  queue_created_on timestamptz;
BEGIN

  WITH q as (
    INSERT INTO job_queue.queue (
      name,
      policy,
      retry_limit,
      retry_delay,
      retry_backoff,
      retry_delay_max,
      expire_seconds,
      retention_seconds,
      deletion_seconds,
      warning_queued,
      dead_letter,
      partition,
      table_name,
      heartbeat_seconds,
      notify,
      created_on,
      updated_on
    )
    VALUES (
      queue_name,
      options->>'policy',
      COALESCE((options->>'retryLimit')::int, 2),
      COALESCE((options->>'retryDelay')::int, 0),
      COALESCE((options->>'retryBackoff')::bool, false),
      (options->>'retryDelayMax')::int,
      COALESCE((options->>'expireInSeconds')::int, 900),
      COALESCE((options->>'retentionSeconds')::int, 1209600),
      COALESCE((options->>'deleteAfterSeconds')::int, 604800),
      COALESCE((options->>'warningQueueSize')::int, 0),
      options->>'deadLetter',
      COALESCE((options->>'partition')::bool, false),
      tablename,
      (options->>'heartbeatSeconds')::int,
      COALESCE((options->>'notify')::bool, false),
      job_queue.job_now(),
      job_queue.job_now()
    )
    ON CONFLICT DO NOTHING
    RETURNING created_on
  )
  SELECT created_on into queue_created_on from q;

  IF queue_created_on IS NULL OR options->>'partition' IS DISTINCT FROM 'true' THEN
    RETURN;
  END IF;

  EXECUTE format('CREATE TABLE job_queue.%I (LIKE job_queue.job INCLUDING DEFAULTS)', tablename);

  EXECUTE job_queue.job_table_format($cmd$ALTER TABLE job_queue.job ADD PRIMARY KEY (name, id)$cmd$, tablename);
  EXECUTE job_queue.job_table_format($cmd$ALTER TABLE job_queue.job ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES job_queue.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, tablename);
  EXECUTE job_queue.job_table_format($cmd$ALTER TABLE job_queue.job ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES job_queue.queue (name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED$cmd$, tablename);

  EXECUTE job_queue.job_table_format($cmd$CREATE INDEX job_i11 ON job_queue.job (name, priority DESC, created_on, start_after) WHERE state < 'active' AND NOT blocked$cmd$, tablename);
  EXECUTE job_queue.job_table_format($cmd$CREATE UNIQUE INDEX job_i4 ON job_queue.job (name, singleton_on, COALESCE(singleton_key, '')) WHERE state <> 'cancelled' AND singleton_on IS NOT NULL$cmd$, tablename);
  EXECUTE job_queue.job_table_format($cmd$CREATE INDEX job_i7 ON job_queue.job (name, group_id) WHERE state = 'active' AND group_id IS NOT NULL$cmd$, tablename);
  EXECUTE job_queue.job_table_format($cmd$CREATE INDEX job_i9 ON job_queue.job (name, id) WHERE blocking AND state = 'completed'$cmd$, tablename);
  EXECUTE job_queue.job_table_format($cmd$CREATE INDEX job_i12 ON job_queue.job (source_root_id) WHERE source_root_id IS NOT NULL$cmd$, tablename);

  IF options->>'policy' = 'short' THEN
    EXECUTE job_queue.job_table_format($cmd$CREATE UNIQUE INDEX job_i1 ON job_queue.job (name, COALESCE(singleton_key, '')) WHERE state = 'created' AND policy = 'short'$cmd$, tablename);
  ELSIF options->>'policy' = 'singleton' THEN
    EXECUTE job_queue.job_table_format($cmd$CREATE UNIQUE INDEX job_i2 ON job_queue.job (name, COALESCE(singleton_key, '')) WHERE state = 'active' AND policy = 'singleton'$cmd$, tablename);
  ELSIF options->>'policy' = 'stately' THEN
    EXECUTE job_queue.job_table_format($cmd$CREATE UNIQUE INDEX job_i3 ON job_queue.job (name, state, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'stately'$cmd$, tablename);
  ELSIF options->>'policy' = 'exclusive' THEN
    EXECUTE job_queue.job_table_format($cmd$CREATE UNIQUE INDEX job_i6 ON job_queue.job (name, COALESCE(singleton_key, '')) WHERE state <= 'active' AND policy = 'exclusive'$cmd$, tablename);
  ELSIF options->>'policy' = 'key_strict_fifo' THEN
    EXECUTE job_queue.job_table_format($cmd$CREATE UNIQUE INDEX job_i8 ON job_queue.job (name, singleton_key) WHERE state IN ('active', 'retry', 'failed') AND policy = 'key_strict_fifo'$cmd$, tablename);
    EXECUTE job_queue.job_table_format($cmd$CREATE INDEX job_i10 ON job_queue.job (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'$cmd$, tablename);
    EXECUTE job_queue.job_table_format($cmd$ALTER TABLE job_queue.job ADD CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK (NOT (policy = 'key_strict_fifo' AND singleton_key IS NULL))$cmd$, tablename);
  END IF;

  EXECUTE format('ALTER TABLE job_queue.%I ADD CONSTRAINT cjc CHECK (name=%L)', tablename, queue_name);
  EXECUTE format('ALTER TABLE job_queue.job ATTACH PARTITION job_queue.%I FOR VALUES IN (%L)', tablename, queue_name);
END;
$$
LANGUAGE plpgsql;

CREATE FUNCTION job_queue.delete_queue(queue_name text)
RETURNS VOID AS
$$
DECLARE
  v_table varchar;
  v_partition bool;
BEGIN

  SELECT table_name, partition
  FROM job_queue.queue
  WHERE name = queue_name
  INTO v_table, v_partition;

  IF v_partition THEN
    EXECUTE format('DROP TABLE IF EXISTS job_queue.%I', v_table);
  ELSE
    EXECUTE format('DELETE FROM job_queue.%I WHERE name = %L', v_table, queue_name);
  END IF;

  DELETE FROM job_queue.queue WHERE name = queue_name;
END;
$$
LANGUAGE plpgsql;
INSERT INTO job_queue.version(version) VALUES ('43');
grant usage on schema job_queue to loghunter_jobs;
grant select, insert, update, delete on all tables in schema job_queue to loghunter_jobs;

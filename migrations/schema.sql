-- Made by tests/system/sql-migrations.test.ts with UPDATE_SCHEMA=1; not edited by hand.
CREATE SCHEMA job_queue;
CREATE TYPE job_queue.job_state AS ENUM (
    'created',
    'retry',
    'active',
    'completed',
    'cancelled',
    'failed'
);
CREATE FUNCTION job_queue.create_queue(queue_name text, options jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
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
$_$;
CREATE FUNCTION job_queue.delete_queue(queue_name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
$$;
CREATE FUNCTION job_queue.job_now() RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    AS $$
  SELECT pg_catalog.now();
$$;
CREATE FUNCTION job_queue.job_table_format(command text, table_name text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$
  SELECT format(
    regexp_replace(
      regexp_replace(command, '\.job\y', '.%1$I', 'g'),
      '\yjob_i(\d+)', '%1$s_i\1', 'g'
    ),
    table_name
  );
$_$;
CREATE FUNCTION job_queue.job_table_run(command text, tbl_name text DEFAULT NULL::text, queue_name text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
$$;
CREATE FUNCTION job_queue.job_table_run_async(command_name text, version integer, command text, tbl_name text DEFAULT NULL::text, queue_name text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    AS $$
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
$$;
CREATE TABLE public.cluster_spans (
    tenant_id uuid NOT NULL,
    span_hours smallint NOT NULL,
    start_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    CONSTRAINT cluster_spans_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_spans_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_spans_line_count_check CHECK ((line_count >= 0))
)
PARTITION BY LIST (span_hours);
ALTER TABLE ONLY public.cluster_spans FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.cluster_spans IS 'Sums of cluster_minutes over all streams by the hour, by six hours and by the day (UTC), kept in the same transaction';
CREATE TABLE public.cluster_hours (
    tenant_id uuid NOT NULL,
    span_hours smallint NOT NULL,
    start_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    CONSTRAINT cluster_spans_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_spans_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_spans_line_count_check CHECK ((line_count >= 0))
)
PARTITION BY RANGE (start_at);
ALTER TABLE ONLY public.cluster_hours FORCE ROW LEVEL SECURITY;
CREATE TABLE public.cluster_minutes (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    minute_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count integer NOT NULL,
    line_count integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_minutes_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_minutes_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_minutes_line_count_check CHECK ((line_count >= 0))
)
PARTITION BY RANGE (minute_at);
ALTER TABLE ONLY public.cluster_minutes FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.cluster_minutes IS 'No foreign keys: whoever deletes a tenant, stream or cluster deletes these rows too';
CREATE TABLE public.stream_minutes (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    minute_at timestamp with time zone NOT NULL,
    line_count integer NOT NULL,
    unread_line_count integer NOT NULL,
    is_closed boolean NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    late_line_count integer DEFAULT 0 NOT NULL,
    CONSTRAINT stream_minutes_late_line_count_check CHECK ((late_line_count >= 0)),
    CONSTRAINT stream_minutes_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT stream_minutes_unread_line_count_check CHECK ((unread_line_count >= 0))
)
PARTITION BY RANGE (minute_at);
ALTER TABLE ONLY public.stream_minutes FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.stream_minutes.late_line_count IS 'Part of line_count: lines that came after the minute had been read as complete';
CREATE FUNCTION public.count_parts() RETURNS TABLE(parent text, part text, start_at timestamp with time zone, end_at timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO'
    BEGIN ATOMIC
 SELECT (whole.relname)::text AS relname,
     (part.relname)::text AS relname,
     COALESCE(("substring"(pg_get_expr(part.relpartbound, part.oid), 'FROM \(''([^'']+)''\)'::text))::timestamp with time zone, '-infinity'::timestamp with time zone) AS "coalesce",
     ("substring"(pg_get_expr(part.relpartbound, part.oid), 'TO \(''([^'']+)''\)'::text))::timestamp with time zone AS "substring"
    FROM ((pg_inherits
      JOIN pg_class part ON ((part.oid = pg_inherits.inhrelid)))
      JOIN pg_class whole ON ((whole.oid = pg_inherits.inhparent)))
   WHERE (whole.oid = ANY (ARRAY[('public.cluster_minutes'::regclass)::oid, ('public.stream_minutes'::regclass)::oid, ('public.cluster_hours'::regclass)::oid]));
END;
CREATE FUNCTION public.delete_audit_segment(of_tenant uuid, of_number integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  deleted_count bigint;
begin
  update public.audit_segments set entries_deleted_at = now(), updated_at = now()
  where tenant_id = of_tenant and number = of_number and entries_deleted_at is null
    and closed_at < now() - interval '30 days'
    and of_tenant = nullif(current_setting('loghunter.tenant_id', true), '')::uuid;
  if not found then
    return 0;
  end if;
  delete from public.audit_entries where tenant_id = of_tenant and segment_number = of_number;
  get diagnostics deleted_count = row_count;
  return deleted_count;
end
$$;
CREATE FUNCTION public.drop_count_parts(cut_at timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '500ms'
    AS $$
declare
  week record;
  part text;
  dropped_count integer := 0;
begin
  -- Writers remember that the part of the running week is there.
  for week in
    select made.start_at, made.end_at, array_agg(made.part) as parts from public.count_parts() made
    where made.end_at <= least(cut_at, now() - interval '1 day') group by 1, 2 order by 1
  loop
    continue when public.is_counted_between(week.start_at, week.end_at);
    begin
      -- Not the other parts: one of them is nearly always vacuumed, and nobody comes to a part but through these.
      lock table only public.stream_minutes, only public.cluster_spans, only public.cluster_hours, only public.cluster_minutes
        in access exclusive mode;
      foreach part in array week.parts loop
        execute format('lock table public.%I in access exclusive mode', part);
      end loop;
    exception
      when lock_not_available then exit;
    end;
    -- Again, now that nobody can write.
    continue when public.is_counted_between(week.start_at, week.end_at);
    foreach part in array week.parts loop
      execute format('drop table public.%I', part);
      dropped_count := dropped_count + 1;
    end loop;
  end loop;
  return dropped_count;
end
$$;
COMMENT ON FUNCTION public.drop_count_parts(cut_at timestamp with time zone) IS 'Drops parts that end before the cut and of which the sums of all tenants are deleted; returns how many';
CREATE FUNCTION public.end_of_oldest_counts() RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    BEGIN ATOMIC
 SELECT max(count_parts.end_at) AS max
    FROM public.count_parts() count_parts(parent, part, start_at, end_at)
   WHERE (count_parts.start_at = '-infinity'::timestamp with time zone);
END;
COMMENT ON FUNCTION public.end_of_oldest_counts() IS 'End of the part that was there before counts were split by week; null: it is gone';
CREATE FUNCTION public.is_counted_between(from_at timestamp with time zone, to_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  caller text := current_setting('loghunter.tenant_id', true);
  tenant uuid;
  is_counted boolean := false;
begin
  perform set_config('loghunter.tenant_id', '', true);
  foreach tenant in array array(select id from public.tenants) loop
    perform set_config('loghunter.tenant_id', tenant::text, true);
    is_counted := exists (
        select from public.cluster_spans where tenant_id = tenant and span_hours = 24 and start_at >= from_at and start_at < to_at
      ) or exists (select from public.stream_hours where tenant_id = tenant and hour_at >= from_at and hour_at < to_at);
    exit when is_counted;
  end loop;
  perform set_config('loghunter.tenant_id', coalesce(caller, ''), true);
  return is_counted;
end
$$;
CREATE FUNCTION public.make_count_parts(weeks timestamp with time zone[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '5s'
    AS $$
declare
  week timestamptz;
  parent text;
  part text;
begin
  if cardinality(weeks) > 600 then
    raise exception 'At most 600 weeks at once' using errcode = 'program_limit_exceeded';
  end if;
  foreach week in array weeks loop
    if week is null or week < '1970-01-05' or week >= '2100-01-01' or week <> date_bin(interval '7 days', week, '1970-01-05') then
      raise exception '% is no Monday from 1970 to 2099', week using errcode = 'invalid_parameter_value';
    end if;
    continue when exists (select from public.count_parts() made where week >= made.start_at and week < made.end_at);
    -- Replicas come for a new week at once. The second one finds what the first one has made.
    perform pg_advisory_xact_lock(7813578584474707315);
    continue when exists (select from public.count_parts() made where week >= made.start_at and week < made.end_at);
    foreach parent in array array['stream_minutes', 'cluster_minutes', 'cluster_hours'] loop
      part := parent || to_char(week, '_YYYYMMDD');
      -- Made apart and then joined, because `partition of` would lock out readers.
      execute format(
        'create table public.%I (like public.%I including all)%s', part, parent,
        case when parent = 'cluster_hours' then ' with (fillfactor = 80)' else '' end
      );
      execute format('alter table public.%I enable row level security', part);
      execute format('alter table public.%I force row level security', part);
      execute format(
        'create policy %I on public.%I using (tenant_id = (select nullif(current_setting(''loghunter.tenant_id'', true), '''')::uuid))',
        part || '_of_tenant', part
      );
      execute format(
        'alter table public.%I attach partition public.%I for values from (%L) to (%L)', parent, part, week, week + interval '7 days'
      );
    end loop;
  end loop;
end
$$;
COMMENT ON FUNCTION public.make_count_parts(weeks timestamp with time zone[]) IS 'Makes the parts of these weeks (their Mondays) where they are missing';
CREATE TABLE job_queue.bam (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    queue text,
    table_name text NOT NULL,
    command text NOT NULL,
    error text,
    created_on timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone
);
CREATE TABLE job_queue.job (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state job_queue.job_state DEFAULT 'created'::job_queue.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid
)
PARTITION BY LIST (name);
CREATE TABLE job_queue.job_common (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    data jsonb,
    state job_queue.job_state DEFAULT 'created'::job_queue.job_state NOT NULL,
    retry_limit integer DEFAULT 2 NOT NULL,
    retry_count integer DEFAULT 0 NOT NULL,
    retry_delay integer DEFAULT 0 NOT NULL,
    retry_backoff boolean DEFAULT false NOT NULL,
    retry_delay_max integer,
    expire_seconds integer DEFAULT 900 NOT NULL,
    deletion_seconds integer DEFAULT 604800 NOT NULL,
    singleton_key text,
    singleton_on timestamp without time zone,
    group_id text,
    group_tier text,
    start_after timestamp with time zone DEFAULT now() NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    started_on timestamp with time zone,
    completed_on timestamp with time zone,
    keep_until timestamp with time zone DEFAULT (now() + '336:00:00'::interval) NOT NULL,
    output jsonb,
    dead_letter text,
    policy text,
    heartbeat_on timestamp with time zone,
    heartbeat_seconds integer,
    blocked boolean DEFAULT false NOT NULL,
    blocking boolean DEFAULT false NOT NULL,
    pending_dependencies integer DEFAULT 0 NOT NULL,
    source_name text,
    source_id uuid,
    source_created_on timestamp with time zone,
    source_retry_count integer,
    source_output jsonb,
    source_root_id uuid,
    CONSTRAINT job_key_strict_fifo_singleton_key_check CHECK ((NOT ((policy = 'key_strict_fifo'::text) AND (singleton_key IS NULL))))
);
CREATE TABLE job_queue.job_dependency (
    child_name text NOT NULL,
    child_id uuid NOT NULL,
    parent_name text NOT NULL,
    parent_id uuid NOT NULL
);
CREATE TABLE job_queue.queue (
    name text NOT NULL,
    policy text NOT NULL,
    retry_limit integer NOT NULL,
    retry_delay integer NOT NULL,
    retry_backoff boolean NOT NULL,
    retry_delay_max integer,
    expire_seconds integer NOT NULL,
    retention_seconds integer NOT NULL,
    deletion_seconds integer NOT NULL,
    dead_letter text,
    partition boolean NOT NULL,
    table_name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    warning_queued integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    created_delta integer DEFAULT 0 NOT NULL,
    completed_delta integer DEFAULT 0 NOT NULL,
    failed_delta integer DEFAULT 0 NOT NULL,
    delta_on timestamp with time zone,
    delta_seconds integer,
    ready_history integer[] DEFAULT '{}'::integer[] NOT NULL,
    heartbeat_seconds integer,
    notify boolean DEFAULT false NOT NULL,
    singletons_active text[],
    monitor_claim_on timestamp with time zone,
    monitor_on timestamp with time zone,
    maintain_on timestamp with time zone,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT queue_check CHECK ((dead_letter IS DISTINCT FROM name))
);
CREATE TABLE job_queue.queue_stats (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    deferred_count integer DEFAULT 0 NOT NULL,
    queued_count integer DEFAULT 0 NOT NULL,
    ready_count integer DEFAULT 0 NOT NULL,
    active_count integer DEFAULT 0 NOT NULL,
    failed_count integer DEFAULT 0 NOT NULL,
    total_count integer DEFAULT 0 NOT NULL,
    created_delta integer,
    completed_delta integer,
    failed_delta integer,
    delta_seconds integer,
    delta_on timestamp with time zone,
    captured_on timestamp with time zone DEFAULT now() NOT NULL
)
PARTITION BY RANGE (captured_on);
CREATE TABLE job_queue.schedule (
    name text NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    kind text DEFAULT 'cron'::text NOT NULL,
    cron text NOT NULL,
    timezone text DEFAULT 'UTC'::text,
    data jsonb,
    options jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL,
    last_job_id uuid,
    CONSTRAINT schedule_kind_check CHECK ((kind = ANY (ARRAY['cron'::text, 'rrule'::text])))
);
CREATE TABLE job_queue.subscription (
    event text NOT NULL,
    name text NOT NULL,
    created_on timestamp with time zone DEFAULT now() NOT NULL,
    updated_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE job_queue.version (
    version integer NOT NULL,
    cron_on timestamp with time zone,
    bam_on timestamp with time zone,
    flow_on timestamp with time zone,
    reindex_on timestamp with time zone,
    monitor_backoff_on timestamp with time zone
);
CREATE TABLE job_queue.warning (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    type text NOT NULL,
    message text NOT NULL,
    data jsonb,
    created_on timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.analyses (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    job_id uuid NOT NULL,
    subject jsonb NOT NULL,
    subject_text text NOT NULL,
    service text NOT NULL,
    incident_from timestamp with time zone NOT NULL,
    incident_to timestamp with time zone NOT NULL,
    baseline_from timestamp with time zone NOT NULL,
    baseline_to timestamp with time zone NOT NULL,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    pack text,
    pack_hash text,
    verdict text,
    confidence real,
    suspect text,
    finished_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT analyses_check CHECK ((incident_to > incident_from)),
    CONSTRAINT analyses_check1 CHECK ((baseline_to > baseline_from)),
    CONSTRAINT analyses_check2 CHECK ((((pack IS NULL) = (pack_hash IS NULL)) AND ((pack IS NULL) = (verdict IS NULL)) AND ((pack IS NULL) = (confidence IS NULL)) AND ((pack IS NULL) = (finished_at IS NULL)))),
    CONSTRAINT analyses_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
    CONSTRAINT analyses_pack_hash_check CHECK ((pack_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT analyses_verdict_check CHECK ((verdict = ANY (ARRAY['confirmed'::text, 'likely'::text, 'inconclusive'::text])))
);
ALTER TABLE ONLY public.analyses FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.analyses.job_id IS 'No foreign key: jobs are deleted a month after they ended, analyses stay';
COMMENT ON COLUMN public.analyses.pack IS 'The evidence pack as JSON text, whose hash is pack_hash; null until the analysis succeeded, as are the columns after it';
COMMENT ON COLUMN public.analyses.suspect IS 'Null until the analysis succeeded, and when it suspects nobody';
CREATE TABLE public.analysis_clusters (
    tenant_id uuid NOT NULL,
    analysis_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.analysis_clusters FORCE ROW LEVEL SECURITY;
CREATE TABLE public.analysis_feedback (
    tenant_id uuid NOT NULL,
    analysis_result_id uuid NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    is_useful boolean NOT NULL,
    reason text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT analysis_feedback_reason_check CHECK ((length(reason) <= 2000))
);
ALTER TABLE ONLY public.analysis_feedback FORCE ROW LEVEL SECURITY;
CREATE TABLE public.analysis_results (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    analysis_id uuid NOT NULL,
    pack_hash text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    failure text,
    job_id uuid,
    verdict text NOT NULL,
    confidence double precision NOT NULL,
    content jsonb NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    input_tokens bigint,
    output_tokens bigint,
    cost_microdollars bigint,
    duration_ms bigint,
    prompt_version text NOT NULL,
    text_hash text,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    finished_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT analysis_results_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
    CONSTRAINT analysis_results_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'explained'::text, 'analysis_failed'::text])))
);
ALTER TABLE ONLY public.analysis_results FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.analysis_results.content IS 'Root cause, summary, suggested action, hypotheses, unknowns, next checks; with pseudonyms, as the model wrote them';
COMMENT ON COLUMN public.analysis_results.text_hash IS 'Of the pseudonymised evidence that the model saw: pseudonyms are swapped back only while it is the same';
CREATE TABLE public.anomaly_baselines (
    tenant_id uuid NOT NULL,
    series_key text NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    cluster_id uuid,
    window_start timestamp with time zone NOT NULL,
    window_end timestamp with time zone NOT NULL,
    avg_log_rate double precision NOT NULL,
    avg_error_rate double precision NOT NULL,
    p95_error_rate double precision NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.anomaly_baselines FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.anomaly_baselines.cluster_id IS 'Null: of the service as a whole';
COMMENT ON COLUMN public.anomaly_baselines.window_end IS 'The state holds every minute before this';
COMMENT ON COLUMN public.anomaly_baselines.avg_log_rate IS 'Lines a minute (of a cluster: events)';
COMMENT ON COLUMN public.anomaly_baselines.state IS 'The detector as it was then, packed; a tick goes on from it and reads the minutes since from the ledger';
CREATE TABLE public.anomaly_events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    incident_id uuid,
    suppression_id uuid,
    series_key text NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    cluster_id uuid,
    kind text NOT NULL,
    metric text NOT NULL,
    severity smallint NOT NULL,
    title text NOT NULL,
    baseline_value double precision NOT NULL,
    observed_value double precision NOT NULL,
    deviation_factor double precision,
    evidence double precision NOT NULL,
    started_at timestamp with time zone NOT NULL,
    detected_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    notified boolean NOT NULL,
    details jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT anomaly_events_severity_check CHECK (((severity >= 1) AND (severity <= 4)))
);
ALTER TABLE ONLY public.anomaly_events FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.anomaly_events.id IS 'Made of a hash of series, kind and the minute that opened it, so that judging a minute twice gives one event';
COMMENT ON COLUMN public.anomaly_events.incident_id IS 'Null: held back by a suppression';
COMMENT ON COLUMN public.anomaly_events.suppression_id IS 'Null: nothing holds it back';
COMMENT ON COLUMN public.anomaly_events.cluster_id IS 'Null: about the service as a whole';
COMMENT ON COLUMN public.anomaly_events.deviation_factor IS 'Null: nothing was expected';
COMMENT ON COLUMN public.anomaly_events.ended_at IS 'Null: it goes on';
COMMENT ON COLUMN public.anomaly_events.notified IS 'False: history, over before anybody could be told, or held back';
CREATE TABLE public.anomaly_feedback (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    event_id uuid NOT NULL,
    verdict text NOT NULL,
    reason text NOT NULL,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT anomaly_feedback_verdict_check CHECK ((verdict = ANY (ARRAY['up'::text, 'down'::text])))
);
ALTER TABLE ONLY public.anomaly_feedback FORCE ROW LEVEL SECURITY;
CREATE TABLE public.anomaly_lines (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    timestamp_ns bigint NOT NULL,
    labels jsonb NOT NULL,
    line text NOT NULL,
    pushed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.anomaly_lines FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.anomaly_lines IS 'Lines for the log store, written with the events that they tell of';
COMMENT ON COLUMN public.anomaly_lines.pushed_at IS 'Null: the log store does not have it yet';
CREATE TABLE public.anomaly_runs (
    tenant_id uuid NOT NULL,
    history_from_at timestamp with time zone,
    detected_up_to_at timestamp with time zone,
    announce_from_at timestamp with time zone,
    ledger_seen_at timestamp with time zone,
    series_count integer DEFAULT 0 NOT NULL,
    status text DEFAULT 'waiting'::text NOT NULL,
    status_detail text DEFAULT ''::text NOT NULL,
    lease_holder text,
    lease_expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    learned_from jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE ONLY public.anomaly_runs FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.anomaly_runs.history_from_at IS 'First minute that was learned; null: none has been';
COMMENT ON COLUMN public.anomaly_runs.detected_up_to_at IS 'Every minute before this has been judged; null: none has been';
COMMENT ON COLUMN public.anomaly_runs.announce_from_at IS 'What was over before this is history and told to nobody; null: nothing has been judged';
COMMENT ON COLUMN public.anomaly_runs.ledger_seen_at IS 'Changes of the ledger before this are known, by the clock of the database; null: none is';
COMMENT ON COLUMN public.anomaly_runs.lease_holder IS 'The process that judges; null: none does';
COMMENT ON COLUMN public.anomaly_runs.learned_from IS 'By watch: since when its ledger, and its counts, were known when the detectors learned; more makes them learn again';
CREATE TABLE public.anomaly_suppressions (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    kind text NOT NULL,
    cluster_id uuid,
    reason text NOT NULL,
    event_id uuid,
    expires_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.anomaly_suppressions FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.anomaly_suppressions.cluster_id IS 'Null: the service as a whole';
COMMENT ON COLUMN public.anomaly_suppressions.event_id IS 'The event that it was made from, which may be deleted; null: none';
COMMENT ON COLUMN public.anomaly_suppressions.deleted_at IS 'Ended by a person; null: it holds until it expires';
CREATE TABLE public.api_keys (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    key_hash text NOT NULL,
    prefix text NOT NULL,
    last_four text NOT NULL,
    scopes text[] NOT NULL,
    hourly_limit integer,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_by text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT api_keys_hourly_limit_check CHECK ((hourly_limit > 0)),
    CONSTRAINT api_keys_key_hash_check CHECK ((length(key_hash) = 64)),
    CONSTRAINT api_keys_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT api_keys_scopes_check CHECK ((cardinality(scopes) > 0))
);
ALTER TABLE ONLY public.api_keys FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.api_keys.key_hash IS 'SHA-256 of the whole key in hexadecimal; the key itself is kept nowhere';
COMMENT ON COLUMN public.api_keys.hourly_limit IS 'Null: the limit of its scopes';
COMMENT ON COLUMN public.api_keys.revoked_at IS 'No longer accepted since then; the row stays for histories';
CREATE TABLE public.api_usage (
    tenant_id uuid NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    hour_at timestamp with time zone NOT NULL,
    actor_name text NOT NULL,
    request_count bigint NOT NULL,
    weight_sum bigint NOT NULL,
    refused_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT api_usage_refused_count_check CHECK ((refused_count >= 0)),
    CONSTRAINT api_usage_request_count_check CHECK ((request_count >= 0)),
    CONSTRAINT api_usage_weight_sum_check CHECK ((weight_sum >= 0))
);
ALTER TABLE ONLY public.api_usage FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.api_usage IS 'Requests of each user and key by the hour';
COMMENT ON COLUMN public.api_usage.weight_sum IS 'What the accepted requests counted against the limit';
CREATE TABLE public.audit_entries (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    segment_number integer NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    action text NOT NULL,
    object_kind text NOT NULL,
    object_id text NOT NULL,
    result text NOT NULL,
    request_id text NOT NULL,
    details text NOT NULL,
    hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_entries_hash_check CHECK ((length(hash) = 64)),
    CONSTRAINT audit_entries_sequence_check CHECK ((sequence > 0))
);
ALTER TABLE ONLY public.audit_entries FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.audit_entries.details IS 'JSON text as it was hashed; jsonb would reorder it';
COMMENT ON COLUMN public.audit_entries.updated_at IS 'Always created_at: entries do not change';
CREATE TABLE public.audit_segments (
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    first_sequence bigint NOT NULL,
    entry_count integer DEFAULT 0 NOT NULL,
    previous_hash text NOT NULL,
    last_hash text NOT NULL,
    closed_at timestamp with time zone,
    entries_deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_segments_entry_count_check CHECK ((entry_count >= 0)),
    CONSTRAINT audit_segments_first_sequence_check CHECK ((first_sequence > 0)),
    CONSTRAINT audit_segments_last_hash_check CHECK ((length(last_hash) = 64)),
    CONSTRAINT audit_segments_number_check CHECK ((number > 0)),
    CONSTRAINT audit_segments_previous_hash_check CHECK ((length(previous_hash) = 64))
);
ALTER TABLE ONLY public.audit_segments FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.audit_segments.previous_hash IS 'last_hash of the segment before; zeros for the first';
COMMENT ON COLUMN public.audit_segments.last_hash IS 'Hash of the newest entry; previous_hash while there is none';
COMMENT ON COLUMN public.audit_segments.closed_at IS 'No entry is added any more since then; null: open, one a tenant';
COMMENT ON COLUMN public.audit_segments.entries_deleted_at IS 'Retention took the entries; null: they are there';
CREATE TABLE public.cluster_comments (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    cluster_id uuid NOT NULL,
    text text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    deleted_at timestamp with time zone,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_comments_text_check CHECK (((text <> ''::text) AND (length(text) <= 20000)))
);
ALTER TABLE ONLY public.cluster_comments FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_comments.deleted_at IS 'Taken back since then and deleted for good a month later; null: shown';
CREATE TABLE public.cluster_days (
    tenant_id uuid NOT NULL,
    span_hours smallint NOT NULL,
    start_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    CONSTRAINT cluster_spans_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_spans_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_spans_line_count_check CHECK ((line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.cluster_days FORCE ROW LEVEL SECURITY;
CREATE TABLE public.cluster_history (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    cluster_id uuid NOT NULL,
    change_id uuid,
    reason text NOT NULL,
    actor_kind text,
    actor_id text,
    actor_name text,
    state_before jsonb NOT NULL,
    state_after jsonb NOT NULL,
    revision integer NOT NULL,
    undone_at timestamp with time zone,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.cluster_history FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_history.change_id IS 'What one person did at once; null: LogHunter itself';
COMMENT ON COLUMN public.cluster_history.actor_id IS 'Null, as kind and name: LogHunter itself';
COMMENT ON COLUMN public.cluster_history.state_before IS 'Work and assignee before; work null: the cluster was seen for the first time';
COMMENT ON COLUMN public.cluster_history.revision IS 'Of cluster_work after this change';
COMMENT ON COLUMN public.cluster_history.undone_at IS 'Null: not undone';
ALTER TABLE public.cluster_history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.cluster_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.cluster_levels (
    tenant_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_event_count bigint DEFAULT 0 NOT NULL,
    deleted_line_count bigint DEFAULT 0 NOT NULL,
    CONSTRAINT cluster_levels_deleted_event_count_check CHECK ((deleted_event_count >= 0)),
    CONSTRAINT cluster_levels_deleted_line_count_check CHECK ((deleted_line_count >= 0)),
    CONSTRAINT cluster_levels_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_levels_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_levels_line_count_check CHECK ((line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.cluster_levels FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.cluster_levels IS 'Totals of a cluster by level, also of minutes that were deleted since';
COMMENT ON COLUMN public.cluster_levels.deleted_event_count IS 'Part of event_count whose minutes were deleted for their age';
COMMENT ON COLUMN public.cluster_levels.deleted_line_count IS 'Part of line_count whose minutes were deleted for their age';
CREATE TABLE public.cluster_rules (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    sequence bigint NOT NULL,
    origin text NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    content_hash text NOT NULL,
    created_by text NOT NULL,
    undone_at timestamp with time zone,
    undone_by text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_rules_check CHECK (((undone_at IS NULL) = (undone_by IS NULL))),
    CONSTRAINT cluster_rules_kind_check CHECK ((kind <> ''::text)),
    CONSTRAINT cluster_rules_origin_check CHECK ((origin = ANY (ARRAY['learned'::text, 'user'::text])))
);
ALTER TABLE ONLY public.cluster_rules FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_rules.sequence IS 'Grows with every change of the tenant''s rules, in order of commit: what has changed since is what is greater';
COMMENT ON COLUMN public.cluster_rules.content_hash IS 'Of origin, kind and body: what two replicas learn alike is one rule';
COMMENT ON COLUMN public.cluster_rules.created_by IS 'Who made it: a person, or the replica that learned it';
COMMENT ON COLUMN public.cluster_rules.undone_at IS 'Null: in force';
COMMENT ON COLUMN public.cluster_rules.undone_by IS 'Null: in force';
CREATE TABLE public.cluster_samples (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    cluster_id uuid NOT NULL,
    timestamp_ns bigint NOT NULL,
    sanitised_text text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.cluster_samples FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_samples.timestamp_ns IS 'Nanoseconds since 1970: finer than timestamptz';
CREATE TABLE public.cluster_six_hours (
    tenant_id uuid NOT NULL,
    span_hours smallint NOT NULL,
    start_at timestamp with time zone NOT NULL,
    cluster_id uuid NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    CONSTRAINT cluster_spans_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT cluster_spans_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT cluster_spans_line_count_check CHECK ((line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.cluster_six_hours FORCE ROW LEVEL SECURITY;
CREATE TABLE public.cluster_work (
    tenant_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    state text NOT NULL,
    since_at timestamp with time zone NOT NULL,
    work jsonb NOT NULL,
    reopens_after_at timestamp with time zone,
    wakes_at timestamp with time zone,
    assignee_kind text,
    assignee_id text,
    assignee_name text,
    revision integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cluster_work_assignee_kind_check CHECK ((assignee_kind = ANY (ARRAY['person'::text, 'team'::text]))),
    CONSTRAINT cluster_work_check CHECK ((((assignee_kind IS NULL) = (assignee_id IS NULL)) AND ((assignee_id IS NULL) = (assignee_name IS NULL)))),
    CONSTRAINT cluster_work_revision_check CHECK ((revision > 0)),
    CONSTRAINT cluster_work_state_check CHECK ((state = ANY (ARRAY['new'::text, 'ongoing'::text, 'escalating'::text, 'regressed'::text, 'ignored'::text, 'resolved'::text])))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.cluster_work FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.cluster_work.work IS 'The state with what decides how the cluster leaves it, as engine/work-list has it';
COMMENT ON COLUMN public.cluster_work.reopens_after_at IS 'Of a resolved cluster: lines written later open it again; null: it is not resolved';
COMMENT ON COLUMN public.cluster_work.wakes_at IS 'When time alone changes the state; null: never';
COMMENT ON COLUMN public.cluster_work.assignee_id IS 'Null, as kind and name: nobody looks after it';
COMMENT ON COLUMN public.cluster_work.revision IS 'Grows with each change, so that undoing sees whether somebody else came between';
CREATE TABLE public.count_history (
    tenant_id uuid NOT NULL,
    watch_id uuid NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    hour_at timestamp with time zone NOT NULL,
    line_counts integer[] NOT NULL,
    error_counts integer[],
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT count_history_error_counts_check CHECK ((cardinality(error_counts) = 60)),
    CONSTRAINT count_history_line_counts_check CHECK ((cardinality(line_counts) = 60))
);
ALTER TABLE ONLY public.count_history FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.count_history.line_counts IS 'By minute of the hour';
COMMENT ON COLUMN public.count_history.error_counts IS 'By minute of the hour; null: the lines tell no levels';
CREATE TABLE public.count_history_marks (
    tenant_id uuid NOT NULL,
    watch_id uuid NOT NULL,
    read_from_at timestamp with time zone NOT NULL,
    read_up_to_at timestamp with time zone NOT NULL,
    missing jsonb NOT NULL,
    is_complete boolean NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT count_history_marks_check CHECK ((read_from_at <= read_up_to_at))
);
ALTER TABLE ONLY public.count_history_marks FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.count_history_marks.read_from_at IS 'Everything from here to read_up_to_at was asked for, the newest first';
COMMENT ON COLUMN public.count_history_marks.missing IS 'Ranges that the log store could not count, as pairs of milliseconds since 1970: nobody knows what they held';
COMMENT ON COLUMN public.count_history_marks.is_complete IS 'There is nothing more to ask for';
CREATE TABLE public.deploys (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    version text NOT NULL,
    deployed_at timestamp with time zone NOT NULL,
    link text,
    source text NOT NULL,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT deploys_service_check CHECK ((service <> ''::text)),
    CONSTRAINT deploys_version_check CHECK ((version <> ''::text))
);
ALTER TABLE ONLY public.deploys FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.deploys.namespace IS 'Empty: any';
COMMENT ON COLUMN public.deploys.link IS 'Null: nobody said where it is described';
CREATE TABLE public.egress_entries (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    purpose text NOT NULL,
    outcome text DEFAULT 'sending'::text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    destination text NOT NULL,
    left_installation boolean NOT NULL,
    sent_text text NOT NULL,
    text_hash text NOT NULL,
    size_bytes bigint NOT NULL,
    redactions jsonb NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    is_estimate boolean DEFAULT true NOT NULL,
    cost_microdollars bigint,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    subject_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.egress_entries FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.egress_entries.outcome IS 'sending, answered, or why it failed';
COMMENT ON COLUMN public.egress_entries.output_tokens IS 'The most that it may be until the call has ended';
COMMENT ON COLUMN public.egress_entries.cost_microdollars IS 'Null: nobody has said what the model costs';
CREATE TABLE public.error_clusters (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    fingerprint text NOT NULL,
    algorithm_version integer NOT NULL,
    template jsonb NOT NULL,
    template_text text NOT NULL,
    search_text text NOT NULL,
    level smallint DEFAULT 0 NOT NULL,
    event_count bigint DEFAULT 0 NOT NULL,
    line_count bigint DEFAULT 0 NOT NULL,
    first_seen_at timestamp with time zone,
    last_seen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    canonical_id uuid,
    signature text DEFAULT ''::text NOT NULL,
    CONSTRAINT error_clusters_check CHECK ((canonical_id <> id)),
    CONSTRAINT error_clusters_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT error_clusters_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT error_clusters_line_count_check CHECK ((line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.error_clusters FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.error_clusters.search_text IS 'template_text in lower case as JavaScript makes it, so that both databases and every locale find the same';
COMMENT ON COLUMN public.error_clusters.event_count IS 'Every event ever counted, also of minutes that were deleted since';
COMMENT ON COLUMN public.error_clusters.first_seen_at IS 'Null: every event that made this cluster was taken back when its minute was read again';
COMMENT ON COLUMN public.error_clusters.last_seen_at IS 'Null: as first_seen_at';
COMMENT ON COLUMN public.error_clusters.canonical_id IS 'The cluster that rules made of this one; it has none itself. Null: itself. Counts stay under the id they were written with';
COMMENT ON COLUMN public.error_clusters.signature IS 'What rules are applied to, without private text; empty: no rule of lines applies, as for stack traces';
CREATE TABLE public.export_parts (
    tenant_id uuid NOT NULL,
    file_id uuid NOT NULL,
    part integer NOT NULL,
    content text NOT NULL,
    size_bytes integer NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.export_parts FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.export_parts IS 'Here rather than in a folder, so that every replica can hand a file out, and under row-level security as all of a tenant is';
CREATE TABLE public.grafana_organisations (
    organisation_id bigint NOT NULL,
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT grafana_organisations_organisation_id_check CHECK ((organisation_id > 0))
);
ALTER TABLE ONLY public.grafana_organisations FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.grafana_organisations IS 'Of the installation: the tenant of each organisation of Grafana';
CREATE TABLE public.idempotency_keys (
    tenant_id uuid NOT NULL,
    route text NOT NULL,
    key_hash text NOT NULL,
    request_hash text NOT NULL,
    answer text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.idempotency_keys.answer IS 'JSON text of the first answer; null only inside the transaction that computes it';
CREATE TABLE public.incident_history (
    tenant_id uuid NOT NULL,
    id bigint NOT NULL,
    incident_id uuid NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    assignee_kind text,
    assignee_id text,
    assignee_name text,
    actor_kind text,
    actor_id text,
    actor_name text,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT incident_history_assignee_kind_check CHECK ((assignee_kind = ANY (ARRAY['person'::text, 'team'::text]))),
    CONSTRAINT incident_history_kind_check CHECK ((kind = ANY (ARRAY['acknowledged'::text, 'taken-back'::text, 'assigned'::text]))),
    CONSTRAINT incident_history_reason_check CHECK ((reason = ANY (ARRAY['person'::text, 'owner-rule'::text])))
);
ALTER TABLE ONLY public.incident_history FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.incident_history.assignee_id IS 'Of assigned, as kind and name; null: to nobody';
COMMENT ON COLUMN public.incident_history.actor_id IS 'Null, as kind and name: LogHunter itself';
ALTER TABLE public.incident_history ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.incident_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.incidents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    severity smallint NOT NULL,
    services text[] NOT NULL,
    kinds text[] NOT NULL,
    event_count integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    last_event_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by_kind text,
    acknowledged_by_id text,
    acknowledged_by_name text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    assignee_kind text,
    assignee_id text,
    assignee_name text,
    CONSTRAINT incidents_assignee_check CHECK ((((assignee_kind IS NULL) = (assignee_id IS NULL)) AND ((assignee_id IS NULL) = (assignee_name IS NULL)))),
    CONSTRAINT incidents_assignee_kind_check CHECK ((assignee_kind = ANY (ARRAY['person'::text, 'team'::text]))),
    CONSTRAINT incidents_event_count_check CHECK ((event_count > 0)),
    CONSTRAINT incidents_severity_check CHECK (((severity >= 1) AND (severity <= 4)))
);
ALTER TABLE ONLY public.incidents FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.incidents.last_event_at IS 'Start of the event that joined last';
COMMENT ON COLUMN public.incidents.ended_at IS 'Null: one of its events is open';
COMMENT ON COLUMN public.incidents.acknowledged_at IS 'Null: nobody has said to look after it; so are the other acknowledged columns';
COMMENT ON COLUMN public.incidents.assignee_id IS 'Null, as kind and name: nobody looks after it';
CREATE TABLE public.investigation_analyses (
    tenant_id uuid NOT NULL,
    investigation_id uuid NOT NULL,
    analysis_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.investigation_analyses FORCE ROW LEVEL SECURITY;
CREATE TABLE public.investigation_clusters (
    tenant_id uuid NOT NULL,
    investigation_id uuid NOT NULL,
    cluster_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.investigation_clusters FORCE ROW LEVEL SECURITY;
CREATE TABLE public.investigation_entries (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    investigation_id uuid NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT investigation_entries_kind_check CHECK ((kind = ANY (ARRAY['created'::text, 'renamed'::text, 'state'::text, 'resolution'::text, 'pinned'::text, 'comment'::text, 'analysis'::text, 'annotated'::text]))),
    CONSTRAINT investigation_entries_text_check CHECK ((length(text) <= 10000))
);
ALTER TABLE ONLY public.investigation_entries FORCE ROW LEVEL SECURITY;
CREATE TABLE public.investigation_lines (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    investigation_id uuid NOT NULL,
    timestamp_ns bigint NOT NULL,
    service text NOT NULL,
    level text NOT NULL,
    text text NOT NULL,
    labels jsonb NOT NULL,
    hash text NOT NULL,
    query text NOT NULL,
    cluster_id uuid,
    note text NOT NULL,
    pinned_by_kind text NOT NULL,
    pinned_by_id text NOT NULL,
    pinned_by_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT investigation_lines_hash_check CHECK ((hash ~ '^[0-9a-f]{32}$'::text)),
    CONSTRAINT investigation_lines_note_check CHECK ((length(note) <= 2000))
);
ALTER TABLE ONLY public.investigation_lines FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.investigation_lines.cluster_id IS 'Null: the line belongs to no stored cluster';
CREATE TABLE public.investigations (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    title text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    resolution text DEFAULT ''::text NOT NULL,
    range_from timestamp with time zone NOT NULL,
    range_to timestamp with time zone NOT NULL,
    services text[] NOT NULL,
    incident_id uuid,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    resolved_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT investigations_check CHECK ((range_to > range_from)),
    CONSTRAINT investigations_check1 CHECK (((resolved_at IS NULL) = (state <> 'resolved'::text))),
    CONSTRAINT investigations_resolution_check CHECK ((length(resolution) <= 10000)),
    CONSTRAINT investigations_state_check CHECK ((state = ANY (ARRAY['open'::text, 'mitigated'::text, 'resolved'::text]))),
    CONSTRAINT investigations_title_check CHECK (((title <> ''::text) AND (length(title) <= 200)))
);
ALTER TABLE ONLY public.investigations FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.investigations.incident_id IS 'Null: it is about no incident';
COMMENT ON COLUMN public.investigations.resolved_at IS 'Null: not resolved';
CREATE TABLE public.jobs (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    input jsonb NOT NULL,
    request_hash text NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    attempt_count integer DEFAULT 0 NOT NULL,
    send_count integer DEFAULT 1 NOT NULL,
    claim_id uuid,
    progress real DEFAULT 0 NOT NULL,
    progress_text text DEFAULT ''::text NOT NULL,
    result jsonb,
    failure text,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text NOT NULL,
    request_id text NOT NULL,
    webhook_id uuid,
    cancel_requested_at timestamp with time zone,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT jobs_attempt_count_check CHECK ((attempt_count >= 0)),
    CONSTRAINT jobs_progress_check CHECK (((progress >= (0)::double precision) AND (progress <= (1)::double precision))),
    CONSTRAINT jobs_send_count_check CHECK ((send_count > 0)),
    CONSTRAINT jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'succeeded'::text, 'failed'::text, 'cancelled'::text])))
);
ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.jobs.request_hash IS 'Of kind and input: equal requests share one job while it is queued or running';
COMMENT ON COLUMN public.jobs.send_count IS 'How often it was put into the queue; an older message of the queue is ignored';
COMMENT ON COLUMN public.jobs.claim_id IS 'The run that may write; null: no worker has it';
COMMENT ON COLUMN public.jobs.result IS 'Null: it has not succeeded';
COMMENT ON COLUMN public.jobs.failure IS 'Why the latest attempt failed; null: none has';
COMMENT ON COLUMN public.jobs.webhook_id IS 'Told when the job ends; null: nobody';
COMMENT ON COLUMN public.jobs.cancel_requested_at IS 'Null: nobody has asked to stop it';
COMMENT ON COLUMN public.jobs.started_at IS 'Null: no worker has begun';
COMMENT ON COLUMN public.jobs.finished_at IS 'Null: it has not ended';
CREATE TABLE public.live_events (
    tenant_id uuid NOT NULL,
    "position" bigint NOT NULL,
    topic text NOT NULL,
    ids text[] NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.live_events FORCE ROW LEVEL SECURITY;
CREATE TABLE public.live_positions (
    tenant_id uuid NOT NULL,
    "position" bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT live_positions_position_check CHECK (("position" > 0))
)
WITH (fillfactor='50');
ALTER TABLE ONLY public.live_positions FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.live_positions IS 'The newest position; its row is locked by whoever adds events, so that they become visible in their order';
CREATE TABLE public.model_settings (
    tenant_id uuid NOT NULL,
    is_enabled boolean DEFAULT true NOT NULL,
    provider text,
    model_size text DEFAULT 'base'::text NOT NULL,
    enabled_providers text[] DEFAULT '{}'::text[] NOT NULL,
    tokens_per_day bigint DEFAULT 500000 NOT NULL,
    calls_per_minute integer DEFAULT 10 NOT NULL,
    microdollars_per_month bigint DEFAULT 20000000 NOT NULL,
    updated_by text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT model_settings_calls_per_minute_check CHECK ((calls_per_minute >= 0)),
    CONSTRAINT model_settings_microdollars_per_month_check CHECK ((microdollars_per_month >= 0)),
    CONSTRAINT model_settings_model_size_check CHECK ((model_size = ANY (ARRAY['base'::text, 'large'::text]))),
    CONSTRAINT model_settings_tokens_per_day_check CHECK ((tokens_per_day >= 0))
);
ALTER TABLE ONLY public.model_settings FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.model_settings.provider IS 'Null: the one that the configuration names';
COMMENT ON COLUMN public.model_settings.enabled_providers IS 'Those outside the installation that an administrator has enabled';
CREATE TABLE public.notices (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    dedup_key text NOT NULL,
    kind text NOT NULL,
    severity text NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    cluster_id uuid,
    incident_id uuid,
    title text NOT NULL,
    lines jsonb NOT NULL,
    event_count bigint NOT NULL,
    first_seen_at timestamp with time zone,
    range_from timestamp with time zone NOT NULL,
    range_to timestamp with time zone NOT NULL,
    query text,
    suspect_deploy text,
    verdict text,
    noticed_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notices_event_count_check CHECK ((event_count >= 0)),
    CONSTRAINT notices_severity_check CHECK ((severity = ANY (ARRAY['LOW'::text, 'MEDIUM'::text, 'HIGH'::text, 'CRITICAL'::text])))
);
ALTER TABLE ONLY public.notices FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.notices.dedup_key IS 'What happened, by name: kept once';
COMMENT ON COLUMN public.notices.cluster_id IS 'Null: of no one cluster';
COMMENT ON COLUMN public.notices.incident_id IS 'Null: of no incident';
COMMENT ON COLUMN public.notices.first_seen_at IS 'Null: not known';
COMMENT ON COLUMN public.notices.query IS 'LogQL for Explore; null: the stream of the service';
COMMENT ON COLUMN public.notices.suspect_deploy IS 'Null: no deploy is suspected';
COMMENT ON COLUMN public.notices.verdict IS 'Null: nothing was found, or not yet';
COMMENT ON COLUMN public.notices.noticed_at IS 'By the clock of whoever found it';
COMMENT ON COLUMN public.notices.taken_at IS 'Since then its deliveries are decided; null: it waits';
CREATE TABLE public.notification_channels (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    target jsonb NOT NULL,
    sealed_secret text,
    rules jsonb NOT NULL,
    is_enabled boolean NOT NULL,
    disabled_reason text,
    failure_count integer DEFAULT 0 NOT NULL,
    retry_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notification_channels_failure_count_check CHECK ((failure_count >= 0)),
    CONSTRAINT notification_channels_kind_check CHECK ((kind = ANY (ARRAY['webhook'::text, 'slack'::text, 'pagerduty'::text, 'email'::text]))),
    CONSTRAINT notification_channels_name_check CHECK (((name <> ''::text) AND (length(name) <= 200)))
);
ALTER TABLE ONLY public.notification_channels FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.notification_channels.target IS 'Where it leads, without what is secret';
COMMENT ON COLUMN public.notification_channels.sealed_secret IS 'Encrypted with a key that is not in the database; null: the kind has no secret';
COMMENT ON COLUMN public.notification_channels.disabled_reason IS 'Why the server switched it off; null: it did not';
COMMENT ON COLUMN public.notification_channels.failure_count IS 'Attempts that failed one after the other, up to now';
COMMENT ON COLUMN public.notification_channels.retry_at IS 'New messages wait until then after a failure; null: they do not';
COMMENT ON COLUMN public.notification_channels.deleted_at IS 'Hidden since then and deleted for good a month later; null: in use';
CREATE TABLE public.notification_deliveries (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    channel_id uuid NOT NULL,
    status text NOT NULL,
    reason text,
    is_test boolean NOT NULL,
    attempt_count integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    decided_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notification_deliveries_attempt_count_check CHECK ((attempt_count >= 0)),
    CONSTRAINT notification_deliveries_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sending'::text, 'retrying'::text, 'delivered'::text, 'failed'::text, 'suppressed'::text])))
);
ALTER TABLE ONLY public.notification_deliveries FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.notification_deliveries.reason IS 'Why it was not, or not yet, delivered; null: nothing went wrong';
COMMENT ON COLUMN public.notification_deliveries.due_at IS 'Not before this: until then others of the channel join it';
COMMENT ON COLUMN public.notification_deliveries.delivered_at IS 'Null: it was not delivered';
COMMENT ON COLUMN public.notification_deliveries.decided_at IS 'By the clock of the server that decided it';
CREATE TABLE public.notification_delivery_notices (
    tenant_id uuid NOT NULL,
    channel_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.notification_delivery_notices FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.notification_delivery_notices IS 'A channel is told of a notice once: the key says so';
CREATE TABLE public.owner_rules (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    label text NOT NULL,
    value text NOT NULL,
    assignee_kind text NOT NULL,
    assignee_id text NOT NULL,
    assignee_name text NOT NULL,
    created_by text NOT NULL,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT owner_rules_assignee_kind_check CHECK ((assignee_kind = ANY (ARRAY['person'::text, 'team'::text]))),
    CONSTRAINT owner_rules_label_check CHECK (((label <> ''::text) AND (length(label) <= 200))),
    CONSTRAINT owner_rules_value_check CHECK ((length(value) <= 2048))
);
ALTER TABLE ONLY public.owner_rules FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.owner_rules.deleted_at IS 'No longer in force since then and deleted for good a month later; null: in force';
CREATE TABLE public.personal_filters (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    owner_kind text NOT NULL,
    owner_id text NOT NULL,
    name text NOT NULL,
    filter jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT personal_filters_name_check CHECK (((name <> ''::text) AND (length(name) <= 200)))
);
ALTER TABLE ONLY public.personal_filters FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.personal_filters IS 'Nobody but their owner sees them, so that deleting one needs no way back for others';
CREATE TABLE public.redaction_counts (
    tenant_id uuid NOT NULL,
    rule_name text NOT NULL,
    match_count bigint NOT NULL,
    last_matched_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT redaction_counts_match_count_check CHECK ((match_count >= 0))
);
ALTER TABLE ONLY public.redaction_counts FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.redaction_counts IS 'Values that each rule, built-in or own, took out of texts before they were stored';
CREATE TABLE public.redaction_rules (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    form text NOT NULL,
    pattern text NOT NULL,
    ignores_case boolean NOT NULL,
    created_by text NOT NULL,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT redaction_rules_form_check CHECK ((form = ANY (ARRAY['literal'::text, 'expression'::text]))),
    CONSTRAINT redaction_rules_name_check CHECK (((name <> ''::text) AND (length(name) <= 40))),
    CONSTRAINT redaction_rules_pattern_check CHECK (((pattern <> ''::text) AND (length(pattern) <= 500)))
);
ALTER TABLE ONLY public.redaction_rules FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.redaction_rules.deleted_at IS 'Not applied since then; null: in use';
CREATE TABLE public.saved_filters (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    filter jsonb NOT NULL,
    created_by_kind text NOT NULL,
    created_by_id text NOT NULL,
    created_by_name text NOT NULL,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saved_filters_name_check CHECK (((name <> ''::text) AND (length(name) <= 200)))
);
ALTER TABLE ONLY public.saved_filters FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.saved_filters.deleted_at IS 'Hidden since then and deleted for good a month later; null: in use';
CREATE TABLE public.scanner_replicas (
    tenant_id uuid NOT NULL,
    holder text NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT scanner_replicas_holder_check CHECK (((holder <> ''::text) AND (length(holder) <= 200)))
);
ALTER TABLE ONLY public.scanner_replicas FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.scanner_replicas IS 'Written with each lease; one that was not seen for the length of a lease is dead';
CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
CREATE TABLE public.source_spans (
    tenant_id uuid NOT NULL,
    span_minutes smallint NOT NULL,
    start_at timestamp with time zone NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    level smallint NOT NULL,
    event_count bigint NOT NULL,
    line_count bigint NOT NULL,
    CONSTRAINT source_spans_level_check CHECK ((level = ANY (ARRAY[0, 1, 5, 9, 13, 17, 21]))),
    CONSTRAINT source_spans_span_minutes_check CHECK ((span_minutes = ANY (ARRAY[5, 60, 1440])))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.source_spans FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.source_spans IS 'Sums of cluster_minutes over the clusters of a service by five minutes, by the hour and by the day (UTC), kept in the same transaction';
COMMENT ON COLUMN public.source_spans.event_count IS 'Zero: what was counted was taken back when its minutes were read again';
CREATE TABLE public.stream_hours (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    hour_at timestamp with time zone NOT NULL,
    line_count bigint NOT NULL,
    unread_line_count bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    late_line_count bigint DEFAULT 0 NOT NULL,
    CONSTRAINT stream_hours_late_line_count_check CHECK ((late_line_count >= 0)),
    CONSTRAINT stream_hours_line_count_check CHECK ((line_count >= 0)),
    CONSTRAINT stream_hours_unread_line_count_check CHECK ((unread_line_count >= 0))
)
WITH (fillfactor='80');
ALTER TABLE ONLY public.stream_hours FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.stream_hours IS 'Sums of stream_minutes, kept in the same transaction';
CREATE TABLE public.streams (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    watch_id uuid NOT NULL,
    labels jsonb NOT NULL,
    service text NOT NULL,
    namespace text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.streams FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.streams.id IS 'Made of a hash of the labels, so that every replica finds the same';
CREATE TABLE public.tenants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    loki_org_id text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT tenants_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT tenants_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
);
ALTER TABLE ONLY public.tenants FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.tenants.loki_org_id IS 'X-Scope-OrgID; null: Loki runs without tenants';
COMMENT ON COLUMN public.tenants.settings IS 'What the tenant wants otherwise than the installation: numbers by name';
CREATE TABLE public.watches (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    selectors text[] NOT NULL,
    discovered_label_names text[] NOT NULL,
    read_from_at timestamp with time zone,
    read_up_to_at timestamp with time zone,
    counts_kept_from_at timestamp with time zone,
    lease_holder text,
    lease_expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    retired_at timestamp with time zone,
    one_in integer DEFAULT 1 NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    held_back_by text,
    CONSTRAINT watches_held_back_by_check CHECK ((held_back_by = ANY (ARRAY['budget'::text, 'source'::text, 'failure'::text]))),
    CONSTRAINT watches_name_check CHECK (((name <> ''::text) AND (length(name) <= 500))),
    CONSTRAINT watches_one_in_check CHECK ((one_in >= 0)),
    CONSTRAINT watches_source_check CHECK ((length(source) <= 100))
);
ALTER TABLE ONLY public.watches FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.watches.read_from_at IS 'Nothing before this has been read; null: nothing has been read';
COMMENT ON COLUMN public.watches.read_up_to_at IS 'Everything before this has been read once; null: nothing has been read';
COMMENT ON COLUMN public.watches.counts_kept_from_at IS 'Minutes before this were deleted and are not counted again; null: none was deleted';
COMMENT ON COLUMN public.watches.lease_holder IS 'The scanner that reads this watch now; null: nobody does';
COMMENT ON COLUMN public.watches.retired_at IS 'No longer configured since then: its streams are free for other watches; null: in use';
COMMENT ON COLUMN public.watches.one_in IS '1: every line is read; 0: lines are counted and not read; more: one part in so many of each minute is read and counts are scaled';
COMMENT ON COLUMN public.watches.source IS 'Name of the log source that is read; empty: the one of the configuration';
COMMENT ON COLUMN public.watches.held_back_by IS 'What the scanner with the lease waits for: the budget of background queries, the log source, or that a failure passes; null: nothing';
CREATE TABLE public.webhooks (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    disabled_at timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhooks_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
    CONSTRAINT webhooks_url_check CHECK ((length(url) <= 2000))
);
ALTER TABLE ONLY public.webhooks FORCE ROW LEVEL SECURITY;
COMMENT ON COLUMN public.webhooks.disabled_at IS 'The receiver answered 410 Gone: nothing is sent any more; null: in use';
COMMENT ON COLUMN public.webhooks.deleted_at IS 'Hidden since then and deleted for good a month later; null: in use';
CREATE TABLE public.work_list_seen (
    tenant_id uuid NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.work_list_seen FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE public.work_list_seen IS 'When each caller last looked at the work list';
ALTER TABLE ONLY job_queue.job ATTACH PARTITION job_queue.job_common DEFAULT;
ALTER TABLE ONLY public.cluster_spans ATTACH PARTITION public.cluster_days FOR VALUES IN ('24');
ALTER TABLE ONLY public.cluster_spans ATTACH PARTITION public.cluster_hours FOR VALUES IN ('1');
ALTER TABLE ONLY public.cluster_spans ATTACH PARTITION public.cluster_six_hours FOR VALUES IN ('6');
ALTER TABLE ONLY job_queue.bam
    ADD CONSTRAINT bam_pkey PRIMARY KEY (id);
ALTER TABLE ONLY job_queue.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY job_queue.job_common
    ADD CONSTRAINT job_common_pkey PRIMARY KEY (name, id);
ALTER TABLE ONLY job_queue.job_dependency
    ADD CONSTRAINT job_dependency_pkey PRIMARY KEY (child_name, child_id, parent_name, parent_id);
ALTER TABLE ONLY job_queue.queue
    ADD CONSTRAINT queue_pkey PRIMARY KEY (name);
ALTER TABLE ONLY job_queue.queue_stats
    ADD CONSTRAINT queue_stats_pkey PRIMARY KEY (id, captured_on);
ALTER TABLE ONLY job_queue.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (name, key);
ALTER TABLE ONLY job_queue.subscription
    ADD CONSTRAINT subscription_pkey PRIMARY KEY (event, name);
ALTER TABLE ONLY job_queue.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY job_queue.warning
    ADD CONSTRAINT warning_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.analyses
    ADD CONSTRAINT analyses_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.analyses
    ADD CONSTRAINT analyses_tenant_id_job_id_key UNIQUE (tenant_id, job_id);
ALTER TABLE ONLY public.analysis_clusters
    ADD CONSTRAINT analysis_clusters_pkey PRIMARY KEY (tenant_id, analysis_id, cluster_id);
ALTER TABLE ONLY public.analysis_feedback
    ADD CONSTRAINT analysis_feedback_pkey PRIMARY KEY (tenant_id, analysis_result_id, actor_kind, actor_id);
ALTER TABLE ONLY public.analysis_results
    ADD CONSTRAINT analysis_results_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.anomaly_baselines
    ADD CONSTRAINT anomaly_baselines_pkey PRIMARY KEY (tenant_id, series_key);
ALTER TABLE ONLY public.anomaly_events
    ADD CONSTRAINT anomaly_events_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.anomaly_feedback
    ADD CONSTRAINT anomaly_feedback_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.anomaly_lines
    ADD CONSTRAINT anomaly_lines_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.anomaly_runs
    ADD CONSTRAINT anomaly_runs_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.anomaly_suppressions
    ADD CONSTRAINT anomaly_suppressions_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_tenant_id_key_hash_key UNIQUE (tenant_id, key_hash);
ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_pkey PRIMARY KEY (tenant_id, actor_kind, actor_id, hour_at);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (tenant_id, sequence);
ALTER TABLE ONLY public.audit_segments
    ADD CONSTRAINT audit_segments_pkey PRIMARY KEY (tenant_id, number);
ALTER TABLE ONLY public.cluster_comments
    ADD CONSTRAINT cluster_comments_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.cluster_spans
    ADD CONSTRAINT cluster_spans_pkey PRIMARY KEY (tenant_id, span_hours, start_at, cluster_id, level);
ALTER TABLE ONLY public.cluster_days
    ADD CONSTRAINT cluster_days_pkey PRIMARY KEY (tenant_id, span_hours, start_at, cluster_id, level);
ALTER TABLE ONLY public.cluster_history
    ADD CONSTRAINT cluster_history_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.cluster_hours
    ADD CONSTRAINT cluster_hours_pkey PRIMARY KEY (tenant_id, span_hours, start_at, cluster_id, level);
ALTER TABLE ONLY public.cluster_levels
    ADD CONSTRAINT cluster_levels_pkey PRIMARY KEY (tenant_id, cluster_id, level);
ALTER TABLE ONLY public.cluster_minutes
    ADD CONSTRAINT cluster_minutes_pkey PRIMARY KEY (tenant_id, stream_id, minute_at, cluster_id, level);
ALTER TABLE ONLY public.cluster_rules
    ADD CONSTRAINT cluster_rules_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.cluster_samples
    ADD CONSTRAINT cluster_samples_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.cluster_six_hours
    ADD CONSTRAINT cluster_six_hours_pkey PRIMARY KEY (tenant_id, span_hours, start_at, cluster_id, level);
ALTER TABLE ONLY public.cluster_work
    ADD CONSTRAINT cluster_work_pkey PRIMARY KEY (tenant_id, cluster_id);
ALTER TABLE ONLY public.count_history_marks
    ADD CONSTRAINT count_history_marks_pkey PRIMARY KEY (tenant_id, watch_id);
ALTER TABLE ONLY public.count_history
    ADD CONSTRAINT count_history_pkey PRIMARY KEY (tenant_id, watch_id, hour_at, service, namespace);
ALTER TABLE ONLY public.deploys
    ADD CONSTRAINT deploys_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.deploys
    ADD CONSTRAINT deploys_tenant_id_service_namespace_version_deployed_at_key UNIQUE (tenant_id, service, namespace, version, deployed_at);
ALTER TABLE ONLY public.egress_entries
    ADD CONSTRAINT egress_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.error_clusters
    ADD CONSTRAINT error_clusters_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.export_parts
    ADD CONSTRAINT export_parts_pkey PRIMARY KEY (tenant_id, file_id, part);
ALTER TABLE ONLY public.grafana_organisations
    ADD CONSTRAINT grafana_organisations_pkey PRIMARY KEY (organisation_id);
ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, route, key_hash);
ALTER TABLE ONLY public.incident_history
    ADD CONSTRAINT incident_history_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.investigation_analyses
    ADD CONSTRAINT investigation_analyses_pkey PRIMARY KEY (tenant_id, investigation_id, analysis_id);
ALTER TABLE ONLY public.investigation_clusters
    ADD CONSTRAINT investigation_clusters_pkey PRIMARY KEY (tenant_id, investigation_id, cluster_id);
ALTER TABLE ONLY public.investigation_entries
    ADD CONSTRAINT investigation_entries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.investigation_lines
    ADD CONSTRAINT investigation_lines_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.investigation_lines
    ADD CONSTRAINT investigation_lines_tenant_id_investigation_id_hash_key UNIQUE (tenant_id, investigation_id, hash);
ALTER TABLE ONLY public.investigations
    ADD CONSTRAINT investigations_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.live_events
    ADD CONSTRAINT live_events_pkey PRIMARY KEY (tenant_id, "position");
ALTER TABLE ONLY public.live_positions
    ADD CONSTRAINT live_positions_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.model_settings
    ADD CONSTRAINT model_settings_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.notification_channels
    ADD CONSTRAINT notification_channels_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.notification_deliveries
    ADD CONSTRAINT notification_deliveries_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.notification_delivery_notices
    ADD CONSTRAINT notification_delivery_notices_pkey PRIMARY KEY (tenant_id, channel_id, notice_id);
ALTER TABLE ONLY public.owner_rules
    ADD CONSTRAINT owner_rules_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.personal_filters
    ADD CONSTRAINT personal_filters_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.redaction_counts
    ADD CONSTRAINT redaction_counts_pkey PRIMARY KEY (tenant_id, rule_name);
ALTER TABLE ONLY public.redaction_rules
    ADD CONSTRAINT redaction_rules_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.scanner_replicas
    ADD CONSTRAINT scanner_replicas_pkey PRIMARY KEY (tenant_id, holder);
ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.source_spans
    ADD CONSTRAINT source_spans_pkey PRIMARY KEY (tenant_id, span_minutes, start_at, service, namespace, level);
ALTER TABLE ONLY public.stream_hours
    ADD CONSTRAINT stream_hours_pkey PRIMARY KEY (tenant_id, hour_at, stream_id);
ALTER TABLE ONLY public.stream_minutes
    ADD CONSTRAINT stream_minutes_pkey PRIMARY KEY (tenant_id, stream_id, minute_at);
ALTER TABLE ONLY public.streams
    ADD CONSTRAINT streams_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_name_key UNIQUE (name);
ALTER TABLE ONLY public.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_tenant_id_name_key UNIQUE (tenant_id, name);
ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (tenant_id, id);
ALTER TABLE ONLY public.work_list_seen
    ADD CONSTRAINT work_list_seen_pkey PRIMARY KEY (tenant_id, actor_kind, actor_id);
CREATE UNIQUE INDEX job_common_i1 ON job_queue.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'created'::job_queue.job_state) AND (policy = 'short'::text));
CREATE INDEX job_common_i10 ON job_queue.job_common USING btree (name, singleton_key, state DESC, created_on, id) INCLUDE (start_after) WHERE ((state < 'active'::job_queue.job_state) AND (NOT blocked) AND (policy = 'key_strict_fifo'::text));
CREATE INDEX job_common_i11 ON job_queue.job_common USING btree (name, priority DESC, created_on, start_after) WHERE ((state < 'active'::job_queue.job_state) AND (NOT blocked));
CREATE INDEX job_common_i12 ON job_queue.job_common USING btree (source_root_id) WHERE (source_root_id IS NOT NULL);
CREATE UNIQUE INDEX job_common_i2 ON job_queue.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state = 'active'::job_queue.job_state) AND (policy = 'singleton'::text));
CREATE UNIQUE INDEX job_common_i3 ON job_queue.job_common USING btree (name, state, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::job_queue.job_state) AND (policy = 'stately'::text));
CREATE UNIQUE INDEX job_common_i4 ON job_queue.job_common USING btree (name, singleton_on, COALESCE(singleton_key, ''::text)) WHERE ((state <> 'cancelled'::job_queue.job_state) AND (singleton_on IS NOT NULL));
CREATE UNIQUE INDEX job_common_i6 ON job_queue.job_common USING btree (name, COALESCE(singleton_key, ''::text)) WHERE ((state <= 'active'::job_queue.job_state) AND (policy = 'exclusive'::text));
CREATE INDEX job_common_i7 ON job_queue.job_common USING btree (name, group_id) WHERE ((state = 'active'::job_queue.job_state) AND (group_id IS NOT NULL));
CREATE UNIQUE INDEX job_common_i8 ON job_queue.job_common USING btree (name, singleton_key) WHERE ((state = ANY (ARRAY['active'::job_queue.job_state, 'retry'::job_queue.job_state, 'failed'::job_queue.job_state])) AND (policy = 'key_strict_fifo'::text));
CREATE INDEX job_common_i9 ON job_queue.job_common USING btree (name, id) WHERE (blocking AND (state = 'completed'::job_queue.job_state));
CREATE INDEX job_dep_parent_idx ON job_queue.job_dependency USING btree (parent_name, parent_id);
CREATE INDEX queue_stats_i1 ON ONLY job_queue.queue_stats USING btree (name, captured_on DESC) INCLUDE (deferred_count, queued_count, ready_count, active_count, failed_count, total_count);
CREATE INDEX warning_i1 ON job_queue.warning USING btree (created_on DESC);
CREATE INDEX analyses_tenant_id_created_at_idx ON public.analyses USING btree (tenant_id, created_at DESC);
CREATE INDEX analyses_tenant_id_subject_id_idx ON public.analyses USING btree (tenant_id, ((subject ->> 'id'::text))) WHERE ((subject ->> 'id'::text) IS NOT NULL);
CREATE UNIQUE INDEX analysis_results_pending_idx ON public.analysis_results USING btree (tenant_id, pack_hash, provider, model, prompt_version) WHERE (status = 'pending'::text);
CREATE INDEX analysis_results_tenant_id_analysis_id_idx ON public.analysis_results USING btree (tenant_id, analysis_id, created_at DESC);
CREATE INDEX analysis_results_tenant_id_pack_hash_idx ON public.analysis_results USING btree (tenant_id, pack_hash);
CREATE INDEX anomaly_events_tenant_id_incident_id_idx ON public.anomaly_events USING btree (tenant_id, incident_id);
CREATE INDEX anomaly_events_tenant_id_open_idx ON public.anomaly_events USING btree (tenant_id, series_key) WHERE (ended_at IS NULL);
CREATE INDEX anomaly_events_tenant_id_started_at_idx ON public.anomaly_events USING btree (tenant_id, started_at);
CREATE INDEX anomaly_feedback_tenant_id_event_id_idx ON public.anomaly_feedback USING btree (tenant_id, event_id);
CREATE INDEX anomaly_lines_tenant_id_waiting_idx ON public.anomaly_lines USING btree (tenant_id, timestamp_ns) WHERE (pushed_at IS NULL);
CREATE INDEX api_keys_key_hash_idx ON public.api_keys USING btree (key_hash);
CREATE INDEX audit_entries_tenant_id_segment_number_idx ON public.audit_entries USING btree (tenant_id, segment_number);
CREATE UNIQUE INDEX audit_segments_tenant_id_open_idx ON public.audit_segments USING btree (tenant_id) WHERE (closed_at IS NULL);
CREATE INDEX cluster_comments_tenant_id_cluster_id_idx ON public.cluster_comments USING btree (tenant_id, cluster_id, occurred_at);
CREATE INDEX cluster_spans_tenant_id_cluster_id_idx ON ONLY public.cluster_spans USING btree (tenant_id, cluster_id, span_hours, start_at);
CREATE INDEX cluster_days_tenant_id_cluster_id_span_hours_start_at_idx ON public.cluster_days USING btree (tenant_id, cluster_id, span_hours, start_at);
CREATE INDEX cluster_history_tenant_id_change_id_idx ON public.cluster_history USING btree (tenant_id, change_id) WHERE (change_id IS NOT NULL);
CREATE INDEX cluster_history_tenant_id_cluster_id_idx ON public.cluster_history USING btree (tenant_id, cluster_id, id);
CREATE INDEX cluster_hours_tenant_id_cluster_id_span_hours_start_at_idx ON ONLY public.cluster_hours USING btree (tenant_id, cluster_id, span_hours, start_at);
CREATE INDEX cluster_minutes_tenant_id_cluster_id_minute_at_idx ON ONLY public.cluster_minutes USING btree (tenant_id, cluster_id, minute_at);
CREATE UNIQUE INDEX cluster_rules_tenant_id_content_hash_idx ON public.cluster_rules USING btree (tenant_id, content_hash) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX cluster_rules_tenant_id_sequence_idx ON public.cluster_rules USING btree (tenant_id, sequence);
CREATE INDEX cluster_samples_tenant_id_cluster_id_idx ON public.cluster_samples USING btree (tenant_id, cluster_id);
CREATE INDEX cluster_six_hours_tenant_id_cluster_id_span_hours_start_at_idx ON public.cluster_six_hours USING btree (tenant_id, cluster_id, span_hours, start_at);
CREATE INDEX cluster_work_put_away_idx ON public.cluster_work USING btree (tenant_id, state) WHERE (state = ANY (ARRAY['resolved'::text, 'ignored'::text, 'escalating'::text]));
CREATE INDEX cluster_work_wakes_at_idx ON public.cluster_work USING btree (tenant_id, wakes_at) WHERE (wakes_at IS NOT NULL);
CREATE INDEX deploys_tenant_id_deployed_at_idx ON public.deploys USING btree (tenant_id, deployed_at);
CREATE INDEX egress_entries_tenant_id_started_at_idx ON public.egress_entries USING btree (tenant_id, started_at DESC, id);
CREATE INDEX error_clusters_tenant_id_canonical_id_idx ON public.error_clusters USING btree (tenant_id, canonical_id) WHERE (canonical_id IS NOT NULL);
CREATE INDEX error_clusters_tenant_id_created_at_idx ON public.error_clusters USING btree (tenant_id, created_at);
CREATE INDEX error_clusters_tenant_id_service_idx ON public.error_clusters USING btree (tenant_id, service, namespace);
CREATE INDEX error_clusters_unclustered_idx ON public.error_clusters USING btree (tenant_id, id) WHERE (fingerprint = '106a88206a718519cf109de111138713'::text);
CREATE INDEX export_parts_tenant_id_created_at_idx ON public.export_parts USING btree (tenant_id, created_at);
CREATE INDEX grafana_organisations_tenant_id_idx ON public.grafana_organisations USING btree (tenant_id);
CREATE INDEX incident_history_tenant_id_incident_id_idx ON public.incident_history USING btree (tenant_id, incident_id, id);
CREATE INDEX incidents_tenant_id_open_idx ON public.incidents USING btree (tenant_id) WHERE (ended_at IS NULL);
CREATE INDEX incidents_tenant_id_started_at_idx ON public.incidents USING btree (tenant_id, started_at);
CREATE INDEX investigation_analyses_tenant_id_analysis_id_idx ON public.investigation_analyses USING btree (tenant_id, analysis_id);
CREATE INDEX investigation_clusters_tenant_id_cluster_id_idx ON public.investigation_clusters USING btree (tenant_id, cluster_id);
CREATE INDEX investigation_entries_tenant_id_investigation_id_idx ON public.investigation_entries USING btree (tenant_id, investigation_id, created_at);
CREATE UNIQUE INDEX investigations_tenant_id_automatic_incident_id_idx ON public.investigations USING btree (tenant_id, incident_id) WHERE (created_by_kind = 'schedule'::text);
CREATE INDEX investigations_tenant_id_incident_id_idx ON public.investigations USING btree (tenant_id, incident_id) WHERE (incident_id IS NOT NULL);
CREATE INDEX investigations_tenant_id_updated_at_idx ON public.investigations USING btree (tenant_id, updated_at DESC);
CREATE INDEX jobs_tenant_id_created_at_idx ON public.jobs USING btree (tenant_id, created_at DESC, id);
CREATE INDEX jobs_tenant_id_finished_at_idx ON public.jobs USING btree (tenant_id, finished_at) WHERE (finished_at IS NOT NULL);
CREATE UNIQUE INDEX jobs_tenant_id_kind_request_hash_idx ON public.jobs USING btree (tenant_id, kind, request_hash) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX notices_tenant_id_dedup_key_idx ON public.notices USING btree (tenant_id, dedup_key);
CREATE INDEX notices_tenant_id_incident_id_idx ON public.notices USING btree (tenant_id, incident_id) WHERE (incident_id IS NOT NULL);
CREATE INDEX notices_tenant_id_noticed_at_idx ON public.notices USING btree (tenant_id, noticed_at) WHERE (taken_at IS NULL);
CREATE INDEX notification_deliveries_tenant_id_channel_id_idx ON public.notification_deliveries USING btree (tenant_id, channel_id, decided_at);
CREATE INDEX notification_deliveries_tenant_id_open_idx ON public.notification_deliveries USING btree (tenant_id, channel_id) WHERE (status = ANY (ARRAY['waiting'::text, 'sending'::text, 'retrying'::text]));
CREATE INDEX notification_delivery_notices_tenant_id_delivery_id_idx ON public.notification_delivery_notices USING btree (tenant_id, delivery_id);
CREATE INDEX notification_delivery_notices_tenant_id_notice_id_idx ON public.notification_delivery_notices USING btree (tenant_id, notice_id);
CREATE UNIQUE INDEX owner_rules_tenant_id_label_value_idx ON public.owner_rules USING btree (tenant_id, label, value) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX personal_filters_tenant_id_owner_name_idx ON public.personal_filters USING btree (tenant_id, owner_kind, owner_id, name);
CREATE UNIQUE INDEX redaction_rules_tenant_id_name_idx ON public.redaction_rules USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX saved_filters_tenant_id_name_idx ON public.saved_filters USING btree (tenant_id, name) WHERE (deleted_at IS NULL);
CREATE INDEX streams_tenant_id_watch_id_idx ON public.streams USING btree (tenant_id, watch_id);
ALTER INDEX job_queue.job_pkey ATTACH PARTITION job_queue.job_common_pkey;
ALTER INDEX public.cluster_spans_pkey ATTACH PARTITION public.cluster_days_pkey;
ALTER INDEX public.cluster_spans_tenant_id_cluster_id_idx ATTACH PARTITION public.cluster_days_tenant_id_cluster_id_span_hours_start_at_idx;
ALTER INDEX public.cluster_spans_pkey ATTACH PARTITION public.cluster_hours_pkey;
ALTER INDEX public.cluster_spans_tenant_id_cluster_id_idx ATTACH PARTITION public.cluster_hours_tenant_id_cluster_id_span_hours_start_at_idx;
ALTER INDEX public.cluster_spans_pkey ATTACH PARTITION public.cluster_six_hours_pkey;
ALTER INDEX public.cluster_spans_tenant_id_cluster_id_idx ATTACH PARTITION public.cluster_six_hours_tenant_id_cluster_id_span_hours_start_at_idx;
ALTER TABLE ONLY job_queue.job_common
    ADD CONSTRAINT dlq_fkey FOREIGN KEY (dead_letter) REFERENCES job_queue.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY job_queue.job_common
    ADD CONSTRAINT q_fkey FOREIGN KEY (name) REFERENCES job_queue.queue(name) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY job_queue.queue
    ADD CONSTRAINT queue_dead_letter_fkey FOREIGN KEY (dead_letter) REFERENCES job_queue.queue(name);
ALTER TABLE ONLY job_queue.schedule
    ADD CONSTRAINT schedule_name_fkey FOREIGN KEY (name) REFERENCES job_queue.queue(name) ON DELETE CASCADE;
ALTER TABLE ONLY job_queue.subscription
    ADD CONSTRAINT subscription_name_fkey FOREIGN KEY (name) REFERENCES job_queue.queue(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.analyses
    ADD CONSTRAINT analyses_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.analysis_clusters
    ADD CONSTRAINT analysis_clusters_tenant_id_analysis_id_fkey FOREIGN KEY (tenant_id, analysis_id) REFERENCES public.analyses(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.analysis_clusters
    ADD CONSTRAINT analysis_clusters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.analysis_feedback
    ADD CONSTRAINT analysis_feedback_tenant_id_analysis_result_id_fkey FOREIGN KEY (tenant_id, analysis_result_id) REFERENCES public.analysis_results(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.analysis_results
    ADD CONSTRAINT analysis_results_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_baselines
    ADD CONSTRAINT anomaly_baselines_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_events
    ADD CONSTRAINT anomaly_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_events
    ADD CONSTRAINT anomaly_events_tenant_id_incident_id_fkey FOREIGN KEY (tenant_id, incident_id) REFERENCES public.incidents(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_feedback
    ADD CONSTRAINT anomaly_feedback_tenant_id_event_id_fkey FOREIGN KEY (tenant_id, event_id) REFERENCES public.anomaly_events(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_lines
    ADD CONSTRAINT anomaly_lines_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_runs
    ADD CONSTRAINT anomaly_runs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.anomaly_suppressions
    ADD CONSTRAINT anomaly_suppressions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_tenant_id_segment_number_fkey FOREIGN KEY (tenant_id, segment_number) REFERENCES public.audit_segments(tenant_id, number) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit_segments
    ADD CONSTRAINT audit_segments_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_comments
    ADD CONSTRAINT cluster_comments_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_history
    ADD CONSTRAINT cluster_history_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_levels
    ADD CONSTRAINT cluster_levels_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_rules
    ADD CONSTRAINT cluster_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_samples
    ADD CONSTRAINT cluster_samples_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE public.cluster_spans
    ADD CONSTRAINT cluster_spans_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.cluster_work
    ADD CONSTRAINT cluster_work_tenant_id_cluster_id_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES public.error_clusters(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.count_history_marks
    ADD CONSTRAINT count_history_marks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.count_history_marks
    ADD CONSTRAINT count_history_marks_tenant_id_watch_id_fkey FOREIGN KEY (tenant_id, watch_id) REFERENCES public.watches(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.count_history
    ADD CONSTRAINT count_history_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.count_history
    ADD CONSTRAINT count_history_tenant_id_watch_id_fkey FOREIGN KEY (tenant_id, watch_id) REFERENCES public.watches(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.deploys
    ADD CONSTRAINT deploys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.egress_entries
    ADD CONSTRAINT egress_entries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.error_clusters
    ADD CONSTRAINT error_clusters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.export_parts
    ADD CONSTRAINT export_parts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.grafana_organisations
    ADD CONSTRAINT grafana_organisations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.incident_history
    ADD CONSTRAINT incident_history_tenant_id_incident_id_fkey FOREIGN KEY (tenant_id, incident_id) REFERENCES public.incidents(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.incidents
    ADD CONSTRAINT incidents_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_analyses
    ADD CONSTRAINT investigation_analyses_tenant_id_analysis_id_fkey FOREIGN KEY (tenant_id, analysis_id) REFERENCES public.analyses(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_analyses
    ADD CONSTRAINT investigation_analyses_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_analyses
    ADD CONSTRAINT investigation_analyses_tenant_id_investigation_id_fkey FOREIGN KEY (tenant_id, investigation_id) REFERENCES public.investigations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_clusters
    ADD CONSTRAINT investigation_clusters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_clusters
    ADD CONSTRAINT investigation_clusters_tenant_id_investigation_id_fkey FOREIGN KEY (tenant_id, investigation_id) REFERENCES public.investigations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_entries
    ADD CONSTRAINT investigation_entries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_entries
    ADD CONSTRAINT investigation_entries_tenant_id_investigation_id_fkey FOREIGN KEY (tenant_id, investigation_id) REFERENCES public.investigations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_lines
    ADD CONSTRAINT investigation_lines_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigation_lines
    ADD CONSTRAINT investigation_lines_tenant_id_investigation_id_fkey FOREIGN KEY (tenant_id, investigation_id) REFERENCES public.investigations(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.investigations
    ADD CONSTRAINT investigations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.live_events
    ADD CONSTRAINT live_events_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.live_positions
    ADD CONSTRAINT live_positions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.model_settings
    ADD CONSTRAINT model_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notification_channels
    ADD CONSTRAINT notification_channels_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notification_deliveries
    ADD CONSTRAINT notification_deliveries_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.notification_channels(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notification_deliveries
    ADD CONSTRAINT notification_deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notification_delivery_notices
    ADD CONSTRAINT notification_delivery_notices_tenant_id_delivery_id_fkey FOREIGN KEY (tenant_id, delivery_id) REFERENCES public.notification_deliveries(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notification_delivery_notices
    ADD CONSTRAINT notification_delivery_notices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notification_delivery_notices
    ADD CONSTRAINT notification_delivery_notices_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES public.notices(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.owner_rules
    ADD CONSTRAINT owner_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.personal_filters
    ADD CONSTRAINT personal_filters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.redaction_counts
    ADD CONSTRAINT redaction_counts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.redaction_rules
    ADD CONSTRAINT redaction_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.saved_filters
    ADD CONSTRAINT saved_filters_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.scanner_replicas
    ADD CONSTRAINT scanner_replicas_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.source_spans
    ADD CONSTRAINT source_spans_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.stream_hours
    ADD CONSTRAINT stream_hours_tenant_id_stream_id_fkey FOREIGN KEY (tenant_id, stream_id) REFERENCES public.streams(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE public.stream_minutes
    ADD CONSTRAINT stream_minutes_tenant_id_stream_id_fkey FOREIGN KEY (tenant_id, stream_id) REFERENCES public.streams(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.streams
    ADD CONSTRAINT streams_tenant_id_watch_id_fkey FOREIGN KEY (tenant_id, watch_id) REFERENCES public.watches(tenant_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.work_list_seen
    ADD CONSTRAINT work_list_seen_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.tenants(id) ON DELETE CASCADE;
ALTER TABLE public.analyses ENABLE ROW LEVEL SECURITY;
CREATE POLICY analyses_of_tenant ON public.analyses USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.analysis_clusters ENABLE ROW LEVEL SECURITY;
CREATE POLICY analysis_clusters_of_tenant ON public.analysis_clusters USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.analysis_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY analysis_feedback_of_tenant ON public.analysis_feedback USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.analysis_results ENABLE ROW LEVEL SECURITY;
CREATE POLICY analysis_results_of_tenant ON public.analysis_results USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.anomaly_baselines ENABLE ROW LEVEL SECURITY;
CREATE POLICY anomaly_baselines_of_tenant ON public.anomaly_baselines USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.anomaly_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY anomaly_events_of_tenant ON public.anomaly_events USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.anomaly_feedback ENABLE ROW LEVEL SECURITY;
CREATE POLICY anomaly_feedback_of_tenant ON public.anomaly_feedback USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.anomaly_lines ENABLE ROW LEVEL SECURITY;
CREATE POLICY anomaly_lines_of_tenant ON public.anomaly_lines USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.anomaly_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY anomaly_runs_of_tenant ON public.anomaly_runs USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.anomaly_suppressions ENABLE ROW LEVEL SECURITY;
CREATE POLICY anomaly_suppressions_of_tenant ON public.anomaly_suppressions USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_keys_by_hash ON public.api_keys FOR SELECT USING ((key_hash = ( SELECT NULLIF(current_setting('loghunter.key_hash'::text, true), ''::text) AS "nullif")));
CREATE POLICY api_keys_of_tenant ON public.api_keys USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.api_usage ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_usage_of_tenant ON public.api_usage USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.audit_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_entries_of_tenant ON public.audit_entries USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.audit_segments ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_segments_of_tenant ON public.audit_segments USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_comments ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_comments_of_tenant ON public.cluster_comments USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_days ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_days_of_tenant ON public.cluster_days USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_history_of_tenant ON public.cluster_history USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_hours_of_tenant ON public.cluster_hours USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_levels ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_levels_of_tenant ON public.cluster_levels USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_minutes ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_minutes_of_tenant ON public.cluster_minutes USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_rules_of_tenant ON public.cluster_rules USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_samples ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_samples_of_tenant ON public.cluster_samples USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_six_hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_six_hours_of_tenant ON public.cluster_six_hours USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_spans ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_spans_of_tenant ON public.cluster_spans USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.cluster_work ENABLE ROW LEVEL SECURITY;
CREATE POLICY cluster_work_of_tenant ON public.cluster_work USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.count_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.count_history_marks ENABLE ROW LEVEL SECURITY;
CREATE POLICY count_history_marks_of_tenant ON public.count_history_marks USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
CREATE POLICY count_history_of_tenant ON public.count_history USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.deploys ENABLE ROW LEVEL SECURITY;
CREATE POLICY deploys_of_tenant ON public.deploys USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.egress_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY egress_entries_of_tenant ON public.egress_entries USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.error_clusters ENABLE ROW LEVEL SECURITY;
CREATE POLICY error_clusters_of_tenant ON public.error_clusters USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.export_parts ENABLE ROW LEVEL SECURITY;
CREATE POLICY export_parts_of_tenant ON public.export_parts USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.grafana_organisations ENABLE ROW LEVEL SECURITY;
CREATE POLICY grafana_organisations_of_installation ON public.grafana_organisations USING ((( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif") IS NULL));
ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotency_keys_of_tenant ON public.idempotency_keys USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.incident_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY incident_history_of_tenant ON public.incident_history USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.incidents ENABLE ROW LEVEL SECURITY;
CREATE POLICY incidents_of_tenant ON public.incidents USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.investigation_analyses ENABLE ROW LEVEL SECURITY;
CREATE POLICY investigation_analyses_of_tenant ON public.investigation_analyses USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.investigation_clusters ENABLE ROW LEVEL SECURITY;
CREATE POLICY investigation_clusters_of_tenant ON public.investigation_clusters USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.investigation_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY investigation_entries_of_tenant ON public.investigation_entries USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.investigation_lines ENABLE ROW LEVEL SECURITY;
CREATE POLICY investigation_lines_of_tenant ON public.investigation_lines USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.investigations ENABLE ROW LEVEL SECURITY;
CREATE POLICY investigations_of_tenant ON public.investigations USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_of_tenant ON public.jobs USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.live_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY live_events_of_tenant ON public.live_events USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.live_positions ENABLE ROW LEVEL SECURITY;
CREATE POLICY live_positions_of_tenant ON public.live_positions USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.model_settings ENABLE ROW LEVEL SECURITY;
CREATE POLICY model_settings_of_tenant ON public.model_settings USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;
CREATE POLICY notices_of_tenant ON public.notices USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.notification_channels ENABLE ROW LEVEL SECURITY;
CREATE POLICY notification_channels_of_tenant ON public.notification_channels USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.notification_deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY notification_deliveries_of_tenant ON public.notification_deliveries USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.notification_delivery_notices ENABLE ROW LEVEL SECURITY;
CREATE POLICY notification_delivery_notices_of_tenant ON public.notification_delivery_notices USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.owner_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY owner_rules_of_tenant ON public.owner_rules USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.personal_filters ENABLE ROW LEVEL SECURITY;
CREATE POLICY personal_filters_of_tenant ON public.personal_filters USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.redaction_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY redaction_counts_of_tenant ON public.redaction_counts USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.redaction_rules ENABLE ROW LEVEL SECURITY;
CREATE POLICY redaction_rules_of_tenant ON public.redaction_rules USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.saved_filters ENABLE ROW LEVEL SECURITY;
CREATE POLICY saved_filters_of_tenant ON public.saved_filters USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.scanner_replicas ENABLE ROW LEVEL SECURITY;
CREATE POLICY scanner_replicas_of_tenant ON public.scanner_replicas USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.source_spans ENABLE ROW LEVEL SECURITY;
CREATE POLICY source_spans_of_tenant ON public.source_spans USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.stream_hours ENABLE ROW LEVEL SECURITY;
CREATE POLICY stream_hours_of_tenant ON public.stream_hours USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.stream_minutes ENABLE ROW LEVEL SECURITY;
CREATE POLICY stream_minutes_of_tenant ON public.stream_minutes USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.streams ENABLE ROW LEVEL SECURITY;
CREATE POLICY streams_of_tenant ON public.streams USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenants_of_installation ON public.tenants USING (((( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif") IS NULL) OR (id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif"))));
ALTER TABLE public.watches ENABLE ROW LEVEL SECURITY;
CREATE POLICY watches_of_tenant ON public.watches USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.webhooks ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhooks_of_tenant ON public.webhooks USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
ALTER TABLE public.work_list_seen ENABLE ROW LEVEL SECURITY;
CREATE POLICY work_list_seen_of_tenant ON public.work_list_seen USING ((tenant_id = ( SELECT (NULLIF(current_setting('loghunter.tenant_id'::text, true), ''::text))::uuid AS "nullif")));
GRANT USAGE ON SCHEMA job_queue TO loghunter_jobs;
GRANT USAGE ON SCHEMA public TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_spans TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_minutes TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stream_minutes TO loghunter_app;
REVOKE ALL ON FUNCTION public.count_parts() FROM PUBLIC;
REVOKE ALL ON FUNCTION public.delete_audit_segment(of_tenant uuid, of_number integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_audit_segment(of_tenant uuid, of_number integer) TO loghunter_app;
REVOKE ALL ON FUNCTION public.drop_count_parts(cut_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.drop_count_parts(cut_at timestamp with time zone) TO loghunter_app;
REVOKE ALL ON FUNCTION public.end_of_oldest_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_of_oldest_counts() TO loghunter_app;
REVOKE ALL ON FUNCTION public.is_counted_between(from_at timestamp with time zone, to_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.make_count_parts(weeks timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_count_parts(weeks timestamp with time zone[]) TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.bam TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.job TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.job_common TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.job_dependency TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.queue TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.queue_stats TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.schedule TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.subscription TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.version TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE job_queue.warning TO loghunter_jobs;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analyses TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analysis_clusters TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analysis_feedback TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.analysis_results TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anomaly_baselines TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anomaly_events TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anomaly_feedback TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anomaly_lines TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anomaly_runs TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.anomaly_suppressions TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_keys TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_usage TO loghunter_app;
GRANT SELECT,INSERT ON TABLE public.audit_entries TO loghunter_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.audit_segments TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_comments TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_history TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_levels TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_rules TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_samples TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cluster_work TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.count_history TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.count_history_marks TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.deploys TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.egress_entries TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.error_clusters TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.export_parts TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.grafana_organisations TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.incident_history TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.incidents TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.investigation_analyses TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.investigation_clusters TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.investigation_entries TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.investigation_lines TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.investigations TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.live_events TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.live_positions TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.model_settings TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_channels TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_deliveries TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_delivery_notices TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.owner_rules TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.personal_filters TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.redaction_counts TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.redaction_rules TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_filters TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.scanner_replicas TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.source_spans TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stream_hours TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.streams TO loghunter_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tenants TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watches TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhooks TO loghunter_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.work_list_seen TO loghunter_app;

-- Counts by stream and minute and by cluster and hour lie in parts of a week (Monday to Monday, UTC), so that weeks that nobody keeps any more
-- are dropped. What is there becomes the oldest part as it is: nothing is copied, all of it is read once. The server's role owns no table, so
-- it has functions of the owner's for parts and no other way.
set local timezone = 'UTC';
alter table cluster_minutes no force row level security;
alter table stream_minutes no force row level security;
alter table cluster_hours no force row level security;

alter table cluster_spans detach partition cluster_hours;
alter table cluster_minutes rename to cluster_minutes_oldest;
alter table stream_minutes rename to stream_minutes_oldest;
alter table cluster_hours rename to cluster_hours_oldest;
alter index cluster_minutes_pkey rename to cluster_minutes_oldest_pkey;
alter index cluster_minutes_tenant_id_cluster_id_minute_at_idx rename to cluster_minutes_oldest_tenant_id_cluster_id_minute_at_idx;
alter index stream_minutes_pkey rename to stream_minutes_oldest_pkey;
alter index cluster_hours_pkey rename to cluster_hours_oldest_pkey;
alter index cluster_hours_tenant_id_cluster_id_span_hours_start_at_idx rename to cluster_hours_oldest_tenant_id_cluster_id_span_hours_start_at_idx;

create table cluster_minutes (like cluster_minutes_oldest including defaults including constraints including comments)
  partition by range (minute_at);
alter table cluster_minutes
  add constraint cluster_minutes_pkey primary key (tenant_id, stream_id, minute_at, cluster_id, level);
create index cluster_minutes_tenant_id_cluster_id_minute_at_idx on cluster_minutes (tenant_id, cluster_id, minute_at);
comment on table cluster_minutes is 'No foreign keys: whoever deletes a tenant, stream or cluster deletes these rows too';

create table stream_minutes (like stream_minutes_oldest including defaults including constraints including comments)
  partition by range (minute_at);
alter table stream_minutes
  add constraint stream_minutes_pkey primary key (tenant_id, stream_id, minute_at),
  add constraint stream_minutes_tenant_id_stream_id_fkey
    foreign key (tenant_id, stream_id) references streams (tenant_id, id) on delete cascade;

create table cluster_hours partition of cluster_spans for values in (1) partition by range (start_at);

do $$
declare
  parent text;
  -- The Monday after the newest counts; null: there are none.
  cut_at timestamptz := (
    select date_bin(interval '7 days', max(newest_at), timestamptz '1970-01-05') + interval '7 days' from (
      select max(minute_at) as newest_at from cluster_minutes_oldest
      union all select max(minute_at) from stream_minutes_oldest
      union all select max(start_at) from cluster_hours_oldest
    ) newest
  );
begin
  foreach parent in array array['cluster_minutes', 'stream_minutes', 'cluster_hours'] loop
    execute format('alter table %I enable row level security', parent);
    execute format('alter table %I force row level security', parent);
    execute format(
      'create policy %I on %I using (tenant_id = (select nullif(current_setting(''loghunter.tenant_id'', true), '''')::uuid))',
      parent || '_of_tenant', parent
    );
    if cut_at is null then
      execute format('drop table %I', parent || '_oldest');
    else
      execute format('alter table %I attach partition %I for values from (minvalue) to (%L)', parent, parent || '_oldest', cut_at);
      execute format('alter table %I force row level security', parent || '_oldest');
      execute format('alter policy %I on %I rename to %I', parent || '_of_tenant', parent || '_oldest', parent || '_oldest_of_tenant');
      execute format('revoke all on %I from loghunter_app', parent || '_oldest');
    end if;
  end loop;
end
$$;

grant select, insert, update, delete on cluster_minutes, stream_minutes to loghunter_app;

-- Not for the server: what the functions below know of the parts.
create function count_parts() returns table (parent text, part text, start_at timestamptz, end_at timestamptz)
  language sql stable
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
  set datestyle = 'ISO'
begin atomic
  select whole.relname::text, part.relname::text,
    coalesce(substring(pg_get_expr(part.relpartbound, part.oid) from 'FROM \(''([^'']+)''\)')::timestamptz, '-infinity'),
    substring(pg_get_expr(part.relpartbound, part.oid) from 'TO \(''([^'']+)''\)')::timestamptz
  from pg_inherits
  join pg_class part on part.oid = pg_inherits.inhrelid
  join pg_class whole on whole.oid = pg_inherits.inhparent
  where whole.oid in ('public.cluster_minutes'::regclass, 'public.stream_minutes'::regclass, 'public.cluster_hours'::regclass);
end;

create function make_count_parts(weeks timestamptz[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
  -- A foreign key makes this wait for writers, and others for this.
  set lock_timeout = '5s'
as $$
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

comment on function make_count_parts is 'Makes the parts of these weeks (their Mondays) where they are missing';

-- Row security holds for the owner as well, so tenants are looked at one by one.
create function is_counted_between(from_at timestamptz, to_at timestamptz) returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
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

create function drop_count_parts(cut_at timestamptz) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- Everybody waits behind this: who is in the way is waited for briefly, and asked again an hour later.
  set lock_timeout = '500ms'
as $$
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

comment on function drop_count_parts is 'Drops parts that end before the cut and of which the sums of all tenants are deleted; returns how many';

-- What was counted before there were parts of a week is one part of many weeks: the server deletes from it row by row until all of them may go.
create function end_of_oldest_counts() returns timestamptz
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  select max(end_at) from public.count_parts() where start_at = '-infinity';
end;

comment on function end_of_oldest_counts is 'End of the part that was there before counts were split by week; null: it is gone';

revoke all on function count_parts, make_count_parts, is_counted_between, drop_count_parts, end_of_oldest_counts from public;
grant execute on function make_count_parts, drop_count_parts, end_of_oldest_counts to loghunter_app;

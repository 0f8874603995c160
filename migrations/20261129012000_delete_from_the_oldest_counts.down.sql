drop function end_of_oldest_counts;

create or replace function drop_count_parts(cut_at timestamptz) returns integer
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
    select distinct made.start_at, made.end_at from public.count_parts() made
    where made.end_at <= least(cut_at, now() - interval '1 day') order by 1
  loop
    continue when public.is_counted_between(week.start_at, week.end_at);
    begin
      lock table public.stream_minutes, public.cluster_spans, public.cluster_minutes in access exclusive mode;
    exception
      when lock_not_available then exit;
    end;
    -- Again, now that nobody can write.
    continue when public.is_counted_between(week.start_at, week.end_at);
    for part in select made.part from public.count_parts() made where made.end_at = week.end_at loop
      execute format('drop table public.%I', part);
      dropped_count := dropped_count + 1;
    end loop;
  end loop;
  return dropped_count;
end
$$;

-- What was counted before there were parts of a week is one part of many weeks: the server deletes from it row by row until all of them may go.
create function end_of_oldest_counts() returns timestamptz
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  select max(end_at) from public.count_parts() where start_at = '-infinity';
end;

comment on function end_of_oldest_counts is 'End of the part that was there before counts were split by week; null: it is gone';

revoke all on function end_of_oldest_counts from public;
grant execute on function end_of_oldest_counts to loghunter_app;

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

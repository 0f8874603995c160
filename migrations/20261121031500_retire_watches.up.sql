-- Watches that are no longer configured, and what the totals of a cluster hold beyond the minutes that are still there,
-- so that totals can be checked against minutes after old counts were deleted.
alter table watches add column retired_at timestamptz;

comment on column watches.retired_at is 'No longer configured since then: its streams are free for other watches; null: in use';

alter table cluster_levels
  add column deleted_event_count bigint not null default 0 check (deleted_event_count >= 0),
  add column deleted_line_count bigint not null default 0 check (deleted_line_count >= 0);

comment on column cluster_levels.deleted_event_count is 'Part of event_count whose minutes were deleted for their age';
comment on column cluster_levels.deleted_line_count is 'Part of line_count whose minutes were deleted for their age';

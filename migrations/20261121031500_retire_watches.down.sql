alter table cluster_levels drop column deleted_line_count, drop column deleted_event_count;
alter table watches drop column retired_at;

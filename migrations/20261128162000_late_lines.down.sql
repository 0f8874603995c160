alter table stream_hours drop column late_line_count;
alter table stream_minutes drop column late_line_count;

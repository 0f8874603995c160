alter table stream_minutes add column late_line_count integer not null default 0 check (late_line_count >= 0);
alter table stream_hours add column late_line_count bigint not null default 0 check (late_line_count >= 0);

comment on column stream_minutes.late_line_count is 'Part of line_count: lines that came after the minute had been read as complete';

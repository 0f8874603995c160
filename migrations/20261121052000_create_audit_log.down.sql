drop function delete_audit_segment (uuid, integer);
drop table audit_entries, audit_segments;

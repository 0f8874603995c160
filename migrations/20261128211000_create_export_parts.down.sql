drop table export_parts;

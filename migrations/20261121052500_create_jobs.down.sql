-- The role stays: it belongs to the whole server, and another database may use it.
drop schema job_queue cascade;
drop table jobs;
